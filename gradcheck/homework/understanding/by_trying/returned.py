"""Gradients that a function returns, or leaves behind in the student's object."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.code import Code, Learned
from gradcheck.homework.understanding.by_trying.leaves import Path, arrays_of, scalars_of
from gradcheck.homework.understanding.by_trying.matched import has_gradient_name, matched
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.by_trying.returned_names import (
    returned_names,
    returns_gradients,
)
from gradcheck.homework.understanding.by_trying.trial import Piece, Trial
from gradcheck.homework.understanding.student_words import in_english
from nets.arrays import HostArray

__all__ = ["ReturnedGradients", "backwards", "mean_of_readings"]

BACKWARD = re.compile(
    r".*(back|grad|bprop|propagate).*|(nn_?)?(loss|cost)(_?func?(tion)?)?", re.IGNORECASE
)
NOT_BACKWARD = re.compile(
    r".*(numeric|check|descent|clip|zero|update|apply|test|plot|relu|sigmoid|tanh|softmax|linear_"
    r"|forward|feed|approx|activat|prime|prop_?one).*",
    re.IGNORECASE,
)
# The derivative of a cost gives gradients, if it takes the inputs: ``costFunctionPrime(X, y)``.
OF_COST = re.compile(r"(nn_?)?(loss|cost)(_?func?(tion)?)?_?(prime|deriv(ative)?)", re.IGNORECASE)


@dataclass(frozen=True)
class ReturnedGradients:
    """Gradients that a function returns or leaves behind.

    Attributes:
        name: of the function.
        trial: how it is called.
        learned: the arrays whose gradients they are.

    """

    name: str
    trial: Trial
    learned: Learned

    def at(
        self, code: Code, values: Sequence[HostArray], *, quietly: bool = True
    ) -> list[NamedGradients]:
        """The gradients at some values, in their shapes, in each reading that fits.

        Raises:
            StudentError: the function raised something, or gives no such gradients.

        """
        each = [self._of(code, values, piece, quietly=quietly) for piece in self.trial.pieces()]
        return mean_of_readings(each)

    def arrays_of_a_call(self, code: Code, values: Sequence[HostArray]) -> list[HostArray]:
        """All arrays that the first call returns at some values, whatever their shapes.

        Raises:
            StudentError: the function raised something.

        """
        self.learned.place(code, [*values])
        given = self.trial.given(code, next(self.trial.pieces()))
        return [*self._returned(code, code.called(self.name, given, quietly=True)).values()]

    def call_in(self, code: Code) -> str:
        """The call in words, such as ``backward(x, y)``."""
        return f"{self.name}({', '.join(roles_in(code.function(self.name)))})"

    def _of(
        self, code: Code, values: Sequence[HostArray], piece: Piece, *, quietly: bool
    ) -> list[NamedGradients]:
        """The gradients of one call."""
        self.learned.place(code, [*values])
        given = self.trial.given(code, piece, quietly=quietly)
        before = {path: np.array(value) for path, value in self._left(code).items()}
        found = self._returned(code, code.called(self.name, given, quietly=quietly))
        what = self.call_in(code)
        try:
            return matched(found, self.learned, what)
        except StudentError as error:
            left = self._left(code)
            old = all(
                np.array_equal(before.get(path, np.nan), value, equal_nan=True)
                for path, value in left.items()
            )
            # The first call of an object must have left something behind.
            if not left or (old and not quietly):
                raise
            try:
                return matched(left, self.learned, what)
            except StudentError:
                raise error from None

    def _returned(self, code: Code, returned: Any) -> dict[Path, Any]:
        """The arrays in what was returned, without those that the code holds."""
        held = list(arrays_of(code.root).values()) if code.functions is None else []
        own = [array for path, array in arrays_of(code.root).items() if path in self.learned.paths]
        names = returned_names(code.function(self.name))
        if isinstance(returned, tuple) and len(names) == len(returned) == len(set(names)):
            returned = dict(zip(names, returned, strict=True))
        kept = {
            path: np.array(value)
            for path, value in arrays_of(returned).items()
            if not any(value is other for other in own)
        }
        if any(value is returned for value in held):
            return kept
        has_number = any(value.size == 1 for value in self.learned.values)
        # A number may be the gradient of an array: of biases, summed over all of its axes.
        return kept | {
            path: np.array(number)
            for path, number in scalars_of(returned, lambda _: True).items()
            if has_number or has_gradient_name(path)
        }

    def _left(self, code: Code) -> dict[Path, Any]:
        """The arrays in the object whose names say that they are gradients."""
        if code.functions is not None:
            return {}
        return {
            path: value
            for path, value in arrays_of(code.root).items()
            if path not in self.learned.paths and has_gradient_name(path)
        }


def backwards(code: Code) -> list[str]:
    """The functions that may give gradients, by their names and by what they take."""
    found = []
    for name in code.names:
        plain = in_english(name)
        roles = roles_in(code.function(name))
        if OF_COST.fullmatch(plain) and Role.INPUTS in {role for role, _ in roles.values()}:
            found.append(name)
            continue
        if NOT_BACKWARD.fullmatch(plain):
            continue
        if not BACKWARD.fullmatch(plain) and not returns_gradients(code.function(name)):
            continue
        needed = [role for role, needed in roles.values() if needed]
        # A function of an output and targets alone gives the gradient of the output.
        if Role.ARRIVING not in needed and set(needed) != {Role.OUTPUT, Role.TARGETS}:
            found.append(name)
    return sorted(found, key=lambda name: "back" not in in_english(name).lower())


def mean_of_readings(each: Sequence[list[NamedGradients]]) -> list[NamedGradients]:
    """The mean over calls, reading by reading.

    Raises:
        StudentError: one call gave other readings than another.

    """
    texts = [[reading.reading for reading in one] for one in each]
    common = [text for text in texts[0] if all(text in other for other in texts)]
    if not common:
        raise StudentError("The gradients come in another order for each example")
    found = []
    for text in common:
        alike = [next(one for one in readings if one.reading == text) for readings in each]
        arrays = [
            np.asarray(sum(parts) / len(alike))
            for parts in zip(*(one.arrays for one in alike), strict=True)
        ]
        found.append(NamedGradients(text, alike[0].transposed, arrays))
    return found
