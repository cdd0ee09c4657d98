"""Whether one call of a student's function makes many steps, with a number of its own."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.leaves import scalars_of
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.by_trying.refusals import NoGradient
from gradcheck.homework.understanding.by_trying.steps import ROUNDS_NAME, Steps

__all__ = ["expect_one_step"]

MANY = 20  # rounds of a loop: more than a small network has layers or a mini-batch has examples


def expect_one_step(steps: Steps, code: Code) -> None:
    """Check that one call can be one step: steps that fit no cost may be sums of many.

    Args:
        steps: which fit no cost.
        code: whose steps they are.

    Raises:
        NoGradient: a function repeats its step, and no argument or attribute says how often.

    """
    held = {
        path.last for path in scalars_of(code.root, lambda name: bool(ROUNDS_NAME.fullmatch(name)))
    }
    for name in steps.names:
        function = code.function(name)
        if any(role is Role.ROUNDS for role, _ in roles_in(function).values()):
            continue
        if any(_repeats(loop, held) for loop in _loops(function)):
            raise NoGradient(
                f"{name} makes many steps in one call, and takes no number of epochs; make it an "
                "argument, such as epochs"
            )


def _loops(function: Callable[..., Any]) -> list[ast.For | ast.While]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return []
    return [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.While)]


def _repeats(loop: ast.For | ast.While, held: set[str]) -> bool:
    """Whether a loop is one over epochs, and the object does not hold their number."""
    if isinstance(loop, ast.While):
        return True
    match loop.iter:
        case ast.Call(func=ast.Name(id="range"), args=[*_, ast.Constant(value=int(number))]):
            return number >= MANY
        case ast.Call(func=ast.Name(id="range"), args=[*_, ast.Name(id=name)]):
            return role_of(name) is Role.ROUNDS
        case ast.Call(func=ast.Name(id="range"), args=[*_, ast.Attribute(attr=name)]):
            return role_of(name) is Role.ROUNDS and name not in held
    return False
