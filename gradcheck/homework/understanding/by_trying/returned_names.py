"""The names of the variables that a function returns in a tuple."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

__all__ = ["returned_names"]


def returned_names(function: Callable[..., Any]) -> list[str]:
    """The names in the last ``return a, b`` of a function; none if it does not return names.

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
    if not found or not all(isinstance(each, ast.Name) for each in found[-1].elts):
        return []
    return [each.id for each in found[-1].elts if isinstance(each, ast.Name)]
