"""A layer and one input for it: what its forward and its backward pass do with it."""

import copy
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from gradcheck.homework.arriving import arriving_gradient
from gradcheck.homework.slots import real_numbers
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.arrays_inside import (
    ArrayAt,
    Path,
    arrays_in_object,
    put,
    value_at,
)
from gradcheck.homework.understanding.layers.calls import LayerCalls
from gradcheck.homework.understanding.layers.constructor_arguments import LEARNING_RATE
from gradcheck.homework.understanding.layers.gradients import gradient_place
from gradcheck.homework.understanding.layers.inputs import InputForm
from nets.arrays import HostArray

__all__ = ["LayerOnTrial", "OutOfShape", "Passed", "on_trial"]

# How far arrays are moved to find out whether the output depends on them.
MOVED = 0.1
RATE_NAMES = ("learning_rate", "lr", "eta", "alpha", "learn_rate", "rate")


class OutOfShape(StudentError):
    """A gradient has another shape than its array: the layer may take one example at a time.

    Attributes:
        is_update: whether it shows in an array that the backward pass updated.

    """

    is_update = False


class ChangedShape(OutOfShape):
    """An update changed the shape of an array, as a gradient of a whole mini-batch does."""

    is_update = True


@dataclass(frozen=True, eq=False)
class Passed:
    """What a forward and a backward pass gave.

    Attributes:
        output: of the forward pass: an array, or a number where the layer is a loss.
        input_gradient: None if the layer gives none.
        gradients: of the parameters, in their order; None for those that have none.

    """

    output: Any = field(repr=False)
    input_gradient: HostArray | None = field(repr=False)
    gradients: list[HostArray | None] = field(repr=False)


@dataclass(frozen=True, eq=False)
class LayerOnTrial:
    """A layer with an input that its forward pass takes.

    Attributes:
        calls: of the layer.
        form: of the input.
        x: the input.
        parameters: the arrays that the output depends on.
        output_shape: of the forward pass; () for a loss.

    """

    calls: LayerCalls
    form: InputForm
    x: HostArray = field(repr=False)
    parameters: tuple[ArrayAt, ...]
    output_shape: tuple[int, ...]

    @property
    def arriving(self) -> HostArray:
        """The gradient that arrives from downstream: random, never ones."""
        return arriving_gradient(self.output_shape, self.calls.seed)

    def placed(self, values: list[Any]) -> Any:
        """A new copy of the object, with these numbers in its parameters."""
        own = self.calls.fresh()
        for parameter, value in zip(self.parameters, values, strict=True):
            put(own, parameter, np.array(value))
        return own

    def passed(self, own: Any, x: HostArray, arriving: Any) -> Passed:
        """Call forward and backward on an object, and read the gradients.

        Raises:
            StudentError: one of them raised something, or a gradient has another shape.

        """
        calls = self.calls
        output, cache = calls.forward(own, x, quietly=False)
        output = copy.copy(output)
        calls.loss_of(own, x, output)
        before = [np.array(value_at(own, each.paths[0])) for each in self.parameters]
        returned = calls.backward(own, x, cache, arriving)
        gradient = calls.input_gradient(own, returned, x.shape)
        found = self._returned(returned) or [
            self._gradient(own, parameter, value)
            for parameter, value in zip(self.parameters, before, strict=True)
        ]
        if gradient is not None:
            gradient = np.array(real_numbers(gradient, "the gradient of the input"), dtype=float)
        return Passed(output, gradient, found)

    def _returned(self, returned: Any) -> list[HostArray | None] | None:
        """The gradients in ``return dx, dw, db``; None if they are not there."""
        if not isinstance(returned, tuple | list) or not self.parameters:
            return None
        rest = list(returned)[1:]
        if len(rest) != len(self.parameters) or any(np.ndim(each) == 0 for each in rest):
            return None
        return [
            _in_shape(each, value_at(self.calls.own, where.paths[0]).shape, where.name, self.calls)
            for each, where in zip(rest, self.parameters, strict=True)
        ]

    def _gradient(self, own: Any, parameter: ArrayAt, before: HostArray) -> HostArray | None:
        """The gradient of one parameter; None if nothing is it."""
        place = gradient_place(own, parameter)
        if place is not None:
            found = value_at(own, place)
            return _in_shape(found, before.shape, parameter.name, self.calls)
        after = np.asarray(value_at(own, parameter.paths[0]))
        if after.shape != before.shape:
            raise ChangedShape(
                f"{self.calls.backward_name} changed the shape of {parameter.name} from "
                f"{before.shape} to {after.shape}"
            )
        if np.array_equal(after, before):
            return None
        gradient: HostArray = (before - after) / _rate(own, parameter.paths[0], self.calls)
        return gradient


def on_trial(calls: LayerCalls, form: InputForm, x: HostArray) -> LayerOnTrial:
    """Call the forward pass with an input, and find out which arrays its output depends on.

    Args:
        calls: of the layer.
        form: of the input.
        x: the input.

    Raises:
        StudentError: the forward pass raised something, or gave no numbers.

    """
    after = calls.fresh()
    with np.errstate(all="ignore"):
        output = _number_or_array(calls, calls.forward(after, x)[0])
        parameters = _that_matter(after, calls, x)
    # Weights that are made in the first forward pass are there only after it.
    if not all(_holds(calls.own, each.paths[0], each.array.shape) for each in parameters):
        calls = replace(calls, own=after)
    return LayerOnTrial(calls, form, x, tuple(parameters), np.shape(output))


def _number_or_array(calls: LayerCalls, output: Any) -> HostArray:
    what = f"the output of {calls.name}.{calls.methods.forward}"
    if output is None:
        raise StudentError(f"{calls.name}.{calls.methods.forward} returned nothing")
    array = np.asarray(real_numbers(output, what))
    if not array.size or not np.all(np.isfinite(array)):
        raise StudentError(f"{what} is empty, or holds NaN or infinity")
    return array


def _that_matter(after: Any, calls: LayerCalls, x: HostArray) -> list[ArrayAt]:
    """The arrays that change the output if they are moved."""
    generator = np.random.default_rng(7)
    start = copy.deepcopy(after)
    for each in arrays_in_object(start):
        if not np.any(each.array):
            # Behind weights of 0, no other array would seem to matter.
            put(start, each, MOVED * generator.standard_normal(each.array.shape))
    found = []
    before = _output_of(start, calls, x)
    other = x + MOVED * np.cos(np.arange(x.size)).reshape(x.shape)
    if before is not None and _same(before, _output_of(start, calls, other)):
        raise StudentError(f"The output of {calls.name} does not depend on an input {x.shape}")
    for each in arrays_in_object(start):
        own = copy.deepcopy(start)
        put(own, each, each.array + MOVED * generator.uniform(0.5, 1.5, each.array.shape))
        moved = _output_of(own, calls, x)
        if before is not None and moved is not None and not np.array_equal(before, moved):
            found.append(_in(after, each))
    return found


def _in(own: Any, where: ArrayAt) -> ArrayAt:
    """The same place in another object."""
    return ArrayAt(where.paths, value_at(own, where.paths[0]))


def _output_of(own: Any, calls: LayerCalls, x: HostArray) -> HostArray | None:
    try:
        output = calls.forward(copy.deepcopy(own), x)[0]
        return np.array(output)
    except (StudentError, TypeError, ValueError):
        return None


def _same(one: HostArray, other: HostArray | None) -> bool:
    return other is not None and np.array_equal(one, other)


def _holds(own: Any, path: Path, shape: tuple[int, ...]) -> bool:
    try:
        return bool(np.shape(value_at(own, path)) == shape)
    except (AttributeError, KeyError, IndexError, TypeError):
        return False


def _in_shape(found: Any, shape: tuple[int, ...], name: str, calls: LayerCalls) -> HostArray:
    """A gradient in the shape of its array: (1, n) and (n,) hold the same numbers."""
    array = np.array(real_numbers(found, f"the gradient of {name}"), dtype=np.float64)
    if array.shape == shape:
        return array
    if [n for n in array.shape if n != 1] == [n for n in shape if n != 1]:
        return array.reshape(shape)
    raise OutOfShape(
        f"For {name} {calls.backward_name} left shape {array.shape}; it should be {shape}"
    )


def _rate(own: Any, path: Path, calls: LayerCalls) -> float:
    """The learning rate of the object that holds a parameter; the one that was given to backward.

    An attribute counts only where backward takes no learning rate.
    """
    if calls.takes_rate:
        return LEARNING_RATE
    for end in range(len(path) - 1, -1, -1):
        holder = value_at(own, path[:end])
        for name in RATE_NAMES:
            rate = getattr(holder, name, None)
            if isinstance(rate, float) and rate > 0.0:
                return rate
    return LEARNING_RATE
