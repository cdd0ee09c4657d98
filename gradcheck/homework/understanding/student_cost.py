"""The cost of a student's network on a mini-batch: one number."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.finding import Finding
from gradcheck.homework.student_code import StudentError

__all__ = ["StudentCost", "one_number"]

NUMBER_KINDS = "fciu"  # NumPy's letters for numbers; True and False are none here


@dataclass(frozen=True)
class StudentCost:
    """C of the mini-batch, with the parameters that the student's object holds now.

    Attributes:
        name: in ``COSTS_OF_OUTPUT``, or the name that it has in the student's class.
        evaluate: gives the number.
        passes: forward passes that one cost takes, each of an example or of the mini-batch.
        findings: what was taken for the cost.
        guessed: whether it may be another one, since the class does not define it.
        sums: what its gradients may be: the mean over the mini-batch (False), the sum (True), or
            either. Empty: neither, since it is no mean of the costs of the examples.

    """

    name: str
    evaluate: Callable[[], Any]
    passes: int
    findings: tuple[Finding, ...] = ()
    guessed: bool = False
    sums: tuple[bool, ...] = (False, True)

    def value(self) -> Any:
        """The number, real or complex; NumPy's warnings on the way are not shown.

        Raises:
            StudentError: the student's code raised something, or returned no number.

        """
        with np.errstate(all="ignore"):
            return self.evaluate()


def one_number(cost: Any, what: str) -> Any:
    """A cost as the student's code returned it, in an array or not, as a number.

    Args:
        cost: what was returned.
        what: what was called, such as ``cost(a, y)``.

    Raises:
        StudentError: it is not one number.

    """
    should = "it should return one number"
    if isinstance(cost, bool) or cost is None:
        raise StudentError(f"{what} returned {cost}; {should}")
    array = np.asarray(cost)
    if array.dtype.kind not in NUMBER_KINDS or array.size == 0:
        raise StudentError(f"{what} returned an object of type {type(cost).__name__}; {should}")
    if array.size > 1:
        raise StudentError(f"{what} returned shape {array.shape}; {should}")
    return array.reshape(()).astype(complex if array.dtype.kind == "c" else float)[()]
