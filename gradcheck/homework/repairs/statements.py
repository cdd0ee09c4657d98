"""Whole statements: ``=`` in place of ``+=``, and lines that are outside of a loop."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from gradcheck.homework.repairs.change import Change
from gradcheck.homework.repairs.repair import Place, Repair

__all__ = ["added_or_set", "moved_lines"]

Loop = ast.For | ast.While


@dataclass(frozen=True, eq=False)
class _Holder:
    """What holds the statements of a body."""

    body: list[ast.stmt]


def added_or_set(place: Place) -> Iterator[Repair]:
    """``+=`` for ``=`` and the reverse; all such statements beside it together too."""
    node = place.node
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        plain = ast.copy_location(ast.Assign([node.target], node.value), node)
        ast.fix_missing_locations(plain)
        yield Repair("added-to-old", (_instead(place, place.position, plain),), place)
    if not isinstance(node, ast.Assign):
        return
    yield from _scaled(place, node)
    alike = [
        position
        for position, each in enumerate(place.body)
        if isinstance(each, ast.Assign) and _is_stored(each) == _is_stored(node)
    ]
    groups = [[place.position]]
    if len(alike) > 1 and _is_stored(node):
        groups.append(alike)
    for group in groups:
        changes = []
        for position in group:
            added = _added(place.body[position])
            if added is not None:
                changes.append(_instead(place, position, added))
        if changes:
            yield Repair("overwritten", tuple(changes), place)


def _scaled(place: Place, node: ast.Assign) -> Iterator[Repair]:
    """``d[z < 0] *= slope`` for ``d[z < 0] = 0``."""
    target = node.targets[0]
    if place.scope is None or not isinstance(target, ast.Subscript):
        return
    if not isinstance(target.slice, ast.Compare) or not isinstance(node.value, ast.Constant):
        return
    for text, value in place.scope.values().items():
        if isinstance(value, float):
            factor = ast.parse(text, mode="eval").body
            scaled = ast.copy_location(ast.AugAssign(target, ast.Mult(), factor), node)
            change = _instead(place, place.position, scaled)
            yield Repair("wrong-activation-derivative", (change,), place)


def _is_stored(node: ast.Assign) -> bool:
    return isinstance(node.targets[0], ast.Subscript | ast.Attribute)


def _added(node: ast.stmt) -> ast.stmt | None:
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        return None
    target = node.targets[0]
    if not isinstance(target, ast.Name | ast.Attribute | ast.Subscript):
        return None
    added = ast.copy_location(ast.AugAssign(target, ast.Add(), node.value), node)
    return ast.fix_missing_locations(added)


def _instead(place: Place, position: int, new: ast.stmt) -> Change:
    return Change(_Holder(place.body), "body", new, position)


def moved_lines(place: Place) -> Iterator[Repair]:
    """A line before or after a loop, moved into the loop."""
    node, body, position = place.node, place.body, place.position
    if not isinstance(node, ast.Assign | ast.AugAssign) or not body:
        return
    if position > 0:
        for loop in _with_last_inner(body[position - 1]):
            yield _into(place, loop, [*loop.body, node])
    if position + 1 < len(body):
        for loop in _with_last_inner(body[position + 1]):
            yield _into(place, loop, [node, *loop.body])
    for each in body[: max(position - 1, 0)]:
        if isinstance(each, Loop):
            yield _into(place, each, [*each.body, node])


def _with_last_inner(statement: ast.stmt) -> Iterator[ast.For | ast.While]:
    """A loop, the loop that ends it, and so on; none if the statement is no loop."""
    while isinstance(statement, Loop):
        yield statement
        statement = statement.body[-1]


def _into(place: Place, loop: ast.For | ast.While, inside: list[ast.stmt]) -> Repair:
    """The changes that remove the line, and put it among these statements of the loop."""
    nothing = ast.copy_location(ast.Pass(), place.node)
    changes = (_instead(place, place.position, nothing), Change(loop, "body", inside))
    return Repair("outside-the-loop", changes, place)
