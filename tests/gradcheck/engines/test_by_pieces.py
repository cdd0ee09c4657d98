"""A check whose work is done in pieces: the digits are those of the engine alone."""

from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.cluster.exchange import Exchange
from gradcheck.cluster.worker import Done, Lacking, Piece
from gradcheck.engines import batched, by_pieces
from gradcheck.engines.batched import Batched
from gradcheck.engines.network_job import MovedPiece
from gradcheck.verdicts.check_claims import CheckInterrupted
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray, Place
from nets.network import Network
from tests.gradcheck.cluster.executors import FakeExecutor, Forgetful

COLUMNS = ("entries", "backprop", "numerical", "error_bar", "verdicts", "lowest_slope")


def same_digits(one: Report, other: Report) -> bool:
    """Whether two reports agree to the last bit, entry by entry."""
    return one.evaluations == other.evaluations and all(
        np.array_equal(getattr(array, name), getattr(again, name), equal_nan=True)
        for array, again in zip(one.arrays, other.arrays, strict=True)
        for name in COLUMNS
    )


def problem(sizes: Sequence[int], batch: int = 7, **how: Any) -> tuple[Network, Any, Any]:
    """A network with inputs (n_input, batch) and targets (n_output, batch)."""
    generator = np.random.default_rng(3)
    targets = np.eye(sizes[-1])[:, generator.integers(0, sizes[-1], batch)]
    return Network.create(sizes, **how), generator.random((sizes[0], batch)), targets


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks and pieces so small that a small network has many of them."""
    monkeypatch.setattr(batched, "CPU_BLOCK", 2**9)
    monkeypatch.setattr(batched, "LEAST_COLUMNS", 16)
    monkeypatch.setattr(by_pieces, "PIECE_NUMBERS", 2**12)
    monkeypatch.setattr(by_pieces, "PIECE_COSTS", 16)
    monkeypatch.setattr(by_pieces, "DEVICE_PIECE_NUMBERS", 2**12)
    monkeypatch.setattr("gradcheck.engines.blocks.DEVICE_BLOCK", 2**9)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("make", [lambda: FakeExecutor(3), lambda: Forgetful(2)])
@pytest.mark.parametrize(
    ("network", "how"),
    [
        ({"sizes": [70, 12, 5]}, {}),
        ({"sizes": [70, 12, 5]}, {"scheme": "complex"}),
        ({"sizes": [9, 30, 8, 4], "activation": "relu"}, {"scheme": "central"}),
        ({"sizes": [80, 11, 3], "activation": "tanh"}, {"sample": 200, "seed": 4}),
        ({"sizes": [9, 6, 4]}, {"engine": "one-by-one"}),
    ],
)
def test_the_digits_are_those_of_the_engine_alone(
    make: Any, network: dict[str, Any], how: dict[str, Any]
) -> None:
    asked = problem(**network)
    executor = make()
    alone, by_workers = (
        check_network(*asked, **how),
        check_network(*asked, **how, executor=executor),
    )
    assert same_digits(alone, by_workers)
    assert executor.calls > 3  # the control: the workers did the work


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("make", [lambda: FakeExecutor(3), lambda: ThreadPoolExecutor(2)])
def test_stretches_side_by_side_give_the_digits_of_one_after_another(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Batched, "most_at_once", 100)
    asked = problem([70, 12, 5])
    with make() as executor:
        assert same_digits(check_network(*asked), check_network(*asked, executor=executor))


@pytest.mark.usefixtures("small_pieces")
def test_an_interruption_stops_all_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Batched, "most_at_once", 100)
    stretches: list[int] = []

    def interrupt(part: object) -> None:
        stretches.append(1)
        if len(stretches) == 3:
            raise KeyboardInterrupt

    with pytest.raises(CheckInterrupted) as interrupted, ThreadPoolExecutor(2) as executor:
        check_network(*problem([70, 12, 5]), executor=executor, finished=interrupt)
    assert interrupted.value.report.checked == 2 * 94


@pytest.mark.usefixtures("small_pieces")
def test_threads_do_the_same() -> None:
    asked = problem([70, 12, 5])
    with ThreadPoolExecutor(2) as executor:
        assert same_digits(check_network(*asked), check_network(*asked, executor=executor))


@pytest.mark.usefixtures("small_pieces")
def test_all_evaluations_are_counted_and_told() -> None:
    told: list[int] = []
    report = check_network(*problem([70, 12, 5]), executor=FakeExecutor(2), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == report.evaluations


class Wrong(FakeExecutor):
    """One worker of three computes something else."""

    def answer(self, number: int, piece: Piece, job: Any = None) -> Done | Lacking:
        done = super().answer(number, piece, job)
        if isinstance(done, Done) and number == 1:
            changes, evaluated = done.result
            return Done(done.worker, (1.001 * changes, evaluated))
        return done


@pytest.mark.usefixtures("small_pieces")
def test_the_control_a_worker_that_computes_something_else_changes_the_digits() -> None:
    asked = problem([70, 12, 5])
    alone, by_workers = check_network(*asked), check_network(*asked, executor=Wrong(3))
    assert not same_digits(alone, by_workers)


@pytest.mark.usefixtures("small_pieces")
def test_arrays_elsewhere_are_sent_as_numbers_and_come_back(elsewhere: Place) -> None:
    network, inputs, targets = problem([70, 12, 5])
    there = network.with_parameters([elsewhere.put(array) for array in network.parameters])
    executor = FakeExecutor(2)
    asked = there, elsewhere.put(inputs), elsewhere.put(targets)
    report = check_network(*asked, executor=executor)
    assert report.ok
    assert executor.calls > 10
    alone = check_network(*asked)
    for array, again in zip(alone.arrays, report.arrays, strict=True):
        assert np.allclose(array.numerical, again.numerical, rtol=1e-5, atol=1e-7)


def test_little_work_is_done_here() -> None:
    executor = FakeExecutor(2)
    check_network(*problem([6, 5, 4]), executor=executor)
    assert executor.calls == 0


@pytest.mark.parametrize("entries", [np.arange(5, 9), np.array([1, 2, 4, 9]), np.array([3])])
@pytest.mark.parametrize("equal", [True, False])
def test_a_piece_holds_its_entries_and_steps(entries: HostArray, equal: bool) -> None:
    steps = np.full(len(entries), 1e-7) if equal else 1e-7 * (1.0 + np.arange(len(entries)))
    piece = MovedPiece.of(0, entries, steps, (1.0,), None)
    again = piece.arguments()
    assert np.array_equal(again[0], entries)
    assert np.array_equal(again[1], steps)


@pytest.mark.parametrize("entries", [np.arange(700), np.arange(0, 840, 3), np.arange(12)])
def test_pieces_hold_all_blocks_in_order(entries: HostArray) -> None:
    network, inputs, targets = problem([70, 12, 5])
    pieces = Batched(network, inputs, targets, columns=20).pieces(0, entries, 2, 2000)
    covered = [
        position for blocks in pieces for some in blocks for position in range(len(entries))[some]
    ]
    assert covered == list(range(len(entries)))
    assert len(pieces) > 1 or len(entries) == 12


@pytest.mark.usefixtures("small_pieces")
def test_an_exchange_is_used_for_the_whole_check(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Exchange] = []

    def keep(executor: Executor, job: Any) -> Exchange:
        made.append(Exchange(executor, job))
        return made[-1]

    monkeypatch.setattr(by_pieces, "Exchange", keep)
    check_network(*problem([70, 12, 5]), executor=FakeExecutor(2))
    assert len(made) == 1
    assert made[0].jobs_sent <= 6  # the control is in test_exchange: forgetful workers need more
