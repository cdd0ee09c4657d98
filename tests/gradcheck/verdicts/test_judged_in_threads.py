"""The stretches of a large array, judged by several threads."""

import threading

import pytest

from gradcheck.check import check_network
from gradcheck.engines.batched import Batched
from gradcheck.verdicts import judged_in_threads as module
from gradcheck.verdicts.check_claims import CheckInterrupted
from gradcheck.verdicts.found_stretch import judged_stretch
from gradcheck.verdicts.judged import Judged
from tests.gradcheck.engines.conftest import PATIENCE
from tests.gradcheck.engines.test_by_pieces import problem, same_digits

# The first array has 840 entries: nine stretches. The others are judged whole.
SIZES = [70, 12, 5]


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Batched, "most_at_once", 100)


@pytest.mark.parametrize("threads", [2, 3, 20])
def test_threads_change_no_digit_and_all_costs_are_counted(threads: int) -> None:
    alone = check_network(*problem(SIZES), threads=1)
    together = check_network(*problem(SIZES), threads=threads)
    assert same_digits(alone, together)
    assert together.evaluations == alone.evaluations
    assert together.comparison == alone.comparison


def test_each_stretch_of_a_group_has_a_thread_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by: list[int] = []
    together = threading.Barrier(3)

    def watched(*asked: object) -> Judged:
        together.wait(PATIENCE)  # three stretches are judged at the same time
        judged_by.append(threading.get_ident())
        return judged_stretch(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "judged_stretch", watched)
    check_network(*problem(SIZES), threads=3)
    assert len(judged_by) == 9
    assert len(set(judged_by[:3])) == 3


def test_an_interruption_stops_all_threads_and_keeps_what_was_finished() -> None:
    told: list[int] = []
    at_once = 2 * 94  # entries of two threads: 840 are nine stretches

    def interrupt(evaluations: int) -> None:
        told.append(evaluations)
        if evaluations > 5 * at_once:
            raise KeyboardInterrupt

    with pytest.raises(CheckInterrupted) as interrupted:
        check_network(*problem(SIZES), threads=2, progress=interrupt)
    report = interrupted.value.report
    assert 0 < report.checked < 840
    assert report.checked % at_once == 0
    whole = check_network(*problem(SIZES), threads=2)
    assert told[-1] < whole.evaluations  # the control: the other thread did not go on to the end
