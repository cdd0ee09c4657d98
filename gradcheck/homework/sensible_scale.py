"""Parameters at which the gradient of every layer shows: tiny arrays and ones are replaced.

Many classes begin with biases of 0 and weights of 0.01 times a normal number. At such values the
gradients of the first layers are millions of times smaller than the others, ReLUs sit at their
kink, and a mistake in a bias does not show. A factor that is forgotten does not show while it is 1,
as the gamma of batch norm is at first. So such arrays receive random numbers before the check. They
are put into the student's own arrays: the student's code is checked, at another point. A right
gradient is right at every point.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gradcheck.homework.contract import NamedArray
from gradcheck.homework.finding import Finding, guess
from nets.arrays import HostArray

__all__ = ["with_sensible_scale"]

# An array is filled anew if its largest entry is smaller. 0.01 times a normal number is below it;
# weights scaled by 1 / sqrt(n) are above it for the layers of a check, and about as large as the
# new ones otherwise.
TINY_ENTRY = 0.1
# The standard deviation of vectors, such as biases: small beside the weighted inputs, but not 0.
# Chosen.
VECTOR_SCALE = 0.1
# Arrays of ones receive numbers between these: positive, as scales are, and never 1 all over.
AROUND_ONE = (0.5, 1.5)


def with_sensible_scale(
    arrays: Sequence[NamedArray], seed: int
) -> tuple[tuple[NamedArray, ...], list[Finding]]:
    """The arrays, with random numbers in those parameters whose numbers are all tiny.

    Args:
        arrays: of a part; inputs are left as they are.
        seed: of the random numbers.

    Returns:
        The arrays, and findings that name those that were filled, if any were.

    """
    generator = np.random.default_rng([seed, 3])
    tiny: list[str] = []
    ones: list[str] = []
    found = []
    for array in arrays:
        value = array.value
        if array.is_input or not value.size:
            found.append(array)
        elif np.max(np.abs(value)) < TINY_ENTRY:
            tiny.append(array.name)
            numbers = _scale_of(value) * generator.standard_normal(value.shape)
            found.append(replace(array, value=numbers))
        elif np.all(value == 1.0):
            ones.append(array.name)
            found.append(replace(array, value=generator.uniform(*AROUND_ONE, value.shape)))
        else:
            found.append(array)
    return tuple(found), _findings(tiny, ones)


def _findings(tiny: Sequence[str], ones: Sequence[str]) -> list[Finding]:
    found = []
    if tiny:
        text = (
            f"All numbers in {', '.join(tiny)} are smaller than {TINY_ENTRY:g}. With such numbers "
            "a mistake in another array may not show, so they were replaced by random numbers for "
            f"the check: vectors of standard deviation {VECTOR_SCALE:g}, matrices of 1 / sqrt(n), "
            "where n is the mean of their two sides."
        )
        found.append(guess(text))
    if ones:
        least, most = AROUND_ONE
        text = (
            f"All numbers in {', '.join(ones)} are 1, so a factor that is forgotten might not "
            f"show. They were replaced by random numbers from {least:g} to {most:g} for the check."
        )
        found.append(guess(text))
    return found


def _scale_of(array: HostArray) -> float:
    """The standard deviation of new numbers: of weights, 1 / sqrt(neurons on one side)."""
    if array.ndim < 2 or 1 in array.shape:
        return VECTOR_SCALE
    sides = array.shape[0], array.size // array.shape[0]
    return float(1.0 / np.sqrt(np.mean(sides)))
