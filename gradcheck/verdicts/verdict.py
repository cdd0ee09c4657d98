"""The verdict on an entry: backprop's claim compared with the slope that was measured.

Every entry has an error bar of its own (``gradcheck.slopes.error_bars``). A claim is accepted
within two of them.
"""

from dataclasses import dataclass
from enum import IntEnum

from array_api_compat import device

from gradcheck.slopes.error_bars import BARS_ALLOWED, KINK_IN_SLOPE, NOISE_IN_BAR
from gradcheck.slopes.measured_slopes import MeasuredSlopes
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


def judge(claims: Array, measured: MeasuredSlopes, round_off: Array | float = 0.0) -> Judgement:
    """Compare claims with slopes, entry by entry.

    Args:
        claims: (n,) the gradient to be checked.
        measured: what was measured at the n entries.
        round_off: (n,) the standard deviation of the rounding error of the right gradient.

    """
    xp = array_namespace(claims)
    error_bar = measured.bars + NOISE_IN_BAR * round_off
    within = BARS_ALLOWED * error_bar
    wrong = xp.abs(claims - measured.estimate) > within
    if bool(xp.any(measured.kinked)):
        wrong = xp.where(measured.kinked, _outside(claims, measured, round_off), wrong)
    # False also where the bar is infinite: the cost is not finite nearby.
    resolved = within < xp.abs(measured.estimate)
    still = (claims == 0.0) & (measured.lowest == 0.0) & (measured.highest == 0.0)

    verdicts = xp.full(claims.shape, int(Verdict.AGREE), dtype=xp.int8, device=device(claims))
    for condition, verdict in (  # a later one overrides the earlier
        (~resolved, Verdict.UNDECIDED),
        (measured.kinked, Verdict.KINK),
        (wrong | ~xp.isfinite(claims), Verdict.DISAGREE),
        (still, Verdict.UNTESTED),
    ):
        verdicts = xp.where(condition, int(verdict), verdicts)
    return Judgement(measured.estimate, error_bar, verdicts)


def _outside(claims: Array, measured: MeasuredSlopes, round_off: Array | float) -> Array:
    """Whether a claim (n,) at a kink lies outside the slopes on its two sides, (n,) bool.

    Everything between the two is a valid subgradient. The curvature adds to each slope; it is below
    what would have been suspected to be a kink.
    """
    xp = array_namespace(claims)
    slope_size = xp.maximum(xp.abs(measured.lowest), xp.abs(measured.highest))
    noise = measured.noise + round_off
    allowed = BARS_ALLOWED * NOISE_IN_BAR * noise + KINK_IN_SLOPE * slope_size
    return (claims < measured.lowest - allowed) | (claims > measured.highest + allowed)
