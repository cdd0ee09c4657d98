"""What the source says: the names in a return statement, and whether a file is a program."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

__all__ = ["has_own_program", "returned_names"]


def returned_names(function: Callable[..., Any]) -> list[str | None]:
    """What the last return statement of a function names.

    Args:
        function: a student's.

    Returns:
        A name for each thing in it, None for an expression; empty if there is no source.

    """
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function))))
    except (OSError, TypeError, SyntaxError, ValueError):
        return []
    if not tree.body or not isinstance(tree.body[0], ast.FunctionDef):
        return []
    last = None
    for statement in _own_statements(tree.body[0]):
        if isinstance(statement, ast.Return) and statement.value is not None:
            last = statement.value
    if last is None:
        return []
    items = last.elts if isinstance(last, ast.Tuple | ast.List) else [last]
    return [each.id if isinstance(each, ast.Name) else None for each in items]


def _own_statements(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, without those of functions and classes inside it, in their order."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.Lambda | ast.ClassDef | ast.AsyncFunctionDef):
            continue
        yield child
        yield from _own_statements(child)


def has_own_program(path: Path) -> bool:
    """Whether a file does work of its own when it is run, such as training in a loop.

    Args:
        path: of the file; what is no Python file counts as a program.

    """
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return True
    return any(isinstance(each, ast.For | ast.While | ast.With) for each in tree.body)
