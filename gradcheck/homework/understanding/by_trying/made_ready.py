"""The calls after layers are added to a network and before it is trained: ``compile(loss)``."""

import inspect
import re
from collections.abc import Callable, Mapping
from typing import Any

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.own_cost import is_cost_name
from gradcheck.homework.understanding.constructor_names import constant_for
from gradcheck.homework.understanding.layers.activation_pairs import without_prime

__all__ = ["made_ready"]

CALLS = ("compile", "use", "use_loss", "set_loss", "set", "build", "initialize", "init_weights")
COST = re.compile(r".*(loss|cost|criterion|error|objective).*", re.IGNORECASE)
OPTIMIZER = re.compile(r".*optim.*", re.IGNORECASE)
PLAIN_STEPS = re.compile(r".*(sgd|gradient_?descent).*", re.IGNORECASE)
PRIME = re.compile(r".*(prime|deriv|grad).*|d_?(loss|cost)\w*", re.IGNORECASE)


def made_ready(own: Any, names: Mapping[str, Any]) -> None:
    """Call the methods of an object that must be called before it is trained.

    Args:
        own: a student's object.
        names: of its file: losses and optimisers may be there.

    Raises:
        StudentError: a method raised something.

    """
    for name in CALLS:
        method = getattr(own, name, None)
        if not callable(method):
            continue
        given = {
            argument.name: _value(argument.name, names)
            for argument in inspect.signature(method).parameters.values()
            if argument.default is argument.empty
            and argument.kind is not argument.VAR_KEYWORD
            and argument.kind is not argument.VAR_POSITIONAL
        }
        if None in given.values():
            unknown = [key for key, value in given.items() if value is None]
            raise StudentError(f"{name} takes {', '.join(unknown)}, which has no known meaning")
        method(**given)


def _value(argument: str, names: Mapping[str, Any]) -> Any:
    """The value of an argument, by its name; None if the name is not known."""
    if PRIME.fullmatch(argument):
        return _function(names, _is_derivative)
    if COST.fullmatch(argument):
        kind = _class(names, COST_WORD)
        if kind is not None:
            return kind()
        return _function(names, is_cost_name) or _with_derivative(names) or "mse"
    if OPTIMIZER.fullmatch(argument):
        kind = _class(names, PLAIN_STEPS)
        return "sgd" if kind is None else _built(kind)
    return constant_for(argument, None)


COST_WORD = re.compile(r"loss|cost|mse|squared|entropy|bce", re.IGNORECASE)


def _class(names: Mapping[str, Any], pattern: re.Pattern[str]) -> type | None:
    classes = [each for each in names.values() if isinstance(each, type)]
    found = [each for each in classes if pattern.search(each.__name__)]
    return next((e for e in found if not any(e in o.__mro__[1:] for o in classes)), None)


def _function(names: Mapping[str, Any], is_meant: Callable[[str], bool]) -> Any:
    return next(
        (each for name, each in names.items() if inspect.isfunction(each) and is_meant(name)), None
    )


def _with_derivative(names: Mapping[str, Any]) -> Any:
    """The function whose derivative is called as that of a cost; None if there is none."""
    derivative = _function(names, _is_derivative)
    own = None if derivative is None else without_prime(derivative.__name__, names)
    return None if own is None else names[own]


def _is_derivative(name: str) -> bool:
    return bool(PRIME.fullmatch(name) and COST_WORD.search(name))


def _built(kind: type) -> Any:
    """An optimiser, with a learning rate if it must be given one."""
    needed = [
        each.name
        for each in inspect.signature(kind).parameters.values()
        if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD
    ]
    return kind(**{name: constant_for(name, 0.1) for name in needed})
