"""The side of a worker."""

from gradcheck.cluster.versions import versions_here
from gradcheck.cluster.worker import JOBS_KEPT, Done, Lacking, Piece, do_piece
from tests.gradcheck.cluster.executors import Adding


def test_a_worker_says_that_it_lacks_a_job_until_it_gets_it() -> None:
    piece = Piece("a job of this test", "run", 2.0)
    lacking = do_piece(piece)
    assert isinstance(lacking, Lacking)
    assert lacking.versions == versions_here()
    done = do_piece(piece, Adding(1.0))
    assert isinstance(done, Done)
    assert done.result == 3.0
    again = do_piece(Piece("a job of this test", "run", 4.0))
    assert isinstance(again, Done)
    assert again.result == 5.0


def test_a_worker_keeps_the_jobs_used_last() -> None:
    def has(name: str) -> bool:
        return isinstance(do_piece(Piece(name, "run", 0.0)), Done)

    names = [f"job {number} of this test" for number in range(JOBS_KEPT + 1)]
    for name in names:
        do_piece(Piece(name, "run", 0.0), Adding(1.0))
    assert [has(name) for name in names] == [False, *[True] * JOBS_KEPT]
