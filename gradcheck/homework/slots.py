"""The place of each parameter array in a network, and the shapes that it may have there."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError
from nets.arrays import HostArray

__all__ = ["Slot", "real_numbers", "slots_of"]

REAL_KINDS = "fiub"  # NumPy's letters for real numbers: floats, integers, booleans


@dataclass(frozen=True)
class Slot:
    """The place of one parameter array.

    Attributes:
        layer: counted from 1.
        parameter: ``weights`` or ``biases``.
        n_up: neurons of the layer upstream.
        n_down: neurons of the layer itself.
        shape: of the student's own array, once it is known.

    """

    layer: int
    parameter: str
    n_up: int
    n_down: int
    shape: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """Such as ``layer 1 weights``."""
        return f"layer {self.layer} {self.parameter}"

    @property
    def in_words(self) -> str:
        """Such as ``the weights of layer 1``."""
        return f"the {self.parameter} of layer {self.layer}"

    @property
    def is_weights(self) -> bool:
        """Whether the array holds weights, and not biases."""
        return self.parameter == "weights"

    @property
    def book_shape(self) -> tuple[int, int]:
        """The shape in the book: (n_down, n_up) for weights, (n_down, 1) for biases."""
        return self.n_down, self.n_up if self.is_weights else 1

    @property
    def layouts(self) -> dict[tuple[int, ...], str]:
        """Each shape that is understood, with a name for it; that of the book has none.

        Where two of these shapes are the same, the later one counts.
        """
        if self.is_weights:
            return {
                (self.n_up * self.n_down,): "flat arrays",
                (self.n_up, self.n_down): "(n_up, n_down), the transpose of the book's",
                (self.n_down, self.n_up): "",
            }
        return {
            (1, self.n_down): "rows (1, n)",
            (self.n_down,): "flat arrays (n,)",
            (self.n_down, 1): "",
        }


def slots_of(sizes: Sequence[int]) -> list[Slot]:
    """The slots in the order layer 1 weights, layer 1 biases, layer 2 weights, ..."""
    return [
        Slot(layer, parameter, n_up, n_down)
        for layer, (n_up, n_down) in enumerate(pairwise(sizes), start=1)
        for parameter in ("weights", "biases")
    ]


def real_numbers(value: Any, what: str) -> HostArray:
    """A student's array, or nested lists of numbers, as an array of the same shape, not copied.

    Args:
        value: what the student's class holds or returned.
        what: how a message calls it, such as ``the weights of layer 1``.

    Raises:
        StudentError: these are no real numbers.

    """
    kind = type(value).__name__
    should = "it should be an array of real numbers"
    try:
        array: HostArray = np.asanyarray(value)
    except (TypeError, ValueError) as error:
        raise StudentError(
            f"Found a {kind} in {what} that NumPy cannot turn into an array; {should}"
        ) from error
    if array.dtype.kind not in REAL_KINDS:
        found = f"type {kind}" if array.dtype == object else f"dtype {array.dtype}"
        raise StudentError(f"Found {found} in {what}; {should}")
    return array
