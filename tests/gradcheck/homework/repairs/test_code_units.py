"""Code that is replaced while Python runs, and put back."""

import ast
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from gradcheck.homework.repairs.change import Change, made
from gradcheck.homework.repairs.code_units import LOOP_TREE, units_of

CODE = """
import math

def outer(x):
    def inner(y):
        return math.sqrt(y) + 1
    return inner(x)

class Layer:
    def scaled(self, x):
        return x * 2

pair = (lambda x: x * 2, lambda x: x * 2)
"""


@pytest.fixture
def names() -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "student"}
    exec(compile(CODE, "student.py", "exec"), names)
    names["outer"](4.0)  # Python adapts code that has run
    return names


def with_three(tree: ast.AST) -> list[Change]:
    constants = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int)
    ]
    return [Change(node, "value", 3) for node in constants]


def test_functions_methods_and_lambdas_run_other_code_for_a_while(names: dict[str, Any]) -> None:
    units = units_of(Path("student.py"), ast.parse(CODE))
    calls = [names["outer"], names["Layer"]().scaled, *names["pair"]]
    assert len(units) == len(calls)
    for unit, call in zip(units, calls, strict=True):
        before = call(4.0)
        with made(with_three(unit.holder)):
            unit.run_from_now(unit.compiled())
        assert call(4.0) != before
        unit.run_as_before()
        assert call(4.0) == before


def test_lambdas_of_one_line_are_told_apart(names: dict[str, Any]) -> None:
    unit = units_of(Path("student.py"), ast.parse(CODE))[-1]
    with made(with_three(unit.holder)):
        unit.run_from_now(unit.compiled())
    assert [each(4.0) for each in names["pair"]] == [8.0, 12.0]
    unit.run_as_before()


def test_code_with_other_variables_from_around_is_not_taken(names: dict[str, Any]) -> None:
    (unit, *_) = units_of(Path("student.py"), ast.parse(CODE))
    unit.run_from_now([])
    assert names["outer"](4.0) == 3.0


def test_a_loop_that_a_function_holds_is_a_unit_too() -> None:
    tree = ast.parse("for k in [1]:\n    total = 2 + k\n")
    template = FunctionType(compile(tree, "loop.py", "exec"), {})
    vars(template)[LOOP_TREE] = tree
    (unit,) = units_of(Path("loop.py"), ast.parse(""))
    (change,) = [
        Change(each, "value", 5)
        for each in ast.walk(tree)
        if isinstance(each, ast.Constant) and each.value == 2
    ]
    with made([change]):
        unit.run_from_now(unit.compiled())
    found: dict[str, Any] = {}
    exec(template.__code__, found)
    assert found["total"] == 6
    unit.run_as_before()
    exec(template.__code__, found)
    assert found["total"] == 3
