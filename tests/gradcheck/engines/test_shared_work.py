"""Work shared among threads: all of it is done, and an end in one thread ends the others."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import numpy as np
import pytest

from gradcheck.engines.blocks import even_blocks
from gradcheck.engines.shared_work import SharedWork
from tests.gradcheck.engines.conftest import PATIENCE

THREADS = pytest.mark.parametrize("threads", [1, 2, 3, 40])


def squares(block: slice) -> np.ndarray:
    return np.arange(100)[block] ** 2


@THREADS
def test_results_come_in_the_order_of_the_blocks(threads: int) -> None:
    work = SharedWork(squares, even_blocks(100, 7), nullcontext)
    assert np.array_equal(np.concatenate(work.results(threads)), np.arange(100) ** 2)


def test_one_thread_is_the_one_that_asks() -> None:
    seen: list[threading.Thread] = []

    def watched(block: slice) -> np.ndarray:
        seen.append(threading.current_thread())
        return squares(block)

    SharedWork(watched, even_blocks(100, 7), nullcontext).results(1)
    assert set(seen) == {threading.current_thread()}


def test_of_three_threads_each_takes_every_third_block() -> None:
    takers: dict[int, str] = {}
    together = threading.Barrier(3)

    def watched(block: slice) -> np.ndarray:
        if block.start < 3:  # the first block of each thread: none has done all before others began
            together.wait(PATIENCE)
        takers[block.start] = threading.current_thread().name
        return squares(block)

    SharedWork(watched, even_blocks(30, 1), nullcontext).results(3)
    assert len(set(takers.values())) == 3
    assert takers[0] == threading.current_thread().name
    for position in range(27):
        assert takers[position] == takers[position + 3]


@THREADS
def test_where_no_thread_starts_one_does_all(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(RuntimeError):
        threading.Thread(target=print).start()
    work = SharedWork(squares, even_blocks(100, 7), nullcontext)
    assert np.array_equal(np.concatenate(work.results(threads)), np.arange(100) ** 2)


@THREADS
def test_every_thread_works_in_the_setting(threads: int) -> None:
    inside = threading.local()
    entered: list[str] = []

    @contextmanager
    def setting() -> Iterator[None]:
        entered.append(threading.current_thread().name)
        inside.depth = 1
        try:
            yield
        finally:
            inside.depth = 0

    def watched(block: slice) -> np.ndarray:
        assert inside.depth == 1
        return squares(block)

    SharedWork(watched, even_blocks(100, 7), setting).results(threads)
    assert inside.depth == 0
    assert len(entered) == min(threads, 15)


def test_what_fails_in_another_thread_is_raised_and_ends_this_one(
    failure_kept: threading.Event,
) -> None:
    done: list[int] = []

    def failing(block: slice) -> np.ndarray:
        if threading.current_thread() is not threading.main_thread():
            raise FloatingPointError("of another thread")
        assert failure_kept.wait(PATIENCE)
        done.append(block.start)
        return squares(block)

    work = SharedWork(failing, even_blocks(20000, 1), nullcontext)
    with pytest.raises(FloatingPointError, match="of another thread"):
        work.results(2)
    assert len(done) <= 1  # the block that it had begun


def test_a_failure_sets_the_event_that_long_work_looks_at() -> None:
    stop = threading.Event()

    def failing(block: slice) -> np.ndarray:
        if threading.current_thread() is threading.main_thread():
            raise FloatingPointError
        assert stop.wait(PATIENCE)
        return squares(block)

    with pytest.raises(FloatingPointError):
        SharedWork(failing, even_blocks(100, 50), nullcontext, stop).results(2)
    assert stop.is_set()


@pytest.mark.parametrize("error", [FloatingPointError, KeyboardInterrupt])
def test_what_fails_in_this_thread_is_raised_and_ends_the_others(
    error: type[BaseException], pool_left: threading.Event
) -> None:
    done: list[int] = []

    def failing(block: slice) -> np.ndarray:
        if threading.current_thread() is threading.main_thread():
            raise error
        assert pool_left.wait(PATIENCE)
        done.append(block.start)
        return squares(block)

    work = SharedWork(failing, even_blocks(20000, 1), nullcontext)
    with pytest.raises(error):
        work.results(2)
    assert len(done) <= 1  # the block that it had begun
