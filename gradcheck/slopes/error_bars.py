"""The error bar of a slope: what its scheme leaves out, and what rounding adds.

    bar = 1.25 x what is left of the scheme's vanishing sums (truncation) + 2 noise / h (round-off)

For (46) the first term is half the difference between the slopes to the right and to the left, plus
a quarter of that as a reserve.
"""

from functools import reduce
from operator import add

from gradcheck.engines.engine import Offset
from gradcheck.slopes.schemes import Scheme, weighted
from nets.arrays import Array, array_namespace

__all__ = [
    "BARS_ALLOWED",
    "KINK_IN_NOISE",
    "KINK_IN_SLOPE",
    "NOISE_IN_BAR",
    "error_bars",
    "extremes",
    "looks_rough",
    "truncation",
]

# A claim may be this many error bars from the estimate. Two, because the truncation is itself an
# estimate of first order, and because rounding errors, which are bounded, stay below 4 standard
# deviations, two bars of noise (tests/benchmarks/verdicts counts the false alarms).
BARS_ALLOWED = 2.0
# Standard deviations of the noise in one bar.
NOISE_IN_BAR = 2.0
# A factor. The vanishing sums are the first term of a series. A quarter more leaves room for the
# next terms. Chosen: tests/benchmarks/verdicts counts the false alarms with it.
TRUNCATION_SLACK = 1.25
# A kink is suspected where the truncation is above this many standard deviations of the noise, so
# that rounding does not look like a kink (rounding stays below 4 of them), ...
KINK_IN_NOISE = 8.0
# ... and this part of the slope, so that ordinary curvature does not: h C'' is below a thousandth
# of C' for nearly every smooth cost. A suspicion costs a closer look, never a verdict.
KINK_IN_SLOPE = 1e-3
# Slopes are not those of a smooth function if what is left over is more than this part of the
# scheme's larger sum. For a smooth function it is of the size of h C'''/C'', or h^2 C'''''/C''',
# which is 1e-4 or less.
ROUGH = 1e-2


def error_bars(estimate: Array, truncation: Array, noise: Array) -> Array:
    """The error bars (n,) of n slopes; infinite where the cost was not finite.

    Args:
        estimate: (n,) the slopes.
        truncation: (n,) their estimated truncation errors.
        noise: (n,) the standard deviations of their rounding errors.

    """
    xp = array_namespace(noise)
    bars = truncation + NOISE_IN_BAR * noise
    return xp.where(xp.isfinite(bars) & xp.isfinite(estimate), bars, xp.inf)


def looks_rough(
    scheme: Scheme, slopes: dict[Offset, Array], left_over: Array, noise: Array
) -> Array:
    """Whether the slopes (n,) at the offsets are not those of a smooth function, (n,) bool.

    For a smooth function the vanishing sums are a small part of a larger sum, which vanishes more
    slowly with the step. With kinks within the steps both sums are about equally large. Then the
    truncation may be underestimated, because several kinks may happen to cancel. (46) has no such
    sum.

    Args:
        scheme: the scheme.
        slopes: (n,) for each of its offsets.
        left_over: (n,) the estimated truncation errors.
        noise: (n,) the standard deviations of the slopes' rounding errors.

    """
    xp = array_namespace(noise)
    if scheme.larger is None:
        return xp.zeros_like(noise) > 0.0
    larger = xp.abs(weighted(scheme.larger, slopes))
    beside = [xp.abs(weighted(weights, slopes)) for weights in scheme.unsmooth]
    most = reduce(xp.maximum, beside, left_over)
    return most > xp.maximum(KINK_IN_NOISE * noise, ROUGH * larger)


def extremes(slopes: dict[Offset, Array]) -> tuple[Array, Array]:
    """The least and the greatest of the slopes (n,) at each entry, each (n,)."""
    first, *rest = slopes.values()
    xp = array_namespace(first)
    lowest = highest = first
    for slope in rest:
        lowest, highest = xp.minimum(lowest, slope), xp.maximum(highest, slope)
    return lowest, highest


def truncation(scheme: Scheme, slopes: dict[Offset, Array]) -> Array:
    """The estimated truncation error at each entry, (n,), for slopes (n,); large at a kink."""
    first = next(iter(slopes.values()))
    xp = array_namespace(first)
    left_over = [xp.abs(weighted(weights, slopes)) for weights in scheme.vanishing]
    return TRUNCATION_SLACK * reduce(add, left_over) if left_over else xp.zeros_like(first)
