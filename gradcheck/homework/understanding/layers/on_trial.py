"""A layer and one input for it: what its forward and its backward pass do with it."""

import copy
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from gradcheck.homework.arriving import alone, arriving_gradient
from gradcheck.homework.slots import real_numbers
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.arrays_inside import ArrayAt, Path, put, value_at
from gradcheck.homework.understanding.layers.arrays_that_matter import arrays_that_matter
from gradcheck.homework.understanding.layers.calls import LayerCalls
from gradcheck.homework.understanding.layers.inputs import InputForm
from gradcheck.homework.understanding.layers.losses import loss_of
from gradcheck.homework.understanding.layers.parameter_gradients import (
    parameter_gradient,
    returned_gradients,
)
from gradcheck.homework.understanding.layers.returned import input_gradient
from nets.arrays import HostArray

__all__ = ["LayerOnTrial", "Passed", "on_trial"]


@dataclass(frozen=True, eq=False)
class Passed:
    """What a forward and a backward pass gave.

    Attributes:
        output: of the forward pass: an array, or a number where the layer is a loss.
        input_gradient: None if the layer gives none.
        gradients: of the parameters, in their order; None for those that have none.
        unusable: a line on each gradient that cannot be used, where each array counts by itself.

    """

    output: Any = field(repr=False)
    input_gradient: HostArray | None = field(repr=False)
    gradients: list[HostArray | None] = field(repr=False)
    unusable: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class LayerOnTrial:
    """A layer with an input that its forward pass takes.

    Attributes:
        calls: of the layer.
        form: of the input.
        x: the input.
        parameters: the arrays that the output depends on.
        output_shape: of the forward pass; () for a loss.
        each_array: whether a gradient that cannot be used is wrong by itself.
        only_entry: the flat position of the one entry that the arriving gradient has; None for all.

    """

    calls: LayerCalls
    form: InputForm
    x: HostArray = field(repr=False)
    parameters: tuple[ArrayAt, ...]
    output_shape: tuple[int, ...]
    each_array: bool = False
    only_entry: int | None = None

    @property
    def arriving(self) -> HostArray:
        """The gradient that arrives from downstream, in the output's shape: random, never ones."""
        whole = arriving_gradient(self.output_shape, self.calls.seed)
        return whole if self.only_entry is None else alone(whole, self.only_entry)

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
        loss_of(calls, own, x, output)
        before = [np.array(value_at(own, each.paths[0])) for each in self.parameters]
        returned = calls.backward(own, x, cache, arriving)
        wrong: list[str] | None = [] if self.each_array else None
        gradient = None
        if not self.form.ids:
            gradient = input_gradient(own, returned, x.shape, calls.backward_name, wrong)
        found = returned_gradients(returned, self.parameters, calls, wrong) or [
            parameter_gradient(own, parameter, value, calls, wrong)
            for parameter, value in zip(self.parameters, before, strict=True)
        ]
        if gradient is not None:
            gradient = np.array(real_numbers(gradient, "the gradient of the input"), dtype=float)
        return Passed(output, gradient, found, tuple(wrong or ()))


def on_trial(calls: LayerCalls, form: InputForm, x: HostArray) -> LayerOnTrial:
    """Call the forward pass with an input, and find out which arrays its output depends on.

    Args:
        calls: of the layer.
        form: of the input.
        x: the input, of any shape.

    Raises:
        StudentError: the forward pass raised something, or gave no numbers.

    """
    after = calls.fresh()
    with np.errstate(all="ignore"):
        output = _number_or_array(calls, calls.forward(after, x)[0])
        learns = not calls.methods.is_loss_alone
        parameters = arrays_that_matter(after, calls, x) if learns else []
    # Some layers make their weights in the first forward pass.
    if not all(_holds(calls.own, each.paths[0], each.array.shape) for each in parameters):
        calls = replace(calls, own=after)
    form = form.turned_if(np.shape(output))
    return LayerOnTrial(calls, form, x, tuple(parameters), np.shape(output))


def _number_or_array(calls: LayerCalls, output: Any) -> HostArray:
    what = f"the output of {calls.name}.{calls.methods.forward}"
    if output is None:
        raise StudentError(f"{calls.name}.{calls.methods.forward} returned nothing")
    array = np.asarray(real_numbers(output, what))
    if not array.size or not np.all(np.isfinite(array)):
        raise StudentError(f"{what} is empty, or holds NaN or infinity")
    return array


def _holds(own: Any, path: Path, shape: tuple[int, ...]) -> bool:
    try:
        return bool(np.shape(value_at(own, path)) == shape)
    except (AttributeError, KeyError, IndexError, TypeError):
        return False
