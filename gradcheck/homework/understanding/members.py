"""What a student's class has, without building it: its methods, and the attributes that it uses."""

import inspect
from collections.abc import Sequence
from types import CodeType
from typing import Any

__all__ = ["all_arguments", "attributes_used", "first_of", "listed_methods", "methods_of"]

METHODS_LISTED = 8  # in a message, at most


def methods_of(kind: Any) -> list[str]:
    """The names of the methods of a class that do not begin with an underscore."""
    return [
        name
        for name in dir(kind)
        if not name.startswith("_") and callable(getattr(kind, name, None))
    ]


def listed_methods(kind: Any) -> str:
    """The names of the methods, as a message lists them."""
    return ", ".join(methods_of(kind)[:METHODS_LISTED]) or "none"


def first_of(names: Sequence[str], owner: Any) -> str | None:
    """The first of these names that is a method of an object or a class; None if none is."""
    return next((name for name in names if callable(getattr(owner, name, None))), None)


def attributes_used(kind: type) -> set[str]:
    """The names that the methods of a class, its own and those it inherits, use of any object."""
    used: set[str] = set()
    for each in kind.__mro__[:-1]:
        for value in vars(each).values():
            function = inspect.unwrap(getattr(value, "__func__", value))
            code = getattr(function, "__code__", None)
            if code is not None:
                used |= _names_in(code)
    return used


def _names_in(code: CodeType) -> set[str]:
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= _names_in(constant)
    return names


def all_arguments(function: Any) -> list[str]:
    """The names of all arguments of a function that has such; none if Python cannot tell."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [each.name for each in parameters if each.kind is not each.VAR_KEYWORD]
