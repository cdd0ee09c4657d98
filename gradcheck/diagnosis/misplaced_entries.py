"""Gradients whose right numbers stand in wrong places, or in the gradient of another array."""

from collections.abc import Iterator
from itertools import permutations
from typing import NamedTuple

import numpy as np

from gradcheck.diagnosis.checked_array import (
    SHARP,
    CheckedArray,
    CheckedArrays,
    Explanation,
)
from nets.arrays import HostArray

__all__ = ["of_another_array", "rearranged"]


class Rearrangement(NamedTuple):
    """A way to put the entries of an array into wrong places.

    Attributes:
        name: of the mistake.
        says: the mistake, a sentence.
        sources: (size,) for each position in the flattened claim, the position in the flattened
            right gradient where its number comes from.

    """

    name: str
    says: str
    sources: HostArray


def rearrangements(shape: tuple[int, ...]) -> Iterator[Rearrangement]:
    """The ways to misplace the entries of an array of a shape that people really make.

    Args:
        shape: of the array.

    """
    positions = np.arange(int(np.prod(shape))).reshape(shape)
    axes = range(len(shape))
    for order in permutations(axes) if 1 < len(shape) <= 4 else ():
        if tuple(order) != tuple(axes) and tuple(shape[axis] for axis in order) == shape:
            text = "transpose of the measured gradient"
            if len(shape) > 2:
                text = f"measured gradient with its axes in the order {tuple(order)}"
            moved = np.transpose(positions, order).reshape(-1)
            yield Rearrangement("weights-gradient-transposed", f"It is the {text}.", moved)
    if len(shape) == 2:
        folded = positions.T.reshape(-1)
        for sources in (folded, np.argsort(folded)):
            says = "It was brought into its shape by reshape where a transpose is needed."
            yield Rearrangement("reshaped-not-transposed", says, sources)
    for flipped in _axes_to_flip(shape):
        says = f"It runs backwards along {_axes_text(flipped)}: it is flipped."
        yield Rearrangement("flipped", says, np.flip(positions, flipped).reshape(-1))
    for axis in axes:
        for by in (1, -1):
            says = f"It is shifted by one along axis {axis}: an index is off by one."
            yield Rearrangement("shifted", says, np.roll(positions, by, axis).reshape(-1))


def _axes_to_flip(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Each axis alone, and the last two together, as a convolution flips its kernel."""
    for axis, size in enumerate(shape):
        if size > 1:
            yield (axis,)
    if len(shape) > 1 and min(shape[-2:]) > 1:
        yield (len(shape) - 2, len(shape) - 1)


def _axes_text(axes: tuple[int, ...]) -> str:
    return f"axis {axes[0]}" if len(axes) == 1 else f"axes {axes[0]} and {axes[1]}"


def rearranged(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """The right numbers in wrong places: transposed, reshaped, flipped or shifted.

    Args:
        array: a wrong array.
        all_of_them: not needed.

    """
    whole = np.asarray(array.known.gradient).reshape(-1)
    for name, says, sources in rearrangements(array.report.shape):
        # Where the number belonging to an entry has gone: so a sample of the entries will do.
        gone_to = np.argsort(sources)[array.report.entries]
        if array.is_explained(array.slopes, claimed=whole[gone_to]):
            return Explanation(name, says)
    return None


def of_another_array(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """The gradient that was measured for another array of the same size.

    Args:
        array: a wrong array.
        all_of_them: the other arrays.

    """
    own = np.asarray(array.known.gradient).reshape(-1)
    for other in all_of_them.arrays:
        if other is array or other.known.gradient.size != own.size:
            continue
        claims = own[other.report.entries]
        with np.errstate(invalid="ignore"):
            fits = np.abs(claims - other.slopes) <= other.tolerance
        told = other.measured & (other.tolerance <= SHARP * np.abs(other.slopes))
        if np.any(array.wrong) and np.any(told) and np.all(fits | ~other.measured):
            says = f"It is the gradient that was measured for {other.report.name}."
            return Explanation("other-array", says, _order(array, other, all_of_them))
    return None


def _order(array: CheckedArray, other: CheckedArray, all_of_them: CheckedArrays) -> str:
    """That the gradients may have been given in reverse, if the two places say so."""
    arrays = list(all_of_them.arrays)
    here, there = arrays.index(array), arrays.index(other)
    if len(arrays) > 2 and here + there == len(arrays) - 1:
        return "Are the gradients in reverse order?"
    return "Are the two in the wrong order?"
