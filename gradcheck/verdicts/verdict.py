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

from array_api_compat import device

from gradcheck.engines.engine import Offset
from gradcheck.slopes.error_bars import BARS_ALLOWED, KINK_IN_SLOPE, extremes, truncation
from gradcheck.slopes.schemes import Scheme
from nets.arrays import Array, array_namespace

__all__ = ["Judgement", "Verdict", "judge"]


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
