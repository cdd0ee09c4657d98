"""How long things take, in seconds."""

import statistics
import time
from collections.abc import Callable

__all__ = ["median_seconds"]


def median_seconds(
    work: Callable[[], object],
    *,
    budget: float = 0.1,
    least: int = 5,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """The median time of one call, after one call to warm up.

    Args:
        work: what to time; must have finished when it returns.
        budget: seconds after which no further call is begun.
        least: calls to time in any case.
        clock: the time in seconds.

    """
    work()
    seconds: list[float] = []
    begun = clock()
    while len(seconds) < least or clock() - begun < budget:
        before = clock()
        work()
        seconds.append(clock() - before)
    return statistics.median(seconds)
