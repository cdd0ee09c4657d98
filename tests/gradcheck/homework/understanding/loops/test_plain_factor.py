"""The constant that a measured factor stands for."""

import ast

import numpy as np
import pytest

from gradcheck.homework.understanding.loops.plain_factor import plain_factor

BODY = ast.parse("d = out - y")
AFTER = {"out": np.ones((6, 3)), "y": np.ones((6, 3)), "X": np.ones((6, 2))}


@pytest.mark.parametrize(
    ("factor", "plain"), [(1.0, 1.0), (2.0, 2.0), (6.0, 6.0), (1 / 18, 1 / 18), (2 / 3, 2 / 3)]
)
def test_numbers_of_examples_and_outputs_with_a_two(factor: float, plain: float) -> None:
    found = plain_factor(factor * (1 + 1e-7), BODY, AFTER, has_rate=True)
    assert found == pytest.approx(plain, rel=1e-12)


@pytest.mark.parametrize("factor", [1.1, 7.0, 0.3])
def test_other_numbers_are_no_such_constant(factor: float) -> None:
    assert plain_factor(factor, BODY, AFTER, has_rate=True) is None


def test_where_no_variable_holds_the_rate_it_has_few_digits() -> None:
    assert plain_factor(0.05 * 6, BODY, AFTER, has_rate=False) == pytest.approx(0.3)
    assert plain_factor(0.0512345, BODY, AFTER, has_rate=False) is None


def test_without_outputs_the_examples_are_still_counted() -> None:
    assert plain_factor(6.0, ast.parse("pass"), AFTER, has_rate=True) == 6.0
    assert plain_factor(7.0, ast.parse("pass"), AFTER, has_rate=True) is None
