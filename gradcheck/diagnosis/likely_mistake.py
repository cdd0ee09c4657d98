"""Which mistake explains a wrong step: the one of the zoo that gives the numbers of the claim."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.bugs.backprop_step import (
    Moment,
)
from gradcheck.bugs.planting import (
    ROUND_OFF,
    Bug,
    Fitted,
    may_be_made,
)
from gradcheck.bugs.zoo import BUGS
from gradcheck.diagnosis.first_wrong_step import INHERITED, INHERITED_SINGLE
from nets.arrays import HostArray, to_numpy

__all__ = ["EXPLAINED", "Cause", "best_of", "cause_at", "left_over", "pattern"]

# A mistake explains a claim if what remains is at most this part of what is wrong.
EXPLAINED = 1e-2
# Two mistakes that leave less than this explain a claim equally well: the rest is round-off.
EXACT = 1e-12


@dataclass(frozen=True)
class Cause:
    """A mistake that explains a claim."""

    bug: Bug | None
    evidence: str


def cause_at(moment: Moment, step: str, right: HostArray, claim: HostArray) -> Cause:
    """Try every mistake at one step; the first of those that leave least to explain."""
    # Of what is as it should be any fit would be a good one.
    if not np.all(np.isfinite(claim)) or np.array_equal(claim, right):
        return Cause(None, pattern(claim, right))
    candidates = []
    for bug in BUGS.values():
        if bug.step == step and may_be_made(bug, moment):
            wrong = (bug.fitted or _planted(bug))(moment, right, claim)
            if wrong is not None:
                candidates.append((left_over(wrong, right, claim), bug))
    return Cause(best_of(candidates), pattern(claim, right))


def _planted(bug: Bug) -> Fitted:
    def wrong(moment: Moment, right: HostArray, claim: HostArray) -> HostArray:
        return to_numpy(bug.wrong(moment, right))

    return wrong


def left_over(wrong: HostArray, right: HostArray, claim: HostArray, rounding: float = 0.0) -> float:
    """What a mistake does not explain, as a part of all that is wrong.

    Args:
        wrong: what it gives.
        right: what is right.
        claim: what is claimed.
        rounding: what is not to be explained, as a part of the largest right entry.

    """
    with np.errstate(invalid="ignore", over="ignore"):
        all_that_is_wrong = float(np.max(np.abs(claim - right), initial=0.0))
        left = float(np.max(np.abs(claim - wrong), initial=0.0))
    allowed = rounding * float(np.max(np.abs(right), initial=0.0))
    if not all_that_is_wrong > allowed:
        return 0.0 if left <= allowed else np.inf
    return left / all_that_is_wrong if np.isfinite(left) else np.inf


def best_of(candidates: Sequence[tuple[float, Bug]]) -> Bug | None:
    """The first mistake among those that explain the claim as well as any."""
    least = min((left for left, _ in candidates), default=np.inf)
    if least > EXPLAINED:
        return None
    return next(bug for left, bug in candidates if left <= max(10.0 * least, EXACT))


def pattern(claim: HostArray, right: HostArray) -> str:
    """How a claim stands to the right values, in numbers."""
    if not np.all(np.isfinite(claim)):
        count = np.count_nonzero(~np.isfinite(claim))
        return f"{count:,} of {claim.size:,} entries of the claim are NaN or infinite"
    if np.array_equal(claim, right):
        return "The claim is what the chain rule makes of the steps before it"
    if not np.any(claim):
        return "The claim is zero throughout"
    seen = np.abs(right) > ROUND_OFF * np.max(np.abs(right), initial=0.0)
    if not np.any(seen):
        return f"The claim has entries up to {np.max(np.abs(claim)):.3g} where all should be zero"
    ratios = claim[seen] / right[seen]
    wrong = np.abs(ratios - 1.0) > INHERITED
    if not np.any(wrong):
        return "The claim differs only where it should be next to zero"
    low, middle, high = np.quantile(ratios[wrong], [0.0, 0.5, 1.0])
    if low == high == 0.0:
        return "The wrong entries are zero"
    filled = np.count_nonzero(np.abs(claim[~seen]) > ROUND_OFF * np.max(np.abs(right)))
    if filled:
        return (
            f"{filled:,} of {np.count_nonzero(~seen):,} entries that should be zero are not, and "
            f"{np.count_nonzero(wrong):,} of the others are wrong"
        )
    constant = high - low <= INHERITED_SINGLE * abs(middle)
    if constant and abs(middle - 1.0) > 10.0 * INHERITED_SINGLE:
        return f"The wrong entries are {middle:.6g} times what they should be"
    if max(abs(low - 1.0), abs(high - 1.0)) < 0.01:
        largest = max(abs(low - 1.0), abs(high - 1.0))
        return f"The wrong entries are off by up to {largest:.1e} of their size"
    return (
        f"The wrong entries are off by factors from {low:.3g} to {high:.3g}, {middle:.3g} in the "
        "middle"
    )
