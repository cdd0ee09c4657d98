"""The forms in which code for whole mini-batches takes its examples and its targets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from nets.arrays import HostArray

__all__ = ["EXAMPLE_FORMS", "SEQUENCE_FORMS", "ExampleForm"]

STEPS = 3  # of a sequence


@dataclass(frozen=True)
class ExampleForm:
    """A form in which a mini-batch is handed over.

    Attributes:
        name: in words.
        inputs: from inputs (n_input, batch) to what the code receives.
        targets: from one-hot targets (n_output, batch) likewise.
        in_columns: whether each example is a column there.

    """

    name: str
    inputs: Callable[[HostArray], HostArray]
    targets: Callable[[HostArray], HostArray]
    in_columns: bool = False

    def arguments(self, batch: MiniBatch) -> tuple[HostArray, HostArray]:
        """New inputs and targets for one call, in the shapes of this form; it may change them."""
        return self.inputs(batch.inputs), self.targets(batch.targets)


def _rows(matrix: HostArray) -> HostArray:
    return np.ascontiguousarray(matrix.T)


def _columns(matrix: HostArray) -> HostArray:
    return matrix.copy()


def _class_numbers(targets: HostArray) -> Any:
    """The class of each example, (batch,); of a single output neuron, its target."""
    if targets.shape[0] == 1:
        return targets[0].astype(np.int64)
    return np.argmax(targets, axis=0)


# In the order in which they are tried. One-hot targets come first: code for class numbers uses its
# targets as an index, and one-hot targets fail as an index.
EXAMPLE_FORMS = (
    ExampleForm("an example in each row, one-hot targets", _rows, _rows),
    ExampleForm("an example in each row, class numbers as targets", _rows, _class_numbers),
    ExampleForm("an example in each column, one-hot targets", _columns, _columns, True),
    ExampleForm(
        "an example in each column, class numbers as targets", _columns, _class_numbers, True
    ),
)


def _sequences(matrix: HostArray) -> HostArray:
    """Sequences (batch, steps, n_input): each step has the numbers of the one before, shifted."""
    rows = _rows(matrix)
    return np.stack([np.roll(rows, step, axis=1) for step in range(STEPS)], axis=1)


# For recurrent networks; tried where none of the others works.
SEQUENCE_FORMS = (
    ExampleForm("sequences (examples, steps, features), one-hot targets", _sequences, _rows),
    ExampleForm(
        "sequences (examples, steps, features), class numbers as targets",
        _sequences,
        _class_numbers,
    ),
)
