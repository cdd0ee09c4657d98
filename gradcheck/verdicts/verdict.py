"""The verdict on an entry: backprop's claim compared with the slope that was measured.

Every entry has an error bar of its own (``gradcheck.slopes.error_bars``). A claim is accepted
within two of them.
"""

from dataclasses import dataclass
from enum import IntEnum

from array_api_compat import device

from gradcheck.engines.engine import Offset
from gradcheck.slopes.error_bars import (
    BARS_ALLOWED,
    KINK_IN_SLOPE,
    NOISE_IN_BAR,
    error_bars,
    extremes,
)
from gradcheck.slopes.schemes import Scheme
from nets.arrays import Array, array_namespace

__all__ = ["Judgement", "Verdict", "judge"]


class Verdict(IntEnum):
    """What can be said about one entry of a gradient."""

    AGREE = 0
    """claim and estimate are equal within two error bars"""
    DISAGREE = 1
    """they are not"""
    KINK = 2
    """the slopes to the left and right differ for good, and the claim does not contradict them"""
    UNDECIDED = 3
    """two error bars are wider than the gradient, so that a claim of 0 would pass as well"""
    UNTESTED = 4
    """the cost does not change with this entry, and the claim is 0: nothing was tested"""

    @property
    def word(self) -> str:
        """The verdict as tables and JSON write it."""
        return self.name.lower()


@dataclass(frozen=True)
class Judgement:
    """Estimates, error bars and verdicts of n entries, each (n,), where the slopes lie."""

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
    """Compare claims with slopes, entry by entry.

    Args:
        claims: (n,) the gradient to be checked.
        slopes: for each offset of the scheme, (n,) the slope measured there.
        scheme: how the slopes make an estimate.
        slope_noise: (n,) the standard deviation of the rounding error of a slope.
        kinked: (n,) bool, whether a kink has been found at the entry.

    """
    xp = array_namespace(claims)
    numerical = scheme.estimate(slopes)
    error_bar = error_bars(scheme, slopes, slope_noise)
    within = BARS_ALLOWED * error_bar
    wrong = xp.abs(claims - numerical) > within
    if bool(xp.any(kinked)):
        wrong = xp.where(kinked, _outside(claims, slopes, slope_noise), wrong)
    # False also where the bar is infinite or NaN: the cost overflowed nearby.
    resolved = within < xp.abs(numerical)
    lowest, highest = extremes(slopes)
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


def _outside(claims: Array, slopes: dict[Offset, Array], slope_noise: Array) -> Array:
    """Whether a claim (n,) at a kink lies outside the slopes on its two sides, (n,) bool.

    Everything between the two is a valid subgradient. Each slope has its own curvature, which must
    be below what would have been suspected to be a kink.
    """
    xp = array_namespace(claims)
    lowest, highest = extremes(slopes)
    slope_size = xp.maximum(xp.abs(lowest), xp.abs(highest))
    allowed = BARS_ALLOWED * NOISE_IN_BAR * slope_noise + KINK_IN_SLOPE * slope_size
    return (claims < lowest - allowed) | (claims > highest + allowed)
