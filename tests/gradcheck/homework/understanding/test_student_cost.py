"""A cost is one number, whatever it was wrapped in."""

import warnings
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.student_cost import StudentCost, one_number


@pytest.mark.parametrize("cost", [0.5, np.float32(0.5), np.array([[0.5]]), [0.5], np.array(0.5)])
def test_a_number_is_unwrapped(cost: Any) -> None:
    assert one_number(cost, "cost(a, y)") == 0.5
    assert isinstance(one_number(cost, "cost(a, y)"), float)


def test_a_complex_number_stays_complex() -> None:
    assert one_number(np.array([0.5 + 1e-20j]), "cost(a, y)") == 0.5 + 1e-20j


@pytest.mark.parametrize(
    ("cost", "found"),
    [
        (None, "cost(a, y) returned None"),
        (True, "cost(a, y) returned True"),
        ("0.5", "cost(a, y) returned an object of type str"),
        (np.array([]), "cost(a, y) returned an object of type ndarray"),
        (np.ones((3, 1)), "cost(a, y) returned shape (3, 1)"),
    ],
    ids=["None", "True", "text", "nothing", "three numbers"],
)
def test_what_is_no_number(cost: Any, found: str) -> None:
    with pytest.raises(StudentError) as error:
        one_number(cost, "cost(a, y)")
    assert error.value.line == f"{found}; it should return one number"


def test_warnings_of_numpy_are_not_shown() -> None:
    cost = StudentCost("overflow", lambda: np.exp(np.float64(1000.0)), 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert cost.value() == np.inf
        with pytest.raises(RuntimeWarning):
            cost.evaluate()
