"""Gradients whose numbers were spoilt: NaN, old values, cut off, rounded."""

import numpy as np

from gradcheck.diagnosis.checked_array import CheckedArray, CheckedArrays, Explanation
from gradcheck.diagnosis.wrong_numbers import odd_values_text

__all__ = ["clipped", "half_precision", "not_a_number", "old_values"]

# Entries that must be cut off at the same value, or rounded: fewer may be so by chance. Chosen.
ENOUGH = 3
# The relative error of a number that is rounded to float16 is at most 2^-11; twice that.
HALF_ROUNDING = 2.0**-10


def not_a_number(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """NaN or infinity in a gradient.

    Args:
        array: a wrong array.
        all_of_them: not needed.

    """
    odd = ~np.isfinite(array.known.gradient)
    if not np.any(odd):
        return None
    first = tuple(int(index[0]) for index in np.nonzero(odd)) if odd.ndim else ()
    where = f" The first is at {list(first)}." if first else ""
    return Explanation(
        "not-a-number",
        "It contains NaN or infinity.",
        f"{odd_values_text(array.known.gradient)}.{where}",
    )


def old_values(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """Another gradient when it is asked for again: something is kept from call to call.

    Args:
        array: a wrong array; ``again`` must be known.
        all_of_them: not needed.

    """
    if array.known.again is None:
        return None
    again = np.asarray(array.known.again, dtype=np.float64).reshape(-1)[array.report.entries]
    more = again - array.claimed
    if not np.any(np.abs(more) > array.tolerance):
        return None
    if np.all((np.abs(more - array.slopes) <= array.tolerance) | ~array.measured):
        says = "Each call adds to the gradient of the call before: it is not set back to zero."
        return Explanation("accumulated", says)
    return Explanation("keeps-state", "A second call with the same input gives other values.")


def clipped(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """Large entries that are cut off at one value, where all the rest is right.

    Args:
        array: a wrong array.
        all_of_them: not needed.

    """
    cut = float(np.max(np.abs(array.known.gradient), initial=0.0))
    at_cut = np.abs(array.claimed) == cut
    if cut == 0.0 or np.count_nonzero(array.wrong & at_cut) < ENOUGH:
        return None
    predicted = np.clip(array.slopes, -cut, cut)
    if not array.is_explained(predicted, least=ENOUGH):
        return None
    return Explanation("gradient-clipped", f"Large entries are cut off at {cut:.6g}.")


def half_precision(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """A gradient that went through float16.

    Args:
        array: a wrong array.
        all_of_them: not needed.

    """
    claim = np.asarray(array.known.gradient)
    with np.errstate(over="ignore"):
        is_half = np.array_equal(claim, claim.astype(np.float16).astype(np.float64))
    tolerance = array.tolerance + HALF_ROUNDING * np.abs(array.slopes)
    if not is_half or not array.is_explained(array.slopes, tolerance=tolerance, least=ENOUGH):
        return None
    return Explanation(
        "rounded-to-half-precision", "It was stored as float16: only three digits are correct."
    )
