"""The ways of handing a mini-batch over to code that does not say which one it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from nets.arrays import HostArray

__all__ = ["HANDOVERS", "Handover"]


@dataclass(frozen=True)
class Handover:
    """A way in which a mini-batch is handed over.

    Attributes:
        name: in words.
        inputs: from some examples as columns (n_input, k) to what the code receives.
        targets: from their targets (n_output, k) likewise.
        whole: whether one call takes all examples.
        single: the way with the same shapes for one example at a time; None if there is none.
        is_list: whether the code receives lists of numbers, and not arrays.

    """

    name: str
    inputs: Callable[[HostArray], Any]
    targets: Callable[[HostArray], Any]
    whole: bool
    single: "Handover | None" = None
    is_list: bool = False

    def pieces(self, batch: MiniBatch) -> list[tuple[Any, Any]]:
        """New inputs and targets for each call, which may change them."""
        if self.whole:
            return [(self.inputs(batch.inputs), self.targets(batch.targets))]
        return [
            (self.inputs(batch.inputs[:, i : i + 1]), self.targets(batch.targets[:, i : i + 1]))
            for i in range(batch.size)
        ]


def _rows(matrix: HostArray) -> HostArray:
    return np.array(matrix.T, order="C")


def _columns(matrix: HostArray) -> HostArray:
    return matrix.copy()


def _flat(matrix: HostArray) -> HostArray:
    return np.array(matrix[:, 0])


def _row_in_stack(matrix: HostArray) -> HostArray:
    return np.array(matrix.T[None], order="C")


def _column_in_stack(matrix: HostArray) -> HostArray:
    return matrix[None].copy()


def _numbers(targets: HostArray) -> HostArray:
    if targets.shape[0] == 1:
        return np.array(targets[0])
    return np.asarray(np.argmax(targets, axis=0))


def _one_number(targets: HostArray) -> Any:
    return _numbers(targets)[0]


def _list_of_numbers(matrix: HostArray) -> list[int]:
    return [int(each) for each in np.argmax(matrix, axis=0)]


ROW = Handover("one example at a time, as a row", _rows, _rows, False)
ROW_NUMBER = Handover(
    "one example at a time, as a row, with its class number", _rows, _numbers, False
)
COLUMN = Handover("one example at a time, as a column", _columns, _columns, False)
COLUMN_NUMBER = Handover(
    "one example at a time, as a column, with its class number", _columns, _one_number, False
)
# In the order in which they are tried.
HANDOVERS = (
    Handover("a whole mini-batch, an example in each row", _rows, _rows, True, ROW),
    Handover(
        "a whole mini-batch, an example in each row, class numbers as targets",
        *(_rows, _numbers, True, ROW_NUMBER),
    ),
    Handover("a whole mini-batch, an example in each column", _columns, _columns, True, COLUMN),
    Handover(
        "a whole mini-batch, an example in each column, class numbers as targets",
        *(_columns, _numbers, True, COLUMN_NUMBER),
    ),
    Handover("one example at a time, as a flat vector", _flat, _flat, False),
    COLUMN,
    ROW,
    Handover(
        "one example at a time, as a flat vector, with its class number", _flat, _one_number, False
    ),
    COLUMN_NUMBER,
    Handover(
        "one example at a time, as a row in an array of shape (1, 1, n)",
        *(_row_in_stack, _row_in_stack, False),
    ),
    Handover(
        "one example at a time, as a column in an array of shape (1, n, 1)",
        *(_column_in_stack, _column_in_stack, False),
    ),
    Handover(
        "a sequence of class numbers, and the class number after each",
        *(_list_of_numbers, _list_of_numbers, True, None, True),
    ),
)
