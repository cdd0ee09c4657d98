"""A loop made to run once, on copies of all variables."""

import ast
import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from types import FunctionType
from typing import Any

import numpy as np

from gradcheck.homework.repairs.code_units import LOOP_TREE
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller
from gradcheck.homework.understanding.by_trying.module_code import copied_names

__all__ = ["OnePass", "passes_of"]

# Calls for their effect alone: they print and plot.
QUIET = ("print", "plt", "pyplot", "sys", "time", "tqdm", "logging", "logger", "ax", "fig", "os")
ONE_ROUND = ast.Tuple([ast.Constant(0)], ast.Load())
FIRST = "_first_of"  # the name of a function in the loop, which gives one element


@dataclass(frozen=True, eq=False)
class OnePass:
    """One pass of a loop.

    Attributes:
        template: holds the code of the pass. A search for repairs puts other code into it, as it
            does with functions; ``LOOP_TREE`` among its attributes is the syntax tree.
        name: of the loop, for messages.
        names: the variables before it.
        caller: guards the run.
        seed: set before each pass.
        body: the loop as it is written, to find its variables.
        place: position of the element that a pass uses: 0 for the first that the loop goes through,
            -1 for the last.

    """

    template: FunctionType = field(repr=False)
    name: str
    names: Mapping[str, Any] = field(repr=False)
    caller: Caller
    seed: int
    body: ast.Module = field(repr=False)
    place: int = 0

    def run(
        self, names: Mapping[str, Any] | None = None, changed: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The variables after a pass.

        Args:
            names: before it; those of the file if none are given. They are not changed.
            changed: variables that are set before; None for none.

        Raises:
            StudentError: the pass raised something.

        """
        own = copied_names(self.names if names is None else names)
        own.update(changed or {})
        own.update(self.template.__globals__)
        own[FIRST] = partial(_one_of, self.place)
        seed_generators(self.seed)
        with self.caller.calling(f"one pass of {self.name}", quietly=True):
            exec(self.template.__code__, own)
        return own


def passes_of(
    loop: ast.For | ast.While, name: str, names: Mapping[str, Any], caller: Caller, seed: int
) -> list[OnePass]:
    """The loop once with its inner loops whole; and once with one round of each of them.

    Args:
        loop: the statement.
        name: of it, for messages.
        names: the variables before it.
        caller: guards the runs.
        seed: of random numbers.

    """
    found = []
    for inner_once in (False, True):
        own = copy.deepcopy(loop)
        if inner_once:
            if not any(isinstance(each, ast.For) for each in ast.walk(own) if each is not own):
                break
            own.body = [_Once().visit(each) for each in own.body]
        once = ast.For(
            target=own.target if isinstance(own, ast.For) else ast.Name("_round", ast.Store()),
            iter=_call(own.iter) if isinstance(own, ast.For) else ONE_ROUND,
            body=_kept(own.body) or [ast.Pass()],
            orelse=[],
        )
        module = ast.fix_missing_locations(ast.Module([once], type_ignores=[]))
        try:
            code = compile(module, str(caller.path), "exec", dont_inherit=True)
        except SyntaxError:  # such as a return, in a loop of a function
            continue
        template = FunctionType(code, {})
        vars(template)[LOOP_TREE] = module
        found.append(OnePass(template, name, names, caller, seed, ast.Module([loop], [])))
    return found


def _one_of(place: int, values: Any) -> list[Any]:
    """A list with the first or the last element that a loop goes through.

    Raises:
        ValueError: there is none.

    """
    if place and isinstance(values, range | list | tuple | np.ndarray) and len(values):
        return [values[place]]
    for each in values:
        return [each]
    raise ValueError("the loop goes through nothing: is a data file missing?")


def _call(values: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(FIRST, ast.Load()), [values], [])


class _Once(ast.NodeTransformer):
    """Inner loops that go through examples go through the first one only."""

    def visit_For(self, node: ast.For) -> ast.For:
        self.generic_visit(node)
        node.iter = _call(node.iter)
        return node


def _kept(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements without those that only print or plot, and without a return."""
    found: list[ast.stmt] = []
    for statement in body:
        if isinstance(statement, ast.Return) or _is_quiet(statement):
            continue
        if isinstance(statement, ast.If):
            statement.body = _kept(statement.body) or [ast.Pass()]
            statement.orelse = _kept(statement.orelse)
        elif isinstance(statement, ast.For | ast.While | ast.With):
            statement.body = _kept(statement.body) or [ast.Pass()]
        found.append(statement)
    return found


def _is_quiet(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    return ast.unparse(statement.value.func).partition(".")[0] in QUIET
