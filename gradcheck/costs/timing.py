"""How long things take, in seconds: measured side by side, and never more certain than they are.

Works that are compared are repeated in turns, so that whatever slows the machine for a while slows
them all. Of each, the median and the quartiles are kept: a mean would follow the outliers.
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

# A timed sample lasts at least this long: shorter ones measure the clock.
SHORTEST_SAMPLE = 20e-6
LEAST_SAMPLES = 5
MOST_SAMPLES = 2000
# A time is believed if its quartiles are within this factor, and a ratio if both its times are.
STEADY = 1.25


@dataclass(frozen=True)
class Timing:
    """Seconds of one call: the quartiles of some samples."""

    lower_quartile: float
    median: float
    upper_quartile: float
    samples: int

    @classmethod
    def of(cls, seconds: list[float]) -> "Timing":
        """Summarise samples; at least two."""
        lower, median, upper = statistics.quantiles(seconds, n=4, method="inclusive")
        return cls(lower, median, upper, len(seconds))

    @property
    def steady(self) -> bool:
        """Whether the quartiles are close enough to each other for the median to be believed."""
        return self.upper_quartile <= self.lower_quartile * STEADY

    def scaled(self, factor: float) -> "Timing":
        """The same samples, had each been of so many times the work."""
        return replace(
            self,
            lower_quartile=self.lower_quartile * factor,
            median=self.median * factor,
            upper_quartile=self.upper_quartile * factor,
        )

    def over(self, other: "Timing") -> "Ratio":
        """How many times longer than another, measured beside it."""
        if other.median == 0.0:
            return Ratio(math.nan, 0.0, math.inf)
        low = self.lower_quartile / other.upper_quartile if other.upper_quartile else 0.0
        high = self.upper_quartile / other.lower_quartile if other.lower_quartile else math.inf
        return Ratio(self.median / other.median, low, high)


@dataclass(frozen=True)
class Ratio:
    """A ratio of medians, and the range that their quartiles span."""

    value: float
    low: float
    high: float

    @property
    def steady(self) -> bool:
        """Whether the spread supports the value."""
        return self.low > 0.0 and self.high <= self.low * STEADY**2

    @classmethod
    def of(cls, ratios: list[float]) -> "Ratio":
        """Summarise ratios of times that were measured right after each other; at least two."""
        timing = Timing.of(ratios)
        return cls(timing.median, timing.lower_quartile, timing.upper_quartile)

    def text(self, digits: int = 2) -> str:
        """The value, or that the machine was too noisy to tell."""
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
        works: by name; each must have finished when it returns.
        budget: seconds for all of them together; each is sampled at least five times even so.
        clock: the time in seconds, on a CPU.
        device: ``cpu``; on a ``gpu`` CuPy's own benchmark measures the time that the GPU takes,
            one work after the other.

    Returns:
        The timing of one call of each.

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
    """Seconds of one call, by as many as the given time has room for; one at least."""
    calls, begun = 0, clock()
    while True:
        work()
        calls += 1
        taken = clock() - begun
        if taken >= seconds:
            return taken / calls


def _gpu_timing(work: Callable[[], object], budget: float) -> Timing:
    """Time by events on the GPU: the host's clock sees only how long launching takes."""
    from cupyx.profiler import benchmark

    measured = benchmark(work, n_repeat=MOST_SAMPLES, n_warmup=LEAST_SAMPLES, max_duration=budget)
    seconds = [float(sample) for sample in measured.gpu_times[0]]
    # A budget that one call uses up leaves one sample; quartiles need two.
    return Timing.of(seconds if len(seconds) > 1 else 2 * seconds)


def _calls_in_a_sample(work: Callable[[], object], clock: Clock) -> int:
    """How many calls make a sample long enough to be timed; warms up on the way."""
    work()
    seconds = _sample(work, 1, clock)
    if seconds >= SHORTEST_SAMPLE:
        return 1
    return min(1000, math.ceil(SHORTEST_SAMPLE / max(seconds, SHORTEST_SAMPLE / 1000)))


def _sample(work: Callable[[], object], calls: int, clock: Clock) -> float:
    """Seconds a call."""
    before = clock()
    for _ in range(calls):
        work()
    return (clock() - before) / calls


@contextmanager
def garbage_kept() -> Iterator[None]:
    """The garbage collector must not run on one work's time for what another left behind."""
    was_enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
