"""Parameters at which every layer's gradient can be seen: tiny ones are filled anew.

Many classes begin with biases of 0 and weights of 0.01 times a normal number. At such values the
gradients of the first layers are millions of times smaller than the others, ReLUs sit at their
kink, and a mistake in a bias does not show. A gamma of batch norm begins with ones, and one that is
forgotten does not show. So such arrays receive random numbers before the check.
They are placed in the student's own arrays; what is checked is the student's code, at another
point. A gradient that is right is right at every point.
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
VECTOR_SCALE = 0.1


def with_sensible_scale(
    arrays: Sequence[NamedArray], seed: int
) -> tuple[tuple[NamedArray, ...], list[Finding]]:
    """The arrays, with random numbers in those parameters whose numbers are all tiny.

    Args:
        arrays: of a part; inputs are left as they are.
        seed: of the random numbers.

    Returns:
        The arrays, and a finding that names those that were filled, if any were.

    """
    generator = np.random.default_rng([seed, 3])
    filled: list[str] = []
    found = []
    for array in arrays:
        tiny = array.value.size and np.max(np.abs(array.value)) < TINY_ENTRY
        if array.is_input or not (tiny or _is_all_ones(array.value)):
            found.append(array)
            continue
        filled.append(array.name)
        start = 0.0 if tiny else 1.0
        numbers = start + _scale_of(array.value) * generator.standard_normal(array.value.shape)
        found.append(replace(array, value=numbers))
    if not filled:
        return tuple(found), []
    text = (
        f"The numbers in {', '.join(filled)} are 0, 1 or very small, so mistakes would not "
        "show. They were replaced by random numbers for the check: weights of standard "
        f"deviation 1 / sqrt(n), others of {VECTOR_SCALE:g}."
    )
    return tuple(found), [guess(text)]


def _is_all_ones(array: HostArray) -> bool:
    """Whether it only holds ones, as a gamma of batch norm does: a forgotten one would not show."""
    return bool(array.size > 1 and np.all(array == 1.0))


def _scale_of(array: HostArray) -> float:
    """The standard deviation of new numbers: of weights, 1 / sqrt(neurons on one side)."""
    if array.ndim < 2 or 1 in array.shape:
        return VECTOR_SCALE
    sides = array.shape[0], array.size // array.shape[0]
    return float(1.0 / np.sqrt(np.mean(sides)))
