"""What a student's class has, without building it: its methods, and the attributes that it uses."""

import dis
import inspect
from collections.abc import Iterator, Sequence
from types import CodeType, FunctionType
from typing import Any

from gradcheck.homework.understanding.student_words import in_english

__all__ = [
    "all_arguments",
    "attributes_stored",
    "attributes_used",
    "first_of",
    "functions_of",
    "listed_methods",
    "methods_of",
]

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
    """The first of these names that is a method of an object or a class; None if none is.

    A method whose name means the same in another language counts if none has the very name.
    """
    found = next((name for name in names if callable(getattr(owner, name, None))), None)
    if found is not None:
        return found
    translated = {in_english(name): name for name in methods_of(owner) if in_english(name) != name}
    return next((translated[name] for name in names if name in translated), None)


def attributes_used(kind: type) -> set[str]:
    """The names that the methods of a class, its own and those it inherits, use of any object."""
    return {name for code in _codes_of(kind) for name in code.co_names}


def attributes_stored(kind: type) -> set[str]:
    """The names that the methods of a class give a value, and those that the class itself has.

    A loss that only reads ``layer.weights`` stores no weights.
    """
    stored = {
        each.argval
        for code in _codes_of(kind)
        for each in dis.get_instructions(code)
        if each.opname == "STORE_ATTR"
    }
    return stored | {name for each in kind.__mro__[:-1] for name in vars(each)}


def functions_of(kind: type) -> Iterator[FunctionType]:
    """The functions behind the methods of a class, its own and those it inherits."""
    for each in kind.__mro__[:-1]:
        for value in vars(each).values():
            function = inspect.unwrap(getattr(value, "__func__", value))
            if isinstance(function, FunctionType):
                yield function


def _codes_of(kind: type) -> Iterator[CodeType]:
    """The code of all methods of a class, its own and those it inherits."""
    for function in functions_of(kind):
        yield from _with_inner(function.__code__)


def _with_inner(code: CodeType) -> Iterator[CodeType]:
    """The code of a function, and of the functions inside of it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _with_inner(constant)


def all_arguments(function: Any) -> list[str]:
    """The names of all arguments of a function that has such; none if Python cannot tell."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [each.name for each in parameters if each.kind is not each.VAR_KEYWORD]
