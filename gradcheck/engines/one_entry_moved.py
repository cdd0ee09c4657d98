"""One entry of a parameter array is moved: in the array itself, or in a copy of it."""

from collections.abc import Generator
from typing import Protocol

import numpy as np
from array_api_compat import device

from nets.arrays import Array, HostArray, array_namespace

__all__ = ["Mover", "in_a_copy", "in_place", "mover_for"]


class Mover(Protocol):
    """A way to give the cost function an array with one entry moved."""

    def __call__(self, array: Array, entries: HostArray, moved: Array) -> Generator[Array]:
        """The array with each entry moved, alone, in turn.

        Args:
            array: of any shape.
            entries: (n,) positions in the flattened array.
            moved: (n,) the new values.

        """
        ...


def in_place(array: Array, entries: HostArray, moved: Array) -> Generator[Array]:
    """See ``Mover``. The array itself, in its shape, comes n times; at the end it is as it was."""
    xp = array_namespace(array)
    for position, entry in enumerate(entries.tolist()):
        index = tuple(map(int, np.unravel_index(entry, array.shape)))
        # NumPy returns a number here, other libraries a view of the array: hence the copy.
        saved = xp.asarray(array[index], copy=True)
        try:
            array[index] = moved[position]
            yield array
        finally:
            array[index] = saved


def in_a_copy(array: Array, entries: HostArray, moved: Array) -> Generator[Array]:
    """See ``Mover``. A new array of its shape comes each time, for arrays that are read-only."""
    xp = array_namespace(array)
    here = device(array)
    size = int(np.prod(array.shape, dtype=np.intp))
    positions = xp.reshape(xp.asarray(np.arange(size), device=here), array.shape)
    for position, entry in enumerate(entries.tolist()):
        value = xp.asarray(moved[position], dtype=array.dtype, device=here)
        yield xp.where(positions == entry, value, array)


def mover_for(array: Array) -> Mover:
    """The way that suits an array of any shape: in place if it can be written to, else a copy."""
    if 0 in array.shape:
        return in_place
    first = (0,) * len(array.shape)
    xp = array_namespace(array)
    try:
        array[first] = xp.asarray(array[first], copy=True)
    except (TypeError, ValueError, RuntimeError):
        return in_a_copy
    return in_place
