"""The forms in which a student's functions take a mini-batch: whole or in parts, and shapes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.student_code import Caller
from nets.arrays import HostArray

__all__ = ["COLUMN", "FORMS", "WHOLE", "Call", "Form"]


@dataclass(frozen=True)
class Form:
    """A form in which examples are handed over.

    Attributes:
        name: in words.
        whole: whether one call takes the whole mini-batch.
        pieces: from a matrix (n, batch), with an example in each column, to what each call
            receives.
        columns: back from what such a call returned to a matrix (n, 1 or batch).

    """

    name: str
    whole: bool
    pieces: Callable[[HostArray], list[HostArray]]
    columns: Callable[[HostArray], HostArray]

    def examples_in_a_call(self, batch: int) -> int:
        """How many of the examples of a mini-batch go into one call."""
        return batch if self.whole else 1

    def calls(self, batch: int) -> int:
        """How many calls a mini-batch takes."""
        return 1 if self.whole else batch


def _columns(matrix: HostArray) -> list[HostArray]:
    return [matrix[:, example : example + 1].copy() for example in range(matrix.shape[1])]


WHOLE = Form(
    "a whole mini-batch, an example in each column", True, lambda m: [m.copy()], lambda a: a
)
# The book's form.
COLUMN = Form("one example at a time, as a column vector", False, _columns, lambda a: a)
FLAT = Form(
    "one example at a time, as a flat vector",
    False,
    lambda m: [column[:, 0] for column in _columns(m)],
    lambda a: a[:, np.newaxis],
)
ROWS = Form(
    "a whole mini-batch, an example in each row", True, lambda m: [m.T.copy()], lambda a: a.T
)
# In the order in which they are tried.
FORMS = (WHOLE, COLUMN, FLAT, ROWS)


@dataclass(frozen=True)
class Call:
    """A student's function of inputs and targets, and the form in which it takes them.

    Attributes:
        function: the student's.
        name: with its arguments, such as ``backprop(x, y)``.
        form: how x and y are handed over.
        caller: guards each call.
        extra: further arguments.
        quietly: whether to announce nothing, because such calls were announced before.

    """

    function: Callable[..., Any]
    name: str
    form: Form
    caller: Caller
    extra: tuple[int, ...] = ()
    quietly: bool = False

    def results(
        self, batch: MiniBatch, *, before: Callable[[], object] = lambda: None
    ) -> list[Any]:
        """What the function returns for a mini-batch: one result for each call.

        Args:
            batch: inputs (n_input, batch) and targets (n_output, batch).
            before: called before each call.

        Raises:
            StudentError: the function raised something.

        """
        pieces = zip(self.form.pieces(batch.inputs), self.form.pieces(batch.targets), strict=True)
        returned = []
        for x, y in pieces:
            before()
            with self.caller.calling(self.name, quietly=self.quietly):
                returned.append(self.function(x, y, *self.extra))
        return returned
