"""The verdict on an entry: backprop's claim held against the slopes that were measured.

Every entry has an error bar of its own:

    bar = 1.25 x what is left of the scheme's vanishing sums (truncation) + 2 noise / h (round-off)

For (46) the first term is half the difference of the slopes to the right and to the left, and a
quarter of that to spare. A claim is accepted within 2 bars: the truncation estimate is itself one
of first order, and the noise of a difference, being bounded rounding, stays below 4 standard
deviations of the cost's.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from operator import add

from array_api_compat import device

from gradcheck.schemes import Offset, Scheme, weighted
from nets.arrays import Array, array_namespace

__all__ = [
    "BARS_ALLOWED",
    "Judgement",
    "Verdict",
    "extremes",
    "judge",
    "looks_kinked",
    "truncation",
]

BARS_ALLOWED = 2.0
# What is left of the sums is the first term of a series; this leaves room for the next ones.
TRUNCATION_SLACK = 1.25
# A kink is suspected where truncation would have to be this many times the noise, beside this part
# of the slope itself.
KINK_IN_NOISE = 8.0
KINK_IN_SLOPE = 1e-3


class Verdict(IntEnum):
    """What can be said of one entry of a gradient."""

    AGREE = 0
    """claim and estimate are the same within two error bars"""
    DISAGREE = 1
    """they are not"""
    KINK = 2
    """the slopes to the left and right differ for good, and the claim does not contradict them"""
    UNDECIDED = 3
    """a claim of zero would be accepted as well: two bars are wider than the gradient"""
    UNTESTED = 4
    """the cost does not move with this entry, and the claim is zero: nothing was tested"""

    @property
    def word(self) -> str:
        """The verdict as tables and JSON write it."""
        return self.name.lower()


@dataclass(frozen=True)
class Judgement:
    """Estimates, error bars and verdicts for n entries, each (n,), where the slopes lie."""

    numerical: Array
    error_bar: Array
    verdicts: Array  # int8 codes of Verdict


def extremes(slopes: dict[Offset, Array]) -> tuple[Array, Array]:
    """The least and the greatest slope at each entry, each (n,)."""
    first, *rest = slopes.values()
    xp = array_namespace(first)
    lowest = highest = first
    for slope in rest:
        lowest, highest = xp.minimum(lowest, slope), xp.maximum(highest, slope)
    return lowest, highest


def truncation(scheme: Scheme, slopes: dict[Offset, Array]) -> Array:
    """The estimated truncation error at each entry, (n,); large where there is a kink."""
    first = next(iter(slopes.values()))
    xp = array_namespace(first)
    left_over = [xp.abs(weighted(weights, slopes)) for weights in scheme.vanishing]
    return TRUNCATION_SLACK * reduce(add, left_over) if left_over else xp.zeros_like(first)


def looks_kinked(scheme: Scheme, slopes: dict[Offset, Array], slope_noise: Array) -> Array:
    """Whether the slopes differ so much that a kink must be suspected, (n,) bool."""
    lowest, highest = extremes(slopes)
    xp = array_namespace(lowest)
    size = xp.maximum(xp.abs(lowest), xp.abs(highest))
    return truncation(scheme, slopes) > KINK_IN_NOISE * slope_noise + KINK_IN_SLOPE * size


def judge(
    claims: Array,
    slopes: dict[Offset, Array],
    scheme: Scheme,
    slope_noise: Array,
    kinked: Array,
) -> Judgement:
    """Hold claims against slopes.

    Args:
        claims: (n,) the gradient to be checked.
        slopes: for each offset of the scheme, (n,) the slope measured there.
        scheme: how the slopes make an estimate.
        slope_noise: (n,) the standard deviation of the cost's noise over the step.
        kinked: (n,) bool, whether a kink has been found at the entry.

    """
    xp = array_namespace(claims)
    numerical = scheme.estimate(slopes)
    noise_bar = 2.0 * slope_noise
    error_bar = truncation(scheme, slopes) + noise_bar
    within = BARS_ALLOWED * error_bar

    lowest, highest = extremes(slopes)
    wrong = xp.abs(claims - numerical) > within
    if bool(xp.any(kinked)):
        # Anything between the slopes on either side of a kink is a valid subgradient. Each slope
        # has its own curvature, which must be below what would have been suspected of being a kink.
        slope_size = xp.maximum(xp.abs(lowest), xp.abs(highest))
        allowed = BARS_ALLOWED * noise_bar + KINK_IN_SLOPE * slope_size
        outside = (claims < lowest - allowed) | (claims > highest + allowed)
        wrong = xp.where(kinked, outside, wrong)
    # False also where the bar is infinite or NaN: the cost overflowed nearby.
    resolved = within < xp.abs(numerical)
    still = (claims == 0.0) & (lowest == 0.0) & (highest == 0.0)

    verdicts = xp.full(claims.shape, int(Verdict.AGREE), dtype=xp.int8, device=device(claims))
    for condition, verdict in (  # a later one overrides the earlier
        (~resolved, Verdict.UNDECIDED),
        (kinked, Verdict.KINK),
        (wrong | ~xp.isfinite(claims), Verdict.DISAGREE),
        (still, Verdict.UNTESTED),
    ):
        verdicts = xp.where(condition, int(verdict), verdicts)
    return Judgement(numerical, error_bar, verdicts)
