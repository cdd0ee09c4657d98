"""A loop made to run once."""

import ast

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from tests.gradcheck.homework.understanding.loops.scripts import first_pass, passes_in


def test_a_loop_runs_once_on_copies() -> None:
    one = first_pass("for k in range(5):\n    w -= 1\n    n = k\n", "w = np.zeros(2)\n")
    after = one.run()
    np.testing.assert_array_equal(after["w"], [-1.0, -1.0])
    assert after["n"] == 0
    np.testing.assert_array_equal(one.names["w"], [0.0, 0.0])


def test_a_while_loop_runs_once_too() -> None:
    one = first_pass("while w > -9:\n    w -= 1\n", "w = 0\n")
    assert one.run()["w"] == -1


def test_variables_can_be_set_before_a_pass() -> None:
    one = first_pass("for k in range(5):\n    w -= rate\n", "w, rate = 0, 1\n")
    assert one.run(changed={"rate": 3})["w"] == -3
    assert one.run({"w": 10, "rate": 1})["w"] == 9


def test_inner_loops_are_whole_and_then_run_once() -> None:
    loop = "for k in range(5):\n    for x in [1, 10]:\n        w -= x\n"
    assert [each.run()["w"] for each in passes_in(loop, "w = 0\n")] == [-11, -1]
    assert len(passes_in("for k in range(5):\n    w -= 1\n", "w = 0\n")) == 1


def test_what_only_prints_and_returns_is_left_out() -> None:
    loop = """
for k in range(5):
    w -= 1
    if w < 0:
        print(missing)
    with lock:
        plt.plot(missing)
"""
    one = first_pass(loop, "import contextlib\nw, lock = 0, contextlib.nullcontext()\n")
    assert one.run()["w"] == -1
    assert "print" in ast.unparse(one.body)


def test_each_pass_draws_the_same_random_numbers() -> None:
    one = first_pass("for k in range(5):\n    w -= np.random.rand()\n", "w = 0\n")
    assert one.run()["w"] == one.run()["w"]


def test_what_goes_wrong_is_told() -> None:
    with pytest.raises(StudentError, match="one pass of the loop raised NameError"):
        first_pass("for k in range(5):\n    w -= missing\n", "w = 0\n").run()
    with pytest.raises(StudentError, match="the loop goes through nothing: is a data file missing"):
        first_pass("for k in []:\n    w -= 1\n", "w = 0\n").run()
