"""What the forward and the backward pass of a layer receive, by the names of the arguments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.homework.student_code import required_arguments
from gradcheck.homework.understanding.layers.any_optimizer import AnyOptimizer
from gradcheck.homework.understanding.layers.methods import Argument, argument_kind
from gradcheck.homework.understanding.layers.sizes import LEARNING_RATE
from gradcheck.homework.understanding.members import all_arguments
from nets.arrays import HostArray

__all__ = [
    "Given",
    "Passing",
    "backward_of_layer",
    "backward_of_loss",
    "data_arguments",
    "forward_arguments",
    "takes_rate",
]

Given = tuple[list[Any], dict[str, Any]]  # arguments by position and by name

# These are given even where they have a default.
ALWAYS_GIVEN = (Argument.LEARNING_RATE, Argument.TRAINING, Argument.BATCH_SIZE)


@dataclass(frozen=True)
class Passing:
    """What goes through a layer in one call.

    Attributes:
        x: the input.
        examples: in the input.
        cache: what forward returned beside its output; None before.

    """

    x: HostArray = field(repr=False)
    examples: int
    cache: Any = field(repr=False, default=None)


def takes_rate(backward: Callable[..., Any]) -> bool:
    """Whether a backward pass takes a learning rate, or an optimizer."""
    kinds = {argument_kind(name) for name in all_arguments(backward)}
    return bool(kinds & {Argument.LEARNING_RATE, Argument.OPTIMIZER})


def forward_arguments(forward: Callable[..., Any], passing: Passing, targets: Any) -> Given:
    """The arguments of a forward pass.

    Args:
        forward: the method.
        passing: the input.
        targets: of a loss, which may take them beside the input; None for other layers.

    """
    data = data_arguments(forward)
    meant: dict[str, Any] = dict.fromkeys(data, passing.x)
    if targets is not None and len(data) == 2:
        kinds = [argument_kind(name) for name in data]
        first_is_targets = kinds[0] is Argument.TARGETS and kinds[1] is not Argument.TARGETS
        meant[data[0 if first_is_targets else 1]] = targets
    return _given(forward, meant, passing)


def backward_of_layer(backward: Callable[..., Any], passing: Passing, arriving: Any) -> Given:
    """The arguments of the backward pass of a layer: the arriving gradient, perhaps the input.

    Args:
        backward: the method.
        passing: the input and the cache.
        arriving: the gradient of the output.

    """
    data = data_arguments(backward)
    if len(data) == 2:
        other = (name for name in data if argument_kind(name) is Argument.OTHER)
        gradient = next(other, data[-1])
        meant = {name: arriving if name == gradient else passing.x for name in data}
    else:
        meant = dict.fromkeys(data, arriving)
    return _given(backward, meant, passing)


def backward_of_loss(
    backward: Callable[..., Any], passing: Passing, targets: Any, predicted: Any
) -> Given:
    """The arguments of the backward pass of a loss: targets, perhaps with what was predicted.

    Args:
        backward: the method.
        passing: the input and the cache.
        targets: of the examples.
        predicted: is compared with the targets.

    """
    data = data_arguments(backward)
    main = predicted if len(data) == 2 else 1.0
    if required_arguments(backward) == []:
        data = []  # the gradient of the cost itself has a default
    meant = {name: targets if argument_kind(name) is Argument.TARGETS else main for name in data}
    return _given(backward, meant, passing)


def _given(function: Callable[..., Any], meant: Mapping[str, Any], passing: Passing) -> Given:
    """All arguments by position and by name; those that are no data get a value by their kind."""
    told: dict[Argument, Any] = {
        Argument.LEARNING_RATE: LEARNING_RATE,
        Argument.OPTIMIZER: AnyOptimizer(LEARNING_RATE),
        Argument.TRAINING: True,
        Argument.CACHE: passing.cache,
        Argument.BATCH_SIZE: passing.examples,
    }
    required = required_arguments(function) or []
    if not required and not all_arguments(function):
        return [_copied(value) for value in meant.values()], {}
    positional = [
        _copied(meant[name]) if name in meant else told[argument_kind(name)] for name in required
    ]
    named = {name: _copied(meant[name]) for name in meant if name not in required}
    for name in all_arguments(function):
        kind = argument_kind(name)
        if name not in required and kind in ALWAYS_GIVEN:
            named[name] = told[kind]
    return positional, named


def data_arguments(function: Callable[..., Any]) -> list[str]:
    """The arguments that are data: inputs, targets, or an arriving gradient."""
    names = required_arguments(function) or []
    kinds = (Argument.OTHER, Argument.INPUTS, Argument.TARGETS)
    data = [name for name in names if argument_kind(name) in kinds]
    if data:
        return data
    return [name for name in all_arguments(function) if argument_kind(name) in kinds][:1]


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value
