"""The gradients of a layer's parameters: held in attributes, returned, or seen in an update."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.homework.slots import real_numbers
from gradcheck.homework.understanding.layers.arrays_inside import ArrayAt, Path, value_at
from gradcheck.homework.understanding.layers.call_arguments import takes_rate
from gradcheck.homework.understanding.layers.calls import LayerCalls
from gradcheck.homework.understanding.layers.sizes import LEARNING_RATE
from gradcheck.homework.understanding.layers.where_gradients_are import (
    gradient_place,
    gradients_named,
)
from gradcheck.homework.unusable_gradient import UnusableGradient, in_its_place
from nets.arrays import HostArray

__all__ = [
    "OutOfShape",
    "parameter_gradient",
    "returned_gradients",
]

RATE_NAMES = ("learning_rate", "lr", "eta", "alpha", "learn_rate", "rate")


class OutOfShape(UnusableGradient):
    """A gradient has another shape than its array: the layer may take one example at a time.

    Attributes:
        is_update: whether it shows in an array that the backward pass updated.

    """

    is_update = False


class ChangedShape(OutOfShape):
    """An update changed the shape of an array, as a gradient of a whole mini-batch does."""

    is_update = True


def returned_gradients(
    returned: Any,
    parameters: tuple[ArrayAt, ...],
    calls: LayerCalls,
    wrong: list[str] | None = None,
) -> list[HostArray | None] | None:
    """The gradients in ``return dx, dw, db``, or in ``return dx, (dw, db)`` or ``dx, {"W": dw}``.

    Args:
        returned: by the backward pass.
        parameters: of the layer.
        calls: of the layer.
        wrong: a line on each gradient of another shape is added there; None to raise it.

    Returns:
        One in the shape of each parameter; None if they are not there.

    Raises:
        OutOfShape: one of them has another shape.

    """
    if not isinstance(returned, tuple | list) or not parameters:
        return None
    rest = _beside_the_input(list(returned)[1:], parameters)
    if len(rest) != len(parameters) or any(np.ndim(each) == 0 for each in rest):
        return None
    return [
        _in_shape(each, np.shape(value_at(calls.own, where.paths[0])), where.name, calls, wrong)
        for each, where in zip(rest, parameters, strict=True)
    ]


def _beside_the_input(rest: list[Any], parameters: tuple[ArrayAt, ...]) -> list[Any]:
    """What was returned after the gradient of the input, out of the tuple or dict it is in."""
    if len(rest) != 1 or not isinstance(rest[0], tuple | list | Mapping):
        return rest
    inside = rest[0]
    if not isinstance(inside, Mapping):
        return list(inside)
    names = [each.name.rpartition(".")[2] for each in parameters]
    found = [[name, *gradients_named(name, inside)] for name in names]
    return [inside[key] for keys in found for key in [*filter(inside.__contains__, keys)][:1]]


def parameter_gradient(
    own: Any,
    parameter: ArrayAt,
    before: HostArray,
    calls: LayerCalls,
    wrong: list[str] | None = None,
) -> HostArray | None:
    """The gradient of one parameter after a backward pass that did not return it.

    Args:
        own: the object after its backward pass.
        parameter: one of its arrays.
        before: its values before the backward pass.
        calls: of the layer.
        wrong: see ``returned_gradients``.

    Returns:
        In the shape of the parameter; None if there is none.

    Raises:
        OutOfShape: it has another shape.

    """
    place = gradient_place(own, parameter)
    if place is not None:
        return _in_shape(value_at(own, place), before.shape, parameter.name, calls, wrong)
    after = np.asarray(value_at(own, parameter.paths[0]))
    if after.shape != before.shape:
        line = (
            f"{calls.backward_name} changed the shape of {parameter.name} from "
            f"{before.shape} to {after.shape}"
        )
        return _in_place_of(ChangedShape(line), before.shape, wrong)
    if np.array_equal(after, before):
        return None
    gradient: HostArray = (before - after) / _rate(own, parameter.paths[0], calls)
    return gradient


def _in_shape(
    found: Any, shape: tuple[int, ...], name: str, calls: LayerCalls, wrong: list[str] | None
) -> HostArray:
    """A gradient in the shape of its array: (1, n) and (n,) hold the same numbers."""
    array = np.array(real_numbers(found, f"the gradient of {name}"), dtype=np.float64)
    if array.shape == shape:
        return array
    if [n for n in array.shape if n != 1] == [n for n in shape if n != 1]:
        return array.reshape(shape)
    line = f"For {name} {calls.backward_name} left shape {array.shape}; it should be {shape}"
    return _in_place_of(OutOfShape(line), shape, wrong)


def _in_place_of(error: OutOfShape, shape: tuple[int, ...], wrong: list[str] | None) -> HostArray:
    """What stands for a gradient of another shape, if each array counts by itself."""
    if wrong is None:
        raise error
    wrong.append(error.line)
    return in_its_place(shape)


def _rate(own: Any, path: Path, calls: LayerCalls) -> float:
    """The learning rate of the object that holds a parameter; the one that was given to backward.

    An attribute counts only where backward takes no learning rate.
    """
    if takes_rate(getattr(calls.own, calls.methods.backward)):
        return LEARNING_RATE
    for end in range(len(path) - 1, -1, -1):
        holder = value_at(own, path[:end])
        for name in RATE_NAMES:
            rate = getattr(holder, name, None)
            if isinstance(rate, float) and rate > 0.0:
                return rate
    return LEARNING_RATE
