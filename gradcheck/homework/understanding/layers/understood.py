"""A layer that was understood: its input, its parameters, and which gradients it gives."""

from dataclasses import dataclass, field

import numpy as np

from gradcheck.homework.contract import Values
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.on_trial import LayerOnTrial, Passed
from gradcheck.homework.unusable_gradient import UnusableGradient
from nets.arrays import HostArray

__all__ = ["UnderstoodLayer"]

# Arrays that a layer uses and does not learn, by their names.
NOT_LEARNED = ("running", "mask", "moving", "eps", "mean", "var", "momentum", "velocity", "noise")


@dataclass(frozen=True, eq=False)
class UnderstoodLayer:
    """A layer that was understood.

    Attributes:
        trial: the layer and its input.
        name: of it.
        values: of its parameters.
        passed: what it gave for them.

    """

    trial: LayerOnTrial
    name: str
    values: tuple[HostArray, ...] = field(repr=False)
    passed: Passed = field(repr=False)

    @property
    def has_input(self) -> bool:
        """Whether it gives the gradient of its input."""
        return self.passed.input_gradient is not None

    @property
    def checked(self) -> list[int]:
        """The positions of the parameters whose gradients it gives."""
        return [
            position
            for position, gradient in enumerate(self.passed.gradients)
            if gradient is not None
        ]

    def expect_gradients(self) -> None:
        """Check that there are gradients of all that is learned, and that some can be used.

        Raises:
            StudentError: some are missing.

        """
        names = [each.name for each in self.trial.parameters]
        backward = self.trial.calls.backward_name
        missing = [
            names[position]
            for position in range(len(names))
            if position not in self.checked and not _is_fixed(names[position])
        ]
        if missing:
            raise StudentError(
                f"{backward} leaves no gradient of {', '.join(missing)}. Keep it in an attribute "
                f"such as d{missing[0].rpartition('.')[2]}, or in a dict grads"
            )
        given = self.claims_of(self.passed)
        if self.passed.unusable and all(np.all(np.isnan(each)) for each in given):
            raise UnusableGradient(self.passed.unusable[0])
        if not self.has_input and not self.checked:
            raise StudentError(
                f"{backward} returned no gradient of the input, and the layer has no parameters. "
                "Return it, or keep it in the attribute dinputs"
            )

    def claims_of(self, passed: Passed) -> list[HostArray]:
        """The gradients of the input, if it gives one, and of checked parameters, in their shapes.

        Raises:
            StudentError: one of them is missing.

        """
        found = [passed.gradients[each] for each in self.checked]
        missing = any(each is None for each in found)
        if missing or (self.has_input and passed.input_gradient is None):
            raise StudentError(f"{self.trial.calls.backward_name} left fewer gradients than before")
        first = [passed.input_gradient] if self.has_input else []
        return [np.array(each, dtype=np.float64) for each in (*first, *found)]

    def split(self, values: Values) -> tuple[HostArray, list[HostArray]]:
        """The input and all parameters, each in its shape, from values of the part's arrays."""
        given = list(values)
        x = given.pop(0) if self.has_input else self.trial.x
        parameters = list(self.values)
        for position, value in zip(self.checked, given, strict=True):
            parameters[position] = value
        return x, parameters


def _is_fixed(name: str) -> bool:
    """Whether an array of this name is not learned."""
    return any(word in name.lower() for word in NOT_LEARNED)
