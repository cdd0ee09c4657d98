"""Which keys a function reads from an argument that is a dict, by its source."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["keys_read", "source_tree"]

# How far a dict is followed from one function to the next. Chosen: a block of a network calls its
# layers, and these call theirs.
CALLS_FOLLOWED = 3


def keys_read(function: Callable[..., Any], argument: str) -> dict[str, bool]:
    """The keys that a function reads from an argument, itself or in functions that it calls.

    Args:
        function: a student's.
        argument: the name of one of its arguments.

    Returns:
        By key, in the order in which they are read: whether the dict must have it. That is so for
        ``settings["stride"]``, and not so for ``settings.get("stride", 1)``. Empty where the
        argument is no dict, or where there is no source.

    """
    return _keys_read(function, argument, CALLS_FOLLOWED)


def _keys_read(function: Callable[..., Any], argument: str, depth: int) -> dict[str, bool]:
    tree = source_tree(function)
    if tree is None:
        return {}
    found: dict[str, bool] = {}
    for node in sorted(ast.walk(tree), key=_position):
        for key, is_needed in _keys_at(node, argument):
            found[key] = found.get(key, False) or is_needed
        if depth and isinstance(node, ast.Call):
            for called, name in _passed_on(node, argument, function):
                for key, is_needed in _keys_read(called, name, depth - 1).items():
                    found[key] = found.get(key, False) or is_needed
    return found


def _position(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def source_tree(function: Callable[..., Any]) -> ast.FunctionDef | None:
    """The syntax tree of a function; None where there is no source."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function))))
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    first = tree.body[0] if tree.body else None
    return first if isinstance(first, ast.FunctionDef) else None


def _keys_at(node: ast.AST, argument: str) -> Iterator[tuple[str, bool]]:
    """The key that a node reads, and whether the dict must have it."""
    if isinstance(node, ast.Subscript) and _is_name(node.value, argument):
        if isinstance(node.ctx, ast.Load) and isinstance(node.slice, ast.Constant):
            yield from ((key, True) for key in [node.slice.value] if isinstance(key, str))
    elif (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("get", "pop", "setdefault")
        and _is_name(node.func.value, argument)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ):
        yield node.args[0].value, node.func.attr == "pop" and len(node.args) == 1


def _passed_on(
    call: ast.Call, argument: str, function: Callable[..., Any]
) -> Iterator[tuple[Callable[..., Any], str]]:
    """The function that a call passes the argument to, and its name for it."""
    called = None
    if isinstance(call.func, ast.Name):
        called = getattr(inspect.unwrap(function), "__globals__", {}).get(call.func.id)
    if not inspect.isfunction(called):
        return
    names = list(inspect.signature(called).parameters)
    for name, value in zip(names, call.args, strict=False):
        if _is_name(value, argument):
            yield called, name
    for keyword in call.keywords:
        if keyword.arg in names and _is_name(keyword.value, argument):
            yield called, str(keyword.arg)


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
