"""A loop in which calls such as ``update(i)`` are replaced by the statements of the function.

``forward(i)``, ``back(y[i])`` and ``update(i)`` change global variables. With their statements in
the loop, one pass of it says what is learned, as in a loop without functions.
"""

import ast
import copy
from collections.abc import Mapping

__all__ = ["written_out"]

DEEPEST = 3  # functions that call functions that call functions


def written_out(
    loop: ast.For | ast.While, functions: Mapping[str, ast.FunctionDef], deepest: int = DEEPEST
) -> ast.For | ast.While:
    """The loop with calls such as ``forward(i)`` replaced by the statements of the function.

    Calls whose value is used stay as they are, and so do functions that return before their end.

    Args:
        loop: a statement; it is not changed.
        functions: of the file, by name.
        deepest: levels of functions that are written out.

    """
    own = copy.deepcopy(loop)
    for _ in range(deepest):
        writer = _Writer(functions)
        writer.visit(own)
        if not writer.has_changed:
            break
    return own


class _Writer(ast.NodeTransformer):
    """Replaces calls by the statements of their functions, one level."""

    def __init__(self, functions: Mapping[str, ast.FunctionDef]) -> None:
        self.functions = functions
        self.has_changed = False

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        call = node.value
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            return node
        function = self.functions.get(call.func.id)
        given = None if function is None else _arguments(function, call)
        if function is None or given is None or not _is_plain(function):
            return node
        self.has_changed = True
        body = copy.deepcopy(function.body)
        kept = [each for each in body if not isinstance(each, ast.Return | ast.Global)]
        return [*given, *kept]


def _arguments(function: ast.FunctionDef, call: ast.Call) -> list[ast.stmt] | None:
    """Assignments of the arguments to their names; None if the call has others."""
    names = [each.arg for each in function.args.args]
    if call.keywords or len(call.args) != len(names):
        return None
    return [
        ast.fix_missing_locations(
            ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), call)
        )
        for name, value in zip(names, call.args, strict=True)
        if ast.unparse(value) != name
    ]


def _is_plain(function: ast.FunctionDef) -> bool:
    """Whether a function changes global variables, and returns nothing before its end."""
    returns = [each for each in ast.walk(function) if isinstance(each, ast.Return)]
    early = [each for each in returns if each is not function.body[-1]]
    changes = any(
        isinstance(each, ast.Global)
        or (
            isinstance(each, ast.Assign) and any(isinstance(t, ast.Subscript) for t in each.targets)
        )
        or (isinstance(each, ast.AugAssign) and isinstance(each.target, ast.Subscript))
        for each in ast.walk(function)
    )
    return changes and not early
