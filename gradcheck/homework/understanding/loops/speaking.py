"""The variables of a loop that are its output, its targets, its cost and its learning rate."""

import ast
from collections.abc import Iterator, Mapping
from types import CodeType
from typing import Any

import numpy as np

from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of
from gradcheck.homework.understanding.by_trying.own_cost import is_cost_name
from gradcheck.homework.understanding.by_trying.steps import RATE_NAME
from nets.arrays import HostArray

__all__ = ["costs_in", "first_update", "matrices_of", "outputs_and_targets", "possible_rates"]


def outputs_and_targets(
    body: ast.Module, names: Mapping[str, Any]
) -> list[tuple[CodeType, CodeType]]:
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
    """Whether an expression is a variable with a name of targets, or a part of one."""
    while isinstance(node, ast.Subscript) or (isinstance(node, ast.Attribute) and node.attr == "T"):
        node = node.value
    return isinstance(node, ast.Name) and role_of(node.id) is Role.TARGETS


def _alike(output: ast.expr, targets: ast.expr, names: Mapping[str, Any]) -> bool:
    """Whether both are numbers, and both have the same count of them."""
    try:
        a, y = (np.asarray(eval(_compiled(each), dict(names))) for each in (output, targets))
    except Exception:  # a variable that is gone, or an index that does not fit
        return False
    numbers = a.dtype.kind == "f" and y.dtype.kind in "fiu"
    return numbers and a.size == y.size and bool(a.size)


def costs_in(
    body: ast.Module, names: Mapping[str, Any], before: int | None
) -> list[tuple[str, CodeType]]:
    """Expressions for a cost: variables such as ``loss``, and calls such as ``loss(y, a)``.

    Args:
        body: of the loop.
        names: the variables after a pass.
        before: only those above this line: below it the weights have changed; None for all.

    """
    found: dict[str, CodeType] = {}
    for node in ast.walk(body):
        each: ast.expr | None = None
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            each = node.targets[0] if is_cost_name(node.targets[0].id) else None
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            each = node if is_cost_name(node.func.id) else None
        is_early = before is None or (each is not None and each.lineno < before)
        if each is not None and is_early and _is_number(each, names):
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


def possible_rates(names: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The variables that may be learning rates; first those with the name of one."""
    numbers = {
        name: value
        for name, value in names.items()
        if isinstance(value, int | float | np.number)
        and not isinstance(value, bool)
        and not name.startswith("__")
    }
    called = [name for name in numbers if RATE_NAME.fullmatch(name)]
    others = [
        name for name, value in numbers.items() if name not in called and float(value) % 1 != 0.0
    ]
    several = [tuple(called)] if len(called) > 1 else []
    return [*((name,) for name in called), *several, *((name,) for name in others)]


def first_update(body: ast.Module) -> int:
    """The line in which a loop first changes a variable by its own old value."""
    lines = [
        node.lineno
        for node in ast.walk(body)
        if isinstance(node, ast.AugAssign) or (isinstance(node, ast.Assign) and _uses_itself(node))
    ]
    return min(lines, default=0)


def _uses_itself(node: ast.Assign) -> bool:
    names = {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
    return bool(names & {each.id for each in node.targets if isinstance(each, ast.Name)})
