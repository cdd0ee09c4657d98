"""Which mistake explains a wrong step: the mistake of the zoo that gives the claimed numbers."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from gradcheck.bugs.backprop_step import Moment
from gradcheck.bugs.planting import Bug, may_be_made
from gradcheck.bugs.zoo import BUGS
from nets.arrays import HostArray, to_numpy

__all__ = ["HOPELESS", "best_of", "left_over", "likely_mistake"]

# A mistake explains a claim if what it leaves unexplained is at most this part of what is wrong:
# two digits fit. Smaller values would miss mistakes that were fitted or rounded; larger ones would
# name mistakes that only resemble the numbers.
EXPLAINED = 1e-2
# Mistakes that leave less than this part of what is wrong explain a claim equally well: the rest is
# rounding, and the first in the zoo is named.
EXACT = 1e-12
# Among mistakes that leave more than EXACT, those that leave up to this many times the least count
# as equally good: rounding alone makes such differences.
AS_GOOD = 10.0
# A candidate that leaves more than this part is never chosen, whatever the others leave.
HOPELESS = AS_GOOD * EXPLAINED

Candidate = TypeVar("Candidate")


def likely_mistake(moment: Moment, name: str, right: HostArray, claim: HostArray) -> Bug | None:
    """Try every mistake of the zoo at one step, and give the one that explains the claim.

    Args:
        moment: what the step can use.
        name: of the step.
        right: its right result.
        claim: its claimed result, in the same shape.

    Returns:
        The first of those that explain it best; None if none does.

    """
    # Any fit would explain a claim that is right.
    if not np.all(np.isfinite(claim)) or np.array_equal(claim, right):
        return None
    candidates = []
    for bug in BUGS.values():
        if bug.step == name and may_be_made(bug, moment):
            wrong = _result_with(bug, moment, right, claim)
            if wrong is not None:
                candidates.append((left_over(wrong, right, claim), bug))
    return best_of(candidates)


def _result_with(bug: Bug, moment: Moment, right: HostArray, claim: HostArray) -> HostArray | None:
    """What a mistake gives; with an unknown in it, what is nearest to the claim."""
    if bug.fitted is not None:
        return bug.fitted(moment, right, claim)
    return to_numpy(bug.wrong(moment, right))


def left_over(wrong: HostArray, right: HostArray, claim: HostArray, rounding: float = 0.0) -> float:
    """What a mistake does not explain, as a part of all that is wrong; infinite for nonsense.

    Args:
        wrong: what the mistake gives.
        right: what is right; all three arrays have the same shape.
        claim: what is claimed.
        rounding: what needs no explanation, as a part of the largest right entry.

    >>> right, claim = np.ones(2), 3.0 * np.ones(2)
    >>> left_over(3.0 * right, right, claim), left_over(2.0 * right, right, claim)
    (0.0, 0.5)

    """
    with np.errstate(invalid="ignore", over="ignore"):
        all_that_is_wrong = float(np.max(np.abs(claim - right), initial=0.0))
        left = float(np.max(np.abs(claim - wrong), initial=0.0))
    allowed = rounding * float(np.max(np.abs(right), initial=0.0))
    if not all_that_is_wrong > allowed:
        return 0.0 if left <= allowed else np.inf
    return left / all_that_is_wrong if np.isfinite(left) else np.inf


def best_of(candidates: Sequence[tuple[float, Candidate]]) -> Candidate | None:
    """The first candidate among those that explain the claim as well as any.

    Args:
        candidates: each with what it leaves over, as a part of all that is wrong.

    Returns:
        None if even the best leaves too much.

    """
    least = min((left for left, _ in candidates), default=np.inf)
    if least > EXPLAINED:
        return None
    as_good = max(AS_GOOD * least, EXACT)
    return next(candidate for left, candidate in candidates if left <= as_good)
