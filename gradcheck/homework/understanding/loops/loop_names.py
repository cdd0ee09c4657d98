"""The variables before a training loop: those of the file, of its function, and examples."""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.loading.definitions import is_plain
from gradcheck.homework.loading.time_limit import stopped_after
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of
from gradcheck.homework.understanding.by_trying.handover import HANDOVERS
from gradcheck.homework.understanding.by_trying.module_code import copied_names
from gradcheck.homework.understanding.by_trying.steps import RATE
from gradcheck.homework.understanding.constructor import USUAL_NETWORKS
from gradcheck.homework.understanding.loops.find import FoundLoop
from gradcheck.homework.understanding.size_names import size_meant

__all__ = ["names_before"]

SECONDS = 2.0  # for one statement before the loop
WAYS = [each for each in HANDOVERS if each.whole and not each.is_list]


def names_before(
    found: FoundLoop, names: Mapping[str, Any], asked: Asked, caller: Caller
) -> Iterator[dict[str, Any]]:
    """The variables before a loop: once for a script; else once for each form of the examples.

    Args:
        found: the loop.
        names: of the module.
        asked: sizes and seed.
        caller: guards the runs.

    """
    for given in _given(found, names, asked):
        own = copied_names(names)
        for name in _left_by_loop(found) & set(own):
            del own[name]  # what an earlier run of the file left is no variable before the loop
        own.update(given)
        seed_generators(asked.seed)
        for statement in found.before:
            seconds = None if is_plain(statement) else SECONDS
            code = compile(ast.Module([statement], type_ignores=[]), str(caller.path), "exec")
            try:
                with (
                    caller.calling(f"line {statement.lineno}", quietly=True),
                    stopped_after(seconds),
                ):
                    exec(code, own)
            except StudentError:
                continue  # what a definition lacks, the loop will miss
        yield own


def _left_by_loop(found: FoundLoop) -> set[str]:
    """The variables that the loop assigns again in each round."""
    updated, assigned = set[str](), set[str]()
    for node in ast.walk(found.loop):
        if isinstance(node, ast.Assign):
            used = {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
            stored = {each.id for target in node.targets for each in _names(target)}
            assigned |= stored
            updated |= stored & used
        elif isinstance(node, ast.AugAssign):
            updated |= {each.id for each in _names(node.target)}
    plain = (each for each in found.before if not isinstance(each, ast.FunctionDef))
    before = {each.id for statement in plain for each in _names(statement)}
    return assigned - updated - before


def _names(node: ast.AST) -> list[ast.Name]:
    return [each for each in ast.walk(node) if isinstance(each, ast.Name)]


def _given(found: FoundLoop, names: Mapping[str, Any], asked: Asked) -> Iterator[dict[str, Any]]:
    """Values for the arguments of the function that the loop is in."""
    if not found.function:
        yield {}
        return
    needs_examples = any(role_of(name) in (Role.INPUTS, Role.TARGETS) for name in found.arguments)
    for sizes in USUAL_NETWORKS if asked.sizes is None else (asked.sizes,):
        for way in WAYS if needs_examples else WAYS[:1]:
            ((x, y),) = way.pieces(asked.mini_batch(sizes))
            told = {Role.INPUTS: x, Role.TARGETS: y, Role.RATE: RATE, Role.ROUNDS: 1}
            values = {
                name: _value(name, default, told, sizes, names)
                for name, default in found.arguments.items()
            }
            if all(value is not _UNKNOWN for value in values.values()):
                yield values


_UNKNOWN = object()


def _value(
    name: str,
    default: ast.expr | None,
    told: Mapping[Role, Any],
    sizes: tuple[int, ...],
    names: Mapping[str, Any],
) -> Any:
    """The value of one argument; ``_UNKNOWN`` if it has no known meaning."""
    size = size_meant(name)
    if size is not None and (default is None or size == "hidden"):
        return {
            "layers": [*sizes],
            "input": sizes[0],
            "hidden": sizes[1],
            "output": sizes[-1],
        }[size]
    role = role_of(name)
    if role is not None and role in told:
        value = told[role]
        return np.array(value) if isinstance(value, np.ndarray) else value
    if default is not None:
        try:
            return eval(compile(ast.Expression(default), "<default>", "eval"), dict(names))
        except Exception:  # a default that only the student's own run can compute
            return _UNKNOWN
    return False if role is Role.SWITCH else _UNKNOWN
