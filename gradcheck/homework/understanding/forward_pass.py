"""A student's forward pass: which method it is, and the form in which it takes examples."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.finding import Finding, guess
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.forms import COLUMN, FORMS, WHOLE, Form
from gradcheck.homework.understanding.student_network import StudentNetwork
from nets.arrays import HostArray

__all__ = ["FORWARD_NAMES", "ForwardPass", "find_forward_pass"]

# The methods that may be the forward pass, in the order in which they are tried.
FORWARD_NAMES = (
    *("feedforward", "feed_forward", "feedForward", "forward", "forward_pass", "forwardPass"),
    *("forward_propagation", "forward_propagate", "forward_prop", "forwardprop", "fprop"),
    *("forwardPropagation", "propagate", "predict_proba", "predict", "query", "output"),
)
NUMBER_KINDS = "fciub"  # NumPy's letters for numbers, complex ones included
# Two outputs that should be the same differ by rounding alone, which is far below these.
SAME_OUTPUT = {"rtol": 1e-9, "atol": 1e-12}


@dataclass(frozen=True)
class ForwardPass:
    """A student's forward pass, called in one form.

    Attributes:
        function: the method.
        name: of the method.
        form: how examples are handed over.
        n_output: neurons in the output layer.
        caller: guards the calls.

    """

    function: Callable[..., Any]
    name: str
    form: Form
    n_output: int
    caller: Caller

    def output(self, inputs: HostArray, *, quietly: bool = True) -> HostArray:
        """The output (n_output, batch) for inputs (n_input, batch).

        Raises:
            StudentError: the method raised something, or returned something else.

        """
        examples = self.form.examples_in_a_call(inputs.shape[1])
        columns = []
        for piece in self.form.pieces(inputs):
            with self.caller.calling(f"{self.name}(x)", quietly=quietly):
                returned = self.function(piece)
            columns.append(self._columns(returned, piece, examples))
        return np.concatenate(columns, axis=1) if len(columns) > 1 else columns[0]

    def finding(self) -> Finding:
        """Which method was taken for the forward pass."""
        return guess(f"The output is {self.name}(x); it takes {self.form.name}.")

    def _columns(self, returned: Any, piece: HostArray, examples: int) -> HostArray:
        """What one call returned as a matrix (n_output, examples).

        Raises:
            StudentError: it is something else.

        """
        output = self._array(returned)
        try:
            matrix = self.form.columns(output)
        except (IndexError, ValueError):
            matrix = output
        if matrix.shape != (self.n_output, examples):
            raise StudentError(
                f"{self.name}(x) returned shape {output.shape} for x of shape {piece.shape}; it "
                f"should return the output of {self.n_output} neurons"
            )
        return matrix

    def _array(self, returned: Any) -> HostArray:
        output = np.asarray(returned) if not isinstance(returned, tuple | list) else None
        if output is not None and output.dtype.kind in NUMBER_KINDS:
            return output
        try:
            return np.asarray(returned, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise StudentError(
                f"{self.name}(x) returned an object of type {type(returned).__name__}; it should "
                f"return the output, an array of shape ({self.n_output}, 1)"
            ) from error


def find_forward_pass(student: StudentNetwork, batch: MiniBatch) -> ForwardPass:
    """Find the method that gives the output, and the form in which it takes examples.

    Args:
        student: whose method it is.
        batch: inputs (n_input, batch) and targets (n_output, batch).

    Raises:
        StudentError: there is no such method, or it works in no form.

    """
    names = [name for name in FORWARD_NAMES if callable(getattr(student.own, name, None))]
    if not names:
        raise StudentError(
            f"{student.class_name} has no method feedforward; add feedforward(x) that returns the "
            "output, or cost(x, y)"
        )
    errors: list[StudentError] = []
    for name in names:
        try:
            return _in_a_form_that_works(student, name, batch)
        except StudentError as error:
            # One method may return all activations, and another one only the output.
            errors.append(error)
    raise errors[0]


def _in_a_form_that_works(student: StudentNetwork, name: str, batch: MiniBatch) -> ForwardPass:
    """A method in the first form that works.

    A whole mini-batch is used if it gives the same as its examples one by one: it is quicker.

    Raises:
        StudentError: it works in no form. The message is about column vectors, the book's form.

    """
    outputs: dict[str, HostArray] = {}
    working: list[ForwardPass] = []
    errors: dict[str, StudentError] = {}
    for form in FORMS:
        forward = ForwardPass(
            getattr(student.own, name), name, form, batch.targets.shape[0], student.caller
        )
        try:
            outputs[form.name] = forward.output(batch.inputs, quietly=False)
        except StudentError as error:
            errors[form.name] = error
            continue
        working.append(forward)
        if form is not WHOLE:
            break
    if not working:
        raise errors[COLUMN.name]
    first, last = working[0], working[-1]
    same = np.allclose(
        outputs[first.form.name], outputs[last.form.name], equal_nan=True, **SAME_OUTPUT
    )
    return first if same else last
