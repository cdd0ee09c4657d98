"""Work on several items at a time, each in a thread of its own that waits for workers."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

__all__ = ["Item", "Result", "side_by_side"]

Item = TypeVar("Item")
Result = TypeVar("Result")

# Seconds. How often Ctrl-C is looked for: some systems do not interrupt a wait.
POLL_SECONDS = 0.2


def side_by_side(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    at_a_time: int,
    stop: Callable[[], object],
) -> Iterator[Result]:
    """The results of some work, in the order of the items.

    Args:
        work: done in threads of this process.
        items: what it is done on.
        at_a_time: on so many items at the same time, or waiting to be yielded.
        stop: called if the iteration ends early; it must end the work that goes on.

    >>> list(side_by_side(abs, [-1, 2, -3], 2, stop=lambda: None))
    [1, 2, 3]

    """
    waiting, running = iter(items), deque[Future[Result]]()
    pool = ThreadPoolExecutor(at_a_time)
    whole = False
    try:
        running.extend(pool.submit(work, item) for item in islice(waiting, at_a_time))
        while running:
            while not wait([running[0]], POLL_SECONDS).done:
                pass
            yield running.popleft().result()
            running.extend(pool.submit(work, item) for item in islice(waiting, 1))
        whole = True
    finally:
        if not whole:
            stop()
        pool.shutdown(cancel_futures=True)
