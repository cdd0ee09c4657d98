"""Work on many blocks, shared among threads."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

__all__ = ["SharedWork"]


class SharedWork:
    """The same work on each of many blocks, shared among threads.

    Of T threads the first takes the blocks 0, T, 2 T, ..., the second 1, T + 1, 2 T + 1, ...
    If one thread fails or is interrupted, the others stop before their next block.
    """

    def __init__(
        self,
        work: Callable[[slice], Any],
        blocks: Sequence[slice],
        setting: Callable[[], AbstractContextManager[object]],
        stop: threading.Event | None = None,
    ) -> None:
        """Describe the work; ``results`` does it.

        Args:
            work: computes the result of a block.
            blocks: one or more.
            setting: a context that each thread works in.
            stop: is set as soon as a thread fails. Work on long blocks may look at it.

        """
        self._work, self._blocks, self._setting = work, blocks, setting
        self._results: list[Any] = [None] * len(blocks)
        self._stop = stop or threading.Event()

    def results(self, threads: int) -> list[Any]:
        """Do the work in so many threads, this one included.

        Where no thread can be started, as in a browser, this thread does all of it.

        Args:
            threads: at least 1; more threads than blocks are not started.

        Returns:
            The result of each block, in the order of the blocks.

        """
        threads = min(threads, len(self._blocks))
        if threads == 1 or not _threads_start():
            self._do_share(0, 1)
        else:
            self._do_with_others(threads)
        return self._results

    def _do_with_others(self, threads: int) -> None:
        """Do the first share here, the others in threads of their own."""
        with ThreadPoolExecutor(threads - 1) as pool:
            try:
                others = [pool.submit(self._do_share, k, threads) for k in range(1, threads)]
                self._do_share(0, threads)
                for other in others:
                    other.result()
            finally:
                self._stop.set()  # an interruption may also come while the others are awaited

    def _do_share(self, first: int, threads: int) -> None:
        """Do the blocks ``first``, ``first + threads``, ``first + 2 * threads``, ..."""
        try:
            with self._setting():
                for position in range(first, len(self._blocks), threads):
                    if self._stop.is_set():
                        return
                    self._results[position] = self._work(self._blocks[position])
        except BaseException:
            self._stop.set()  # the results of the others would be thrown away
            raise


def _threads_start() -> bool:
    """Whether this Python can start a thread: one is started, which takes some microseconds."""
    thread = threading.Thread(target=bool)
    try:
        thread.start()
    except RuntimeError:
        return False
    thread.join()
    return True
