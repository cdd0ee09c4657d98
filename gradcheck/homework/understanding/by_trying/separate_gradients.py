"""Functions that each give the gradient of one array, such as ``W1_grad`` and ``W2_grad``."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from gradcheck.homework.understanding.by_trying.matched import name_of_array

__all__ = ["with_all_gradients"]

Functions = Mapping[str, Callable[..., Any]]


def with_all_gradients(functions: Functions) -> dict[str, Callable[..., Any]]:
    """The functions, and one more that gives all gradients where each has its own function.

    Args:
        functions: of a module.

    """
    arguments = {
        argument.lower(): argument
        for function in functions.values()
        for argument in _arguments(function)
    }
    found: dict[str, str] = {}
    for name in functions:
        array = arguments.get(name_of_array(name))
        if array is not None and array not in found and name not in arguments.values():
            found[array] = name
    if len(found) < 2:
        return dict(functions)
    together = _together({array: functions[name] for array, name in found.items()})
    return {**functions, " and ".join(found.values()): together}


def _together(parts: Functions) -> Callable[..., Any]:
    """One function that calls all of them, each with its own arguments."""
    names = {name: _arguments(function) for name, function in parts.items()}

    def gradients(**given: Any) -> dict[str, Any]:
        return {
            f"d{array}": function(**{name: given[name] for name in names[array]})
            for array, function in parts.items()
        }

    wanted = dict.fromkeys(name for each in names.values() for name in each)
    kind = inspect.Parameter.KEYWORD_ONLY
    gradients.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, kind) for name in wanted]
    )
    return gradients


def _arguments(function: Callable[..., Any]) -> list[str]:
    """The arguments that must be given."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [
        each.name
        for each in parameters
        if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD
    ]
