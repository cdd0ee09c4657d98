"""The parameter arrays that a student's network holds: read, replaced and put back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.finding import Finding
from gradcheck.homework.slots import Slot
from gradcheck.homework.understanding.stores import Store
from nets.arrays import HostArray

__all__ = ["Parameters"]


@dataclass
class Parameters:
    """The arrays of a student's network, in float64, in the order of ``slots_of``.

    Attributes:
        network: the student's object.
        slots: one for each array.
        arrays: those that the student's object holds now.
        stores: where the object keeps its ``weights`` and its ``biases``.
        findings: how the arrays were understood.

    """

    network: Any
    slots: list[Slot]
    arrays: list[HostArray]
    stores: Mapping[str, Store]
    findings: tuple[Finding, ...] = ()

    def values(self) -> list[HostArray]:
        """Copies of the arrays, each in the shape of its slot."""
        return [np.array(array) for array in self.arrays]

    def place(self, values: Sequence[HostArray]) -> None:
        """Put these numbers into the student's object, even if it has replaced its own arrays.

        Args:
            values: one array for each slot, in its shape; complex for the complex step.

        Raises:
            StudentError: ``weights`` or ``biases`` cannot be assigned.

        """
        for position, value in enumerate(values):
            if self.arrays[position].dtype == value.dtype:
                # In place: the object may hold the same array under another name too.
                np.copyto(self.arrays[position], value)
            else:  # complex, for the complex step
                kind = type(self.arrays[position])
                self.arrays[position] = np.array(value).view(kind)
        self.install()

    def current(self) -> list[HostArray]:
        """Copies of the weights and biases that the object holds now, in their shapes."""
        lists = {parameter: store.read() for parameter, store in self.stores.items()}
        return [np.array(lists[slot.parameter][slot.layer - 1]) for slot in self.slots]

    def install(self) -> None:
        """Assign these arrays to the object's weights and biases.

        Raises:
            StudentError: one of them cannot be assigned.

        """
        for parameter, store in self.stores.items():
            own = [
                array
                for slot, array in zip(self.slots, self.arrays, strict=True)
                if slot.parameter == parameter
            ]
            store.write(own)
