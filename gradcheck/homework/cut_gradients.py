"""Gradients that are cut off at a number, as training of recurrent networks does.

A line such as ``np.clip(dW, -5, 5)`` at the end of a backward pass keeps single large steps small.
Where it changes something, what is returned is no gradient. Smaller parameters have smaller
gradients: there nothing is cut off, and all the rest of the backward pass can be compared.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gradcheck.homework.contract import NamedArray, NamedGradients, Part
from gradcheck.homework.finding import Finding, oddity
from nets.arrays import HostArray

__all__ = ["cut_off_at", "smaller_where_cut"]

# Training is cut off at numbers such as 5 or 10. A smaller bound changes usual gradients: that is
# a mistake, and is compared as it stands. Chosen.
LEAST_BOUND = 2.0
BOUND_DIGITS = 3  # a bound that somebody typed has no more; a gradient has 16
HALVINGS = 4  # to a sixteenth; much smaller weights would hide mistakes in other arrays. Chosen.


def cut_off_at(gradients: Sequence[HostArray]) -> float | None:
    """The number that the largest gradients are cut off at; None if they do not look cut off.

    Args:
        gradients: arrays of any shapes.

    >>> cut_off_at([np.array([5.0, -1.2]), np.array([[-5.0, 0.3]])])
    5.0
    >>> cut_off_at([np.array([5.0123, -1.2])]) is None
    True
    """
    largest = max((float(np.max(np.abs(each), initial=0.0)) for each in gradients), default=0.0)
    is_typed = np.isfinite(largest) and largest == float(f"{largest:.{BOUND_DIGITS}g}")
    return largest if is_typed and largest >= LEAST_BOUND else None


def smaller_where_cut(
    part: Part, arrays: Sequence[NamedArray], readings: Sequence[NamedGradients]
) -> tuple[tuple[NamedArray, ...], list[Finding]]:
    """The arrays, with parameters so small that no gradient is cut off.

    Args:
        part: whose backward pass is called.
        arrays: of the part, as they are now; inputs stay as they are.
        readings: its gradients at these.

    Returns:
        The same arrays and no finding if nothing is cut off, or if it is for small parameters too.

    Raises:
        StudentError: the backward pass raised something.

    """
    bound = cut_off_at(readings[0].arrays)
    if bound is None:
        return tuple(arrays), []
    for halvings in range(1, HALVINGS + 1):
        smaller = tuple(
            array if array.is_input else replace(array, value=array.value * 0.5**halvings)
            for array in arrays
        )
        found = part.claims_at([array.value for array in smaller])[0].arrays
        if max(float(np.max(np.abs(each), initial=0.0)) for each in found) < bound:
            text = (
                f"Gradients larger than {bound:g} are cut off at {bound:g}. The parameters were "
                f"multiplied by {0.5**halvings:g} for the check, because there no gradient is cut "
                "off."
            )
            return smaller, [oddity(text)]
    return tuple(arrays), []
