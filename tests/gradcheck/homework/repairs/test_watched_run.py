"""Which lines ran, and what the names there stood for."""

import ast
from pathlib import Path
from typing import Any

import numpy as np

from gradcheck.homework.repairs.watched_run import ran, watched

CODE = """
scale = 2.0
def backward(x, kind):
    if kind == "relu":
        first = x * scale
        return first
    second = {"a": x, "text": "b"}
    return second
"""


def test_lines_and_names_of_all_calls_are_kept() -> None:
    names: dict[str, Any] = {}
    exec(compile(CODE, "watched.py", "exec"), names)

    def call() -> None:
        names["backward"](np.ones(3), "relu")

    def both() -> None:
        call()
        names["backward"](np.ones(3), "tanh")

    once, twice = (watched(each, [Path("watched.py")]) for each in (call, both))
    assert once.lines["watched.py"] == {4, 5, 6}
    assert twice.lines["watched.py"] == {4, 5, 6, 7, 8}
    scope = twice.scopes["watched.py", "backward", 3]
    assert {"x", "first", "scale", "second['a']"} <= set(scope.values())
    assert "second['a']" not in once.scopes["watched.py", "backward", 3].values()


def test_only_plain_expressions_are_evaluated() -> None:
    names: dict[str, Any] = {}
    exec(compile(CODE, "watched.py", "exec"), names)
    run = watched(lambda: names["backward"](np.ones(3), "relu"), [Path("watched.py")])
    scope = run.scopes["watched.py", "backward", 3]
    for text, value in (("len(x) * scale", 6.0), ("x.shape[0]", 3), ("print(x)", None)):
        assert scope.value_of(ast.parse(text, mode="eval").body) == value


def test_a_statement_ran_if_one_of_its_lines_did_and_a_loop_if_its_first_one_did() -> None:
    long, loop = ast.parse("y = (\n    1\n)\nfor k in y:\n    z = k\n").body
    assert ran(long, {2})
    assert not ran(long, {4})
    assert ran(loop, {4})
    assert not ran(loop, {5})
