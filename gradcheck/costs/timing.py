"""How long things take, in seconds, and how certain the measurement is.

Works that are compared are timed in turns: if something slows the machine for a while, it slows all
of them. The result is the median and the quartiles of the samples, because a mean would follow the
outliers.
"""

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

__all__ = ["LEAST_SAMPLES", "Clock", "Ratio", "Timing", "garbage_kept", "repeated", "side_by_side"]

Clock = Callable[[], float]

# Seconds. Shorter work is repeated until a sample lasts this long. Reading the clock twice takes
# about 0.15 microseconds, which is then less than 1 % of a sample.
SHORTEST_SAMPLE = 20e-6
# The most calls in one sample: where the clock stands still, no number of calls would be enough.
MOST_CALLS = 1000
# The quartiles of five samples are the second and the fourth: one outlier changes neither.
LEAST_SAMPLES = 5
# More samples than these would cost memory and hardly change the median.
MOST_SAMPLES = 2000
# A time is trusted if its upper quartile is at most this many times the lower one; a ratio is
# trusted if both its times could be. A smaller number rejects more on a busy machine, a larger one
# shows times that the next run does not repeat.
STEADY = 1.25


@dataclass(frozen=True)
class Timing:
    """Seconds of one call: the median and the quartiles of the samples, and their number."""

    lower_quartile: float
    median: float
    upper_quartile: float
    samples: int

    @classmethod
    def of(cls, seconds: list[float]) -> "Timing":
        """Summarise two or more samples."""
        lower, median, upper = statistics.quantiles(seconds, n=4, method="inclusive")
        return cls(lower, median, upper, len(seconds))

    @property
    def steady(self) -> bool:
        """Whether the quartiles are so close to each other that the median can be trusted."""
        return self.upper_quartile <= self.lower_quartile * STEADY

    @property
    def quartiles(self) -> list[float]:
        """The lower and the upper quartile."""
        return [self.lower_quartile, self.upper_quartile]

    def scaled(self, factor: float) -> "Timing":
        """The samples as they would be with ``factor`` times the work."""
        return replace(
            self,
            lower_quartile=self.lower_quartile * factor,
            median=self.median * factor,
            upper_quartile=self.upper_quartile * factor,
        )

    def over(self, other: "Timing") -> "Ratio":
        """How many times as long as the other this takes, if both were timed in turns."""
        if other.median == 0.0:
            return Ratio(math.nan, 0.0, math.inf)
        low = self.lower_quartile / other.upper_quartile if other.upper_quartile else 0.0
        high = self.upper_quartile / other.lower_quartile if other.lower_quartile else math.inf
        return Ratio(self.median / other.median, low, high)


@dataclass(frozen=True)
class Ratio:
    """A ratio of two times, with the range that their quartiles leave for it."""

    value: float
    low: float
    high: float

    @property
    def steady(self) -> bool:
        """Whether the range is so narrow that the value can be trusted."""
        return self.low > 0.0 and self.high <= self.low * STEADY**2

    @classmethod
    def of(cls, ratios: list[float]) -> "Ratio":
        """Summarise two or more ratios, each of two times measured right after each other."""
        timing = Timing.of(ratios)
        return cls(timing.median, timing.lower_quartile, timing.upper_quartile)

    def text(self, digits: int = 2) -> str:
        """The value, or "too noisy" if it cannot be trusted."""
        return f"{self.value:,.{digits}f}" if self.steady else "too noisy"


def side_by_side(
    works: Mapping[str, Callable[[], object]],
    *,
    budget: float = 1.0,
    clock: Clock = time.perf_counter,
    device: str = "cpu",
) -> dict[str, Timing]:
    """Time some works in turns, after one call of each to warm up.

    Args:
        works: functions by name; each must have finished its work when it returns.
        budget: seconds for all works together; each is sampled at least five times anyway.
        clock: gives the time in seconds; used on a CPU only.
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
        begun = clock()
        for turn in range(MOST_SAMPLES):
            if turn >= LEAST_SAMPLES and clock() - begun >= budget:
                break
            for name, work in works.items():
                samples[name].append(_sample(work, calls[name], clock))
    return {name: Timing.of(seconds) for name, seconds in samples.items()}


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
    # If one call uses up the budget there is only one sample; quartiles need two.
    return Timing.of(seconds if len(seconds) > 1 else 2 * seconds)


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
