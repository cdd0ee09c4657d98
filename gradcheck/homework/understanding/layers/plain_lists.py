"""Layers without NumPy: their numbers are in lists of floats, and so are those that they take."""

import inspect
import sys
from types import ModuleType
from typing import Any

import numpy as np

__all__ = ["arrays_of", "is_list_of_numbers", "lists_of", "works_in_lists"]


def works_in_lists(own: Any) -> bool:
    """Whether the file of an object's class uses nothing but Python's own library.

    Args:
        own: a student's object.

    """
    kinds = type(own).__mro__[:-1]
    functions = [each for kind in kinds for each in vars(kind).values() if inspect.isfunction(each)]
    return bool(functions) and all(
        _is_plain(value, function.__module__)
        for function in functions[:1]
        for name, value in function.__globals__.items()
        if not name.startswith("__")
    )


def _is_plain(value: Any, home: str) -> bool:
    """Whether a value is of the file itself, or of Python's own library."""
    name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
    if not isinstance(name, str) or name == home:
        return True
    return name.partition(".")[0] in sys.stdlib_module_names


def is_list_of_numbers(value: Any) -> bool:
    """Whether a value is a list of floats, or of such lists that are all equally long.

    >>> is_list_of_numbers([[1.0, 2.0], [3.0, 4.0]]), is_list_of_numbers([5, 3])
    (True, False)
    """
    if not isinstance(value, list) or not value:
        return False
    if all(isinstance(each, float) for each in value):
        return True
    return all(map(is_list_of_numbers, value)) and len({np.shape(each) for each in value}) == 1


def lists_of(value: Any) -> Any:
    """An array as lists of floats; anything else as it is."""
    return value.tolist() if isinstance(value, np.ndarray) else value


def arrays_of(returned: Any) -> Any:
    """Lists of numbers as arrays, also in a tuple; anything else as it is."""
    if isinstance(returned, tuple):
        return tuple(map(arrays_of, returned))
    return np.array(returned) if is_list_of_numbers(returned) else returned
