"""The arrays that a student's object holds, in float64: read, replaced and put back."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcheck.homework.slots import real_numbers
from gradcheck.homework.understanding.stores import Store
from nets.arrays import HostArray

__all__ = ["HeldArrays"]


class HeldArrays:
    """The arrays in one store, in its order."""

    def __init__(self, store: Store, names: Sequence[str]) -> None:
        """Make float64 arrays of what the object holds, each with memory of its own.

        Args:
            store: where the arrays are.
            names: of the arrays, for messages.

        Raises:
            StudentError: something there is no array of real numbers.

        """
        self._store = store
        self._arrays: list[Any] = []
        for name, value in zip(names, store.read(), strict=True):
            array = real_numbers(value, name)
            mine = isinstance(value, np.ndarray) and array.dtype == np.float64
            free = mine and array.flags.writeable
            if not free or any(np.may_share_memory(array, other) for other in self._arrays):
                array = np.array(array, dtype=np.float64, subok=True)
            self._arrays.append(array)
        store.write(self._arrays)

    def values(self) -> list[HostArray]:
        """Copies of the arrays, in their shapes."""
        return [np.array(array) for array in self._arrays]

    def place(self, values: Sequence[HostArray]) -> None:
        """Put these numbers into the object, even if it has replaced its own arrays.

        Args:
            values: one for each array, in its shape; complex for the complex step.

        """
        for position, value in enumerate(values):
            if self._arrays[position].dtype == value.dtype:
                # In place: the object may hold the same array under another name too.
                np.copyto(self._arrays[position], value)
            else:
                self._arrays[position] = np.array(value).view(type(self._arrays[position]))
        self._store.write(self._arrays)

    def current(self) -> list[HostArray]:
        """Copies of what the object holds now, in its shapes."""
        return [np.array(value) for value in self._store.read()]
