"""A layer as a part of a contract: its input and its parameters, held to a random gradient."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.homework.arriving import cost_of_output
from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import Finding, guess, oddity
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.convention import (
    divisor_of_parameters,
    expect_backward_of_output,
    sums_to_one,
)
from gradcheck.homework.understanding.layers.on_trial import LayerOnTrial, Passed
from gradcheck.homework.understanding.student_cost import one_number
from nets.arrays import HostArray

__all__ = ["layer_part"]

SAME_TWICE = 1e-9  # the same computation, done twice, differs by less than this part
# Arrays that a layer uses and does not learn, by their names.
NOT_LEARNED = ("running", "mask", "moving", "eps", "mean", "var", "momentum", "velocity", "noise")


def layer_part(trial: LayerOnTrial, name: str) -> Part:
    """A layer that was tried, as a part.

    Args:
        trial: with an input that its forward pass takes.
        name: of the layer, for the report.

    Raises:
        StudentError: its backward pass raised something, or leaves no gradients.

    """
    values = _values(trial)
    own = trial.placed(values)
    passed = trial.passed(own, trial.x, trial.arriving)
    # Before anything else, so that no layer is accused of what it leaves to others.
    if sums_to_one(passed.output) and trial.calls.targets is None:
        expect_backward_of_output(
            trial.calls.backward_name,
            lambda x: trial.passed(trial.placed(values), x, trial.arriving).input_gradient,
            trial.x,
        )
    read = _Read(trial, name, tuple(values), passed)
    read.expect_gradients()
    return read.part()


def _values(trial: LayerOnTrial) -> list[HostArray]:
    """The parameters, with random numbers where all entries are the same, as in gamma = 1."""
    generator = np.random.default_rng([trial.calls.seed, 9])
    found = []
    for parameter in trial.parameters:
        value = np.array(parameter.array, dtype=np.float64)
        if value.size > 1 and np.ptp(value) == 0.0:
            value = value + 0.3 * generator.standard_normal(value.shape)
        found.append(value)
    return found


@dataclass(frozen=True, eq=False)
class _Read:
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
        """Check that there are gradients of all that is learned.

        Raises:
            StudentError: there are not.

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
        if not self.has_input and not self.checked:
            raise StudentError(
                f"{backward} returned no gradient of the input, and the layer has no parameters. "
                "Return it, or keep it in the attribute dinputs"
            )

    def part(self) -> Part:
        """The layer as a part."""
        arrays = [NamedArray("x", self.trial.x, is_input=True)] if self.has_input else []
        arrays += [
            NamedArray(self.trial.parameters[each].name, self.values[each]) for each in self.checked
        ]
        cost = self._cost()
        divisor = self._divisor(cost, arrays)
        claims = _Claims(self, divisor)
        return Part(
            name=self.name,
            arrays=tuple(arrays),
            cost=cost,
            claims_at=claims.at,
            backward=self.trial.calls.backward_name,
            batch_size=self.trial.form.batch,
            findings=tuple(self._findings(divisor, adds=claims.adds)),
        )

    def _divisor(self, cost: PartCost, arrays: Sequence[NamedArray]) -> int:
        """By what the gradients of the parameters are divided: 1, or the number of examples."""
        counts = [self.trial.form.batch]
        sizes = {array.value.size for array in arrays if not array.is_input}
        if len(sizes) == 1:
            # Batch norm of images takes means over examples and pixels.
            counts.append(self.trial.x.size // sizes.pop())
        return divisor_of_parameters(
            cost.at,
            [array.value for array in arrays],
            self.claims_of(self.passed),
            [array.is_input for array in arrays],
            counts,
        )

    def claims_of(self, passed: Passed) -> list[HostArray]:
        """The gradients of the arrays of the part."""
        found = [passed.gradients[each] for each in self.checked]
        missing = any(each is None for each in found)
        if missing or (self.has_input and passed.input_gradient is None):
            raise StudentError(f"{self.trial.calls.backward_name} left fewer gradients than before")
        first = [passed.input_gradient] if self.has_input else []
        return [np.array(each, dtype=np.float64) for each in (*first, *found)]

    def split(self, values: Values) -> tuple[HostArray, list[HostArray]]:
        """The input, and all parameters, in values of the arrays of the part."""
        given = list(values)
        x = given.pop(0) if self.has_input else self.trial.x
        parameters = list(self.values)
        for position, value in zip(self.checked, given, strict=True):
            parameters[position] = value
        return x, parameters

    def _cost(self) -> PartCost:
        trial = self.trial
        if trial.calls.targets is None:
            return PartCost("sum(output * arriving gradient)", self._cost_of_output)
        own = trial.placed(list(self.values))
        loss = trial.calls.loss_of(own, trial.x, trial.calls.forward(own, trial.x)[0])
        sums = (False, True) if np.ndim(loss) and trial.form.batch > 1 else ()
        name = "softmax and cross-entropy" if trial.calls.is_fused else "its own loss"
        return PartCost(name, self._loss, sums=sums)

    def _cost_of_output(self, values: Values) -> Any:
        x, parameters = self.split(values)
        output = self.trial.calls.forward(self.trial.placed(parameters), np.array(x))[0]
        return cost_of_output(output, self.trial.arriving)

    def _loss(self, values: Values) -> Any:
        x, parameters = self.split(values)
        own = self.trial.placed(parameters)
        loss = self.trial.calls.loss_of(own, x, self.trial.calls.forward(own, np.array(x))[0])
        if np.ndim(loss):
            return np.sum(loss) / self.trial.form.batch
        return one_number(loss, f"{self.trial.calls.name}.{self.trial.calls.methods.forward}")

    def _findings(self, divisor: int, *, adds: bool) -> list[Finding]:
        trial = self.trial
        shape = " x ".join(map(str, trial.x.shape))
        found = [guess(f"The input is {trial.form.name} ({shape}).")]
        if trial.calls.targets is None:
            found.append(guess("A random gradient arrives from downstream."))
        elif trial.calls.is_fused:
            found.append(
                guess("Its backward takes targets, so the cost is taken to be the cross-entropy.")
            )
        else:
            found.append(guess("The cost is what its forward pass gives for random targets."))
        if divisor > 1:
            found.append(
                oddity(
                    f"The gradients of the parameters are divided by {divisor}, the numbers that "
                    "they are summed over; that of the input is not. This is right where the "
                    "gradient of the cost is not divided by it. The check multiplied by it."
                )
            )
        if adds:
            found.append(
                oddity(
                    f"{trial.calls.backward_name} adds to the gradients of the call before. Set "
                    "them to 0 before each mini-batch."
                )
            )
        if not self.has_input:
            found.append(oddity("It gives no gradient of its input, so none was checked."))
        left = [
            each.name
            for position, each in enumerate(trial.parameters)
            if position not in self.checked
        ]
        if left:
            found.append(guess(f"{', '.join(left)} has no gradient and is held fixed."))
        return found


class _Claims:
    """The claimed gradients: first of a new object, then of the same one again."""

    def __init__(self, read: _Read, factor: int) -> None:
        self._read, self._factor = read, factor
        self._first: tuple[Any, Passed] | None = None
        self.adds = self._adds()

    def at(self, values: Values) -> list[NamedGradients]:
        """The gradients at these values."""
        trial = self._read.trial
        x, parameters = self._read.split(values)
        passed = trial.passed(trial.placed(parameters), np.array(x), trial.arriving)
        gradients = self._read.claims_of(passed)
        first = 1 if self._read.has_input else 0
        scaled = [
            gradient * (self._factor if position >= first else 1)
            for position, gradient in enumerate(gradients)
        ]
        return [NamedGradients("by their names", False, scaled)]

    def _adds(self) -> bool:
        """Whether a second backward pass of the same object adds to what the first one left."""
        trial = self._read.trial
        if not self._read.checked:
            return False
        own = trial.placed(list(self._read.values))
        first = trial.passed(own, trial.x.copy(), trial.arriving)
        one = [np.array(first.gradients[each]) for each in self._read.checked]
        try:
            second = trial.passed(own, trial.x.copy(), trial.arriving)
        except StudentError:
            return False
        two = [np.array(second.gradients[each]) for each in self._read.checked]
        if not any(map(np.any, one)):
            return False
        return all(np.allclose(b, 2 * a, rtol=SAME_TWICE) for a, b in zip(one, two, strict=True))


def _is_fixed(name: str) -> bool:
    """Whether an array of this name is not learned."""
    return any(word in name.lower() for word in NOT_LEARNED)
