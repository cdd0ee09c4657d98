"""How long things take: works timed in turns, by one clock.

Works that are compared are timed in turns: if something slows the machine for a while, it slows all
of them. Whatever disturbs a work makes it slower, never faster. So the fastest samples say
how long a work takes. The slow ones only say how much the machine did besides.
"""

import gc
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from gradcheck.costs.sampled_time import Timing

__all__ = [
    "LEAST_SAMPLES",
    "Clock",
    "cpu_clock",
    "garbage_kept",
    "repeated",
    "side_by_side",
]

Clock = Callable[[], float]

# Seconds. Shorter work is repeated until a sample lasts this long. Reading the clock twice takes
# about 0.5 microseconds at most, which is then less than 3 % of a sample.
SHORTEST_SAMPLE = 20e-6
# The most calls in one sample: where the clock stands still, no number of calls would be enough.
MOST_CALLS = 1000
# With five samples there are three stretches to compare, of which two have more than one sample.
LEAST_SAMPLES = 5
# More samples than these would cost memory and hardly change the result.
MOST_SAMPLES = 2000
# How often a clock is read to see whether it ticks, and how often it must have moved on. One that
# ticks every 15 ms, as the CPU time of a thread on Windows, stands still meanwhile.
READINGS, LEAST_MOVES = 64, 32


def cpu_clock(threads: int = 1) -> Clock:
    """The clock for work in so many threads: the CPU time of this one, if it is the only one.

    It stands still while another program has the processor. Where it is too coarse, as on Windows,
    or the work has further threads, it is the usual clock.
    """
    clock: Clock | None = getattr(time, "thread_time", None)  # not every system has it
    return clock if threads == 1 and clock is not None and _ticks(clock) else time.perf_counter


def _ticks(clock: Clock) -> bool:
    """Whether a clock moves on while it is read."""
    return len({clock() for _ in range(READINGS)}) > LEAST_MOVES


def side_by_side(
    works: Mapping[str, Callable[[], object]],
    *,
    budget: float = 1.0,
    clock: Clock = time.perf_counter,
    wall: Clock | None = None,
    device: str = "cpu",
) -> dict[str, Timing]:
    """Time some works in turns, after one call of each to warm up.

    Where the stretches of a work differ, the machine was busy: it is timed for as long again.

    Args:
        works: functions by name; each must have finished its work when it returns.
        budget: seconds for all works together; each is sampled at least five times anyway.
        clock: gives the time in seconds; used on a CPU only.
        wall: the clock for the budget; by default the same.
        device: ``cpu`` or ``gpu``. On a GPU, CuPy's own benchmark measures how long the GPU takes,
            for one work after the other.

    Returns:
        The timing of one call of each work, by name.

    """
    if device == "gpu":
        return {name: _gpu_timing(work, budget / len(works)) for name, work in works.items()}
    samples: dict[str, list[float]] = {name: [] for name in works}
    with garbage_kept():
        calls = {name: _calls_in_a_sample(work, clock) for name, work in works.items()}
        for _ in range(2):
            _sample_in_turns(works, calls, samples, budget, clock, wall or clock)
            timings = {name: Timing.of(seconds) for name, seconds in samples.items()}
            if all(timing.steady for timing in timings.values()):
                break
    return timings


def _sample_in_turns(
    works: Mapping[str, Callable[[], object]],
    calls: Mapping[str, int],
    samples: Mapping[str, list[float]],
    budget: float,
    clock: Clock,
    wall: Clock,
) -> None:
    """Add samples of each work, in turns, until the budget is spent."""
    begun = wall()
    for turn in range(MOST_SAMPLES):
        if turn >= LEAST_SAMPLES and wall() - begun >= budget:
            break
        for name, work in works.items():
            samples[name].append(_sample(work, calls[name], clock))


def repeated(work: Callable[[], object], seconds: float, clock: Clock) -> float:
    """Seconds of one call: the work is called until the given time has passed, at least once."""
    calls, begun = 0, clock()
    while True:
        work()
        calls += 1
        taken = clock() - begun
        if taken >= seconds:
            return taken / calls


def _gpu_timing(work: Callable[[], object], budget: float) -> Timing:
    """Time by events on the GPU: the host's clock sees only how long the launch takes."""
    from cupyx.profiler import benchmark

    measured = benchmark(work, n_repeat=MOST_SAMPLES, n_warmup=LEAST_SAMPLES, max_duration=budget)
    seconds = [float(sample) for sample in measured.gpu_times[0]]
    return Timing.of(seconds)


def _calls_in_a_sample(work: Callable[[], object], clock: Clock) -> int:
    """Warm up, and find how many calls make a sample long enough to be timed."""
    work()
    seconds = _sample(work, 1, clock)
    if seconds >= SHORTEST_SAMPLE:
        return 1
    calls = math.ceil(SHORTEST_SAMPLE / max(seconds, SHORTEST_SAMPLE / MOST_CALLS))
    return min(MOST_CALLS, calls)


def _sample(work: Callable[[], object], calls: int, clock: Clock) -> float:
    """Seconds of one call, from a sample of several."""
    before = clock()
    for _ in range(calls):
        work()
    return (clock() - before) / calls


@contextmanager
def garbage_kept() -> Iterator[None]:
    """Keep the garbage collector off: it would clean up after one work in another one's time."""
    was_enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
