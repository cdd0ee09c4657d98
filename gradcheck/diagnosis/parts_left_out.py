"""Gradients in which something is missing: all of it, rows or columns, or examples."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from gradcheck.diagnosis.checked_array import CheckedArray, CheckedArrays, Explanation
from gradcheck.verdicts.array_diagnosis import names_text
from nets.arrays import HostArray

__all__ = ["all_zero", "axis_words", "examples_left_out", "only_slices", "rows_zero"]


# Of so many examples every choice of some is tried; there are 14 choices of 4.
MOST_TO_CHOOSE = 4


def all_zero(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """A gradient that is zero everywhere.

    Args:
        array: a wrong array.
        all_of_them: not needed.

    """
    if np.any(array.known.gradient):
        return None
    return Explanation("all-zero", "It is zero everywhere: it is never computed or passed on.")


def only_slices(array: CheckedArray, which: HostArray) -> tuple[int, list[int]] | None:
    """The axis, and the indices along it, that contain all of the given entries.

    Args:
        array: an array of any shape.
        which: (n,) bool, the entries, not none of them.

    Returns:
        The axis along which they are in the smallest part of the array; None if on every axis
        they are spread over all indices.

    """
    found = []
    for axis, indices in enumerate(array.indices(which)):
        hit = np.unique(indices)
        size = array.report.shape[axis]
        if len(hit) < size:
            found.append((len(hit) / size, axis, hit.tolist()))
    return min(found)[1:] if found else None


def axis_words(array: CheckedArray, axis: int, indices: list[int]) -> str:
    """Indices along an axis, as a reader would say them: ``rows 0 and 3``, ``column 2``."""
    dimensions = len(array.report.shape)
    plural = "s" if len(indices) > 1 else ""
    numbers = names_text([str(index) for index in indices])
    if dimensions == 1:
        return f"{'entries' if plural else 'entry'} {numbers}"
    if dimensions == 2:
        return f"{('row', 'column')[axis]}{plural} {numbers}"
    return f"ind{'ices' if plural else 'ex'} {numbers} of axis {axis}"


def rows_zero(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """Rows, columns or other slices that are zero, where all the rest is right.

    Args:
        array: a wrong array.
        all_of_them: not needed.

    """
    if not np.any(array.sharp):
        return None
    place = only_slices(array, array.wrong)
    if place is None:
        return None
    axis, indices = place
    zeros = np.take(array.known.gradient, indices, axis)
    missing = np.zeros(array.report.shape, dtype=bool)
    missing[(slice(None),) * axis + (indices,)] = True
    there = missing.reshape(-1)[array.report.entries]
    if np.any(zeros) or not array.is_explained(np.where(there, 0.0, array.slopes)):
        return None
    where = axis_words(array, axis, indices)
    name = "row-zeroed" if axis == 0 else "column-zeroed" if axis == 1 else "slice-zeroed"
    if len(array.report.shape) == 1:
        name = "entry-zeroed"
    verb = "are" if len(indices) > 1 else "is"
    says = f"{where.capitalize()} {verb} zero, and the rest is right: a loop leaves out a part."
    return Explanation(name, says)


def examples_left_out(array: CheckedArray, all_of_them: CheckedArrays) -> Explanation | None:
    """One example that is missing, or one that is all there is, where each example was measured.

    Args:
        array: a wrong array.
        all_of_them: not needed.

    """
    if array.known.by_example is None:
        return None
    parts = array.known.by_example.reshape(len(array.known.by_example), -1)
    for part in _parts_kept(parts[:, array.report.entries], array):
        predicted, explanation = part
        if array.is_explained(predicted):
            return explanation
    return None


def _parts_kept(parts: HostArray, array: CheckedArray) -> Iterator[tuple[HostArray, Explanation]]:
    """What is claimed (n,) if some of the examples' parts (m, n) are kept, with the mistake.

    Of a few examples every choice is tried; of more, one that is kept and one that is lost.
    """
    m = len(parts)
    sizes = range(1, m) if m <= MOST_TO_CHOOSE else sorted({1, m - 1})
    everything = np.sum(parts, axis=0)
    if m == 1:
        yield array.slopes - parts[0], _explanation_of((), m, array)
    for size in sorted(sizes, reverse=True):
        for kept in combinations(range(m), size):
            part = np.sum(parts[list(kept)], axis=0)
            explanation = _explanation_of(kept, m, array)
            yield array.slopes - (everything - part), explanation
            yield array.slopes - everything + (m / size) * part, explanation


def _explanation_of(kept: tuple[int, ...], m: int, array: CheckedArray) -> Explanation:
    """The mistake of which only some of m examples are left."""
    if len(kept) == m - 1:
        example = next(each for each in range(m) if each not in kept)
        says = f"Example {example} of {m} is left out of the sum over the examples."
        if m != 2:
            return Explanation("example-lost", says)
    if len(kept) > 1:
        left = names_text([str(example) for example in kept])
        says = f"Only examples {left} of {m} are in it: the others are left out."
        return Explanation("examples-left-out", says)
    (example,) = kept
    says = f"It is the gradient of example {example} of {m} alone: the others are overwritten."
    if sum(size > 1 for size in array.report.shape) <= 1:
        name = "bias-first-example-only" if example == 0 else "bias-not-summed"
    else:
        name = "weights-last-example-only" if example == m - 1 else "one-example-only"
    return Explanation(name, says)
