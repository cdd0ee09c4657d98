"""A time that was sampled, in seconds, and how certain it is; and the ratio of two of them."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

__all__ = ["Ratio", "Timing"]

# A part of 1: this part of the samples is at most as long as the result. It is the fastest of few
# samples, and the 200th of 2,000: a single sample that came out too short does not decide then.
# `python -m tests.benchmarks.busy` compares it with others on a busy machine.
FASTEST = 0.1
# The samples are cut into so many stretches, one after another. What the stretches say of the same
# work shows whether a second run would repeat the result.
STRETCHES = 3
# A time, or a ratio of times, is trusted if its largest value in any stretch is at most this many
# times its smallest. A smaller number rejects more on a busy machine, a larger one shows values
# that the next run does not repeat.
STEADY = 1.25


@dataclass(frozen=True)
class Timing:
    """Seconds of one call.

    Attributes:
        seconds: of the fastest tenth of the samples: as long as nothing disturbs the work.
        lower_quartile, upper_quartile: of the samples.
        samples: how many there are.
        stretches: the same as ``seconds``, from each third of the samples alone.

    """

    seconds: float
    lower_quartile: float
    upper_quartile: float
    samples: int
    stretches: tuple[float, ...]

    @classmethod
    def of(cls, seconds: list[float]) -> "Timing":
        """Summarise one or more samples, in the order in which they were taken."""
        count = len(seconds)
        ordered = sorted(seconds)
        lower, upper = _quantile(ordered, 0.25), _quantile(ordered, 0.75)
        cuts = [count * part // STRETCHES for part in range(STRETCHES + 1)]
        parts = [seconds[start:stop] for start, stop in pairwise(cuts)]
        stretches = tuple(_fastest(part) for part in parts if part)
        return cls(_fastest(seconds), lower, upper, count, stretches)

    @property
    def steady(self) -> bool:
        """Whether the stretches say nearly the same, so that the time can be trusted."""
        return max(self.stretches) <= min(self.stretches) * STEADY

    @property
    def quartiles(self) -> list[float]:
        """The lower and the upper quartile."""
        return [self.lower_quartile, self.upper_quartile]

    def scaled(self, factor: float) -> "Timing":
        """The samples as they would be with ``factor`` times the work."""
        return replace(
            self,
            seconds=self.seconds * factor,
            lower_quartile=self.lower_quartile * factor,
            upper_quartile=self.upper_quartile * factor,
            stretches=tuple(each * factor for each in self.stretches),
        )

    def over(self, other: "Timing") -> "Ratio":
        """How many times as long as the other this takes, if both were timed in turns."""
        stretches = [
            _divided(mine, others)
            for mine, others in zip(self.stretches, other.stretches, strict=False)
        ]
        return Ratio(_divided(self.seconds, other.seconds), min(stretches), max(stretches))


@dataclass(frozen=True)
class Ratio:
    """A ratio of two times, with its smallest and its largest value in any stretch."""

    value: float
    low: float
    high: float

    @property
    def steady(self) -> bool:
        """Whether the range is so narrow that the value can be trusted."""
        return self.low > 0.0 and self.high <= self.low * STEADY

    def text(self, digits: int = 2) -> str:
        """The value, or "too noisy" if it cannot be trusted."""
        return f"{self.value:,.{digits}f}" if self.steady else "too noisy"


def _fastest(seconds: list[float]) -> float:
    """What the fastest tenth of the samples take at most."""
    return sorted(seconds)[int(FASTEST * (len(seconds) - 1))]


def _divided(seconds: float, others: float) -> float:
    """Their ratio; NaN where the clock did not move."""
    return seconds / others if others else math.nan


# NumPy's quantiles and those of ``statistics`` import so much that a command starts later.
def _quantile(ordered: list[float], part: float) -> float:
    """The value below which a part of ordered values lies, by a line between two of them.

    >>> _quantile([1.0, 2.0, 4.0], 0.75)
    3.0

    """
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
