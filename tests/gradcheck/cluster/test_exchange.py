"""The exchange of pieces and results, with executors that have no process."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from gradcheck.cluster.exchange import Exchange
from gradcheck.cluster.remote import WorkersGone
from gradcheck.cluster.versions import versions_here
from nets.errors import BadInput
from tests.gradcheck.cluster.executors import (
    Adding,
    Cancelling,
    FakeExecutor,
    Forgetful,
    LateJob,
    Silent,
    Waiting,
)

PIECES = [float(piece) for piece in range(100)]
EXPECTED = {number: 1000.0 + piece for number, piece in enumerate(PIECES)}


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_the_job_goes_to_the_workers_and_not_with_each_piece(workers: int) -> None:
    executor = FakeExecutor(workers)
    exchange = Exchange(executor, Adding(1000.0))
    assert dict(exchange.results(PIECES)) == EXPECTED
    assert sum(executor.loads) == exchange.jobs_sent
    # These workers take turns, so that a job may go to one that has it. Real ones take a piece when
    # they are idle, as those that lack the job are: see test_dask_executor.
    assert exchange.jobs_sent <= 3 * workers


def test_a_second_lot_of_pieces_sends_the_job_no_more() -> None:
    exchange = Exchange(FakeExecutor(2), Adding(1000.0))
    first = dict(exchange.results(PIECES))
    sent = exchange.jobs_sent
    assert dict(exchange.results(PIECES)) == first
    assert exchange.jobs_sent == sent


def test_workers_that_forget_get_the_job_again() -> None:
    exchange = Exchange(Forgetful(3), Adding(1000.0))
    assert dict(exchange.results(PIECES)) == EXPECTED
    assert exchange.jobs_sent > 3  # the control: they did forget


def test_a_worker_is_not_asked_again_and_again_while_the_job_is_on_its_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late, remote = LateJob(), Silent()

    def submit(*asked: object) -> "Future[Any]":
        assert late.calls < 1000, "the worker was asked again and again"
        return late.submit(*asked)

    monkeypatch.setattr(remote, "submit", submit)
    # Nothing has happened for a while: now the job arrives.
    monkeypatch.setattr(remote, "expect_alive", late.arrive)
    assert dict(Exchange(remote, Adding(1000.0)).results(PIECES)) == EXPECTED
    assert late.calls < len(PIECES) + 10


def test_pieces_that_are_lost_are_sent_again() -> None:
    executor = Cancelling(range(10, 20))
    assert dict(Exchange(executor, Adding(1000.0)).results(PIECES)) == EXPECTED
    assert executor.calls > 110  # the control: ten calls were lost


def test_a_piece_that_is_always_lost_ends_the_work() -> None:
    with pytest.raises(WorkersGone, match="lost 4 times"):
        dict(Exchange(Cancelling(range(10**6)), Adding(1.0)).results(PIECES))


def test_other_versions_are_refused_before_the_job_is_sent() -> None:
    executor = FakeExecutor(2, versions={**versions_here(), "NumPy": "1.0"})
    with pytest.raises(BadInput, match=r"worker 0 has NumPy 1\.0, but here it is .*same version"):
        dict(Exchange(executor, Adding(1.0)).results(PIECES))
    assert sum(executor.loads) == 0


def test_workers_that_are_gone_end_the_work_in_a_line() -> None:
    executor = Silent(gone_after=2)
    with pytest.raises(WorkersGone, match="all gone"):
        dict(Exchange(executor, Adding(1.0)).results(PIECES))
    assert all(future.cancelled() for future in executor.futures)
    assert len(executor.stopped) == 1


def test_an_interruption_cancels_what_is_queued(monkeypatch: pytest.MonkeyPatch) -> None:
    executor = Silent()

    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(executor, "expect_alive", interrupt)
    with pytest.raises(KeyboardInterrupt):
        dict(Exchange(executor, Adding(1.0)).results(PIECES))
    assert executor.futures
    assert all(future.cancelled() for future in executor.futures)
    assert len(executor.stopped) == 1


@dataclass(frozen=True)
class Failing:
    """Fails at one piece."""

    def started(self) -> Callable[[float, threading.Event], float]:
        def do(piece: float, stop: threading.Event) -> float:
            if piece == 50.0:
                raise BadInput("fifty")
            return piece

        return do


@pytest.mark.parametrize("make", [lambda: FakeExecutor(3), lambda: ThreadPoolExecutor(2)])
def test_an_error_in_a_piece_is_raised_here(make: Callable[[], Executor]) -> None:
    with make() as executor, pytest.raises(BadInput, match="fifty"):
        dict(Exchange(executor, Failing()).results(PIECES))


def test_what_runs_is_told_to_stop() -> None:
    with ThreadPoolExecutor(2) as executor:
        # Only one piece waits: two might take both threads before the first has its turn.
        results = Exchange(executor, Waiting(3600.0)).results([0.0, 1.0])
        assert next(results) == (0, False)
        results.close()  # leaving the executor would wait an hour otherwise


@dataclass(frozen=True)
class Dying:
    """Ends the process that does the piece."""

    def started(self) -> Callable[[float, threading.Event], float]:
        import os

        return lambda piece, stop: os._exit(9)


@pytest.mark.thorough
def test_processes_do_the_same_and_a_broken_pool_is_said_in_a_line() -> None:
    with ProcessPoolExecutor(2) as executor:
        assert dict(Exchange(executor, Adding(1000.0)).results(PIECES)) == EXPECTED
        with pytest.raises(WorkersGone, match="the executor cannot go on"):
            dict(Exchange(executor, Dying()).results(PIECES))
