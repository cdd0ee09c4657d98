"""The variables before a training loop."""

import ast
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.loops.find import loops_in
from gradcheck.homework.understanding.loops.loop_names import names_before
from tests.gradcheck.homework.students import caller

FUNCTION = """
def train(X, y, n_hidden, rate, epochs, scale=factor * 2, verbose=True{more}):
    W = np.ones((X.shape[1], n_hidden))
    for k in range(epochs):
        W -= rate
"""


def before(code: str, names: dict[str, Any] | None = None, **asked: Any) -> list[dict[str, Any]]:
    (loop,) = loops_in(ast.parse(code))
    given = {"np": np, **(names or {})}
    return [*names_before(loop, given, Asked(**asked), caller())]


def test_a_script_has_its_variables_once() -> None:
    (own,) = before("a = 3\nw = np.ones(a)\nfor k in range(9):\n    w -= 1\n")
    assert own["w"].shape == (3,)


def test_what_an_earlier_run_of_the_loop_left_is_gone() -> None:
    code = "w = 1\nfor k in range(9):\n    d = w\n    w -= d\n"
    (own,) = before(code, {"d": 5, "other": 6})
    assert "d" not in own
    assert own["other"] == 6


def test_a_definition_that_fails_is_left_out() -> None:
    (own,) = before("a = missing\nb = 2\nfor k in x:\n    w -= 1\n")
    assert own["b"] == 2
    assert "a" not in own


def test_the_arguments_of_a_function_have_values_by_their_names() -> None:
    found = before(FUNCTION.format(more=""), {"factor": 4}, sizes=(5, 3, 2))
    assert [own["X"].shape for own in found] == [(10, 5), (10, 5), (5, 10), (5, 10)]
    own = found[0]
    assert own["y"].shape == (10, 2)
    assert (own["n_hidden"], own["epochs"], own["scale"]) == (3, 1, 8)
    assert own["W"].shape == (5, 3)
    np.testing.assert_array_equal(own["X"], Asked().mini_batch((5, 3, 2)).inputs.T)


def test_usual_sizes_have_several_outputs_or_one() -> None:
    found = before(FUNCTION.format(more=""), {"factor": 4})
    assert {np.shape(own["y"]) for own in found} >= {(10, 4), (10, 1)}


def test_an_argument_without_a_meaning_makes_the_loop_unknown() -> None:
    assert before(FUNCTION.format(more=", *, temper"), {"factor": 4})
    assert before("def f(X, temper):\n    for k in X:\n        w -= 1\n") == []
    assert before(FUNCTION.format(more="")) == []  # the default needs a variable
