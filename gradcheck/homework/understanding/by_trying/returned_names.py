"""The names of the variables that a function returns in a tuple."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from gradcheck.homework.understanding.by_trying.matched import name_of_array

__all__ = ["returned_names", "returns_gradients"]


def returned_names(function: Callable[..., Any]) -> list[str]:
    """The names in the last ``return a, b`` of a function; none if it does not return names.

    What is no name stands there as its text, such as ``h[-1]``.

    >>> returned_names(inspect.getsource)
    []
    """
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return []
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple)
    ]
    if not found:
        return []
    last = max(found, key=lambda value: value.lineno)
    if not any(isinstance(each, ast.Name) for each in last.elts):
        return []
    return [ast.unparse(each) for each in last.elts]


def returns_gradients(function: Callable[..., Any]) -> bool:
    """Whether the names of what a function returns say that they are gradients: two or more.

    Args:
        function: a student's; also one whose first argument is bound.

    """
    names = returned_names(getattr(function, "func", function))
    return sum(name.startswith("d") and bool(name_of_array(name)) for name in names) > 1
