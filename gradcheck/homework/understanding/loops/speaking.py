"""What the variables of a loop are: its output and its targets, its cost, its learning rate."""

import ast
from collections.abc import Iterator, Mapping
from types import CodeType
from typing import Any

import numpy as np

from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of
from gradcheck.homework.understanding.by_trying.own_cost import is_cost_name
from gradcheck.homework.understanding.by_trying.steps import RATE_NAME
from nets.arrays import HostArray

__all__ = ["costs_in", "matrices_of", "outputs_and_targets", "rates_in"]


def outputs_and_targets(body: ast.Module, names: Mapping[str, Any]) -> list[tuple[CodeType, CodeType]]:
    """Expressions for the output and the targets: ``y - output``, or ``loss(y, output)``.

    Args:
        body: of the loop.
        names: the variables after a pass.

    Returns:
        The output and the targets, each compiled; differences first.

    """
    found: list[tuple[CodeType, CodeType]] = []
    pairs = [*_differences(body), *_handed_over(body)]
    for one, other in pairs:
        for output, targets in ((one, other), (other, one)):
            if _is_targets(targets) and not _is_targets(output) and _alike(output, targets, names):
                found.append((_compiled(output), _compiled(targets)))
    return found


def _differences(body: ast.Module) -> Iterator[tuple[ast.expr, ast.expr]]:
    for node in ast.walk(body):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
            yield node.left, node.right


def _handed_over(body: ast.Module) -> Iterator[tuple[ast.expr, ast.expr]]:
    for node in ast.walk(body):
        if isinstance(node, ast.Call) and len(node.args) >= 2:
            yield node.args[0], node.args[1]


def _is_targets(node: ast.expr) -> bool:
    """Whether an expression is a variable called as targets are, or a part of one."""
    while isinstance(node, ast.Subscript) or (
        isinstance(node, ast.Attribute) and node.attr == "T"
    ):
        node = node.value
    return isinstance(node, ast.Name) and role_of(node.id) is Role.TARGETS


def _alike(output: ast.expr, targets: ast.expr, names: Mapping[str, Any]) -> bool:
    """Whether both are numbers, as many in one as in the other."""
    try:
        a, y = (np.asarray(eval(_compiled(each), dict(names))) for each in (output, targets))
    except Exception:  # a variable that is gone, or an index that does not fit
        return False
    numbers = a.dtype.kind == "f" and y.dtype.kind in "fiu"
    return numbers and a.size == y.size and bool(a.size)


def costs_in(body: ast.Module, names: Mapping[str, Any]) -> list[tuple[str, CodeType]]:
    """Expressions for a cost: variables such as ``loss``, and calls such as ``loss(y, a)``."""
    found: dict[str, CodeType] = {}
    for node in ast.walk(body):
        each: ast.expr | None = None
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            each = node.targets[0] if is_cost_name(node.targets[0].id) else None
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            each = node if is_cost_name(node.func.id) else None
        if each is not None and _is_number(each, names):
            found.setdefault(ast.unparse(each), _compiled(each))
    return list(found.items())


def _is_number(node: ast.expr, names: Mapping[str, Any]) -> bool:
    try:
        value = np.asarray(eval(_compiled(node), dict(names)))
    except Exception:  # as above
        return False
    return value.size == 1 and value.dtype.kind == "f"


def _compiled(node: ast.expr) -> CodeType:
    if isinstance(node, ast.Name):
        node = ast.Name(node.id, ast.Load())
    return compile(ast.fix_missing_locations(ast.Expression(node)), "<loop>", "eval")


def matrices_of(output: Any, targets: Any) -> tuple[HostArray, HostArray]:
    """Both as columns (n_output, batch): more examples than outputs, or one row of them."""
    a = np.asarray(output)
    y = np.asarray(targets, dtype=float).reshape(a.shape if a.size else (0,))
    if a.ndim < 2:
        return a.reshape(1, -1), y.reshape(1, -1)
    return (a.T, y.T) if a.shape[0] >= a.shape[1] else (a, y)


def rates_in(names: Mapping[str, Any]) -> list[str]:
    """The variables that are learning rates."""
    return [
        name
        for name, value in names.items()
        if RATE_NAME.fullmatch(name)
        and isinstance(value, int | float | np.number)
        and not isinstance(value, bool)
    ]
