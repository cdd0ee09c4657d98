"""Options of a student's network that are off by default, such as ``use_batchnorm=False``.

Strengths of regularisation are no switches: ``zero_strengths`` raises them in the network itself.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from gradcheck.homework.understanding.layers.methods import (
    FORWARD_NAMES,
    Argument,
    argument_kind,
)
from gradcheck.homework.understanding.loss_calls import LOSS_NAMES
from gradcheck.homework.understanding.student_words import in_english

__all__ = ["Switch", "arguments_of", "switched", "switches_of"]

HALF = 0.5  # of the neurons are dropped: both manners of counting them agree


@dataclass(frozen=True)
class _Option:
    """An option that constructors have.

    Attributes:
        pattern: matches the whole name of the argument.
        off: the defaults that mean that it is off.
        on: the values that turn it on.

    """

    pattern: re.Pattern[str]
    off: tuple[Any, ...]
    on: tuple[Any, ...]


def _option(pattern: str, off: tuple[Any, ...], on: tuple[Any, ...]) -> _Option:
    return _Option(re.compile(rf"(?:{pattern})", re.IGNORECASE), off, on)


# The first option whose pattern and whose default match counts.
OPTIONS = (
    _option(r"norm(ali[sz]ation)?(_?(type|layer|mode))?", (None,), ("batchnorm", "layernorm")),
    _option(
        r"((use|with|has|apply|do|is)_?)?(batch_?norm\w*|bn|layer_?norm\w*|norm(ali[sz]ation)?|"
        r"residuals?|skips?(_?connections?)?|drop_?out\w*)",
        (False,),
        (True,),
    ),
    _option(r"(p_?)?drop(_?out)?_?(keep_?)?(p|prob\w*|rate|ratio|fraction)?|keep_?prob\w*|p_?drop|"
            r"p_?keep", (0, 1, None), (HALF,)),
)  # fmt: skip


@dataclass(frozen=True)
class Switch:
    """An option turned on.

    Attributes:
        name: of the argument.
        value: that turns it on.

    """

    name: str
    value: Any

    @property
    def text(self) -> str:
        """As a call shows it, such as ``use_batchnorm=True``."""
        value = self.value.__name__ if isinstance(self.value, type) else repr(self.value)
        return f"{self.name}={value}"


def switches_of(kind: type) -> list[Switch]:
    """The options that are off by default in a constructor, each turned on.

    Args:
        kind: of a student's.

    """
    return [
        Switch(each.name, value)
        for each in arguments_of(kind).values()
        for value in _values_on(each)
    ]


def _values_on(argument: inspect.Parameter) -> tuple[Any, ...]:
    name = in_english(argument.name).strip("_")
    for option in OPTIONS:
        if option.pattern.fullmatch(name) and any(
            type(argument.default) in _types(each) and argument.default == each
            for each in option.off
        ):
            return option.on
    return ()


def _types(value: Any) -> tuple[type, ...]:
    """The types of a default that mean this value: 1 may be 1.0, but True is no number here."""
    return (int, float) if type(value) is int else (type(value),)


def arguments_of(kind: type) -> Mapping[str, inspect.Parameter]:
    """The arguments of a class's constructor by their names; none if they cannot be read."""
    try:
        return inspect.signature(kind).parameters
    except (TypeError, ValueError):
        return {}


def switched(kind: type, switch: Switch) -> type:
    """The same class with another default of one argument.

    Args:
        kind: of a student's.
        switch: of its constructor.

    """
    signature = inspect.signature(kind)
    changed = [
        each.replace(default=switch.value) if each.name == switch.name else each
        for each in signature.parameters.values()
    ]
    new = signature.replace(parameters=changed)

    def construct(self: Any, *arguments: Any, **named: Any) -> None:
        given = signature.bind_partial(*arguments, **named).arguments
        more = {} if switch.name in given else {switch.name: switch.value}
        kind.__init__(self, *arguments, **named, **more)  # type: ignore[misc]

    own = {
        "__init__": construct,
        "__module__": kind.__module__,
        "__qualname__": kind.__qualname__,
        "__doc__": kind.__doc__,
        "__signature__": new,
    }
    passes = [name for name in (*LOSS_NAMES, *FORWARD_NAMES) if _own(kind, name)]
    training = {name: _in_training(getattr(kind, name)) for name in passes}
    return type(kind)(kind.__name__, (kind,), own | training)


def _own(kind: type, name: str) -> bool:
    return inspect.isfunction(inspect.getattr_static(kind, name, None))


def _in_training(loss: Callable[..., Any]) -> Callable[..., Any]:
    """A pass with its flag for training on, where it is off by default: gradients are for that."""
    flags = [
        name
        for name, each in inspect.signature(loss).parameters.items()
        if each.default is False and argument_kind(name) is Argument.TRAINING
    ]
    if not flags:
        return loss

    @wraps(loss)
    def called(*arguments: Any, **named: Any) -> Any:
        given = inspect.signature(loss).bind_partial(*arguments, **named).arguments
        more = {name: True for name in flags if name not in given}
        return loss(*arguments, **named, **more)

    return called
