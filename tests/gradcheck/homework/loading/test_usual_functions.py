"""The functions of courses compute what their names say."""

import numpy as np
import pytest

from gradcheck.homework.loading.usual_functions import USUAL_FUNCTIONS


def test_the_usual_cross_entropy_takes_both_kinds_of_targets() -> None:
    error = USUAL_FUNCTIONS["cross_entropy_error"]
    shares = np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]])
    expected = -(np.log(0.25 + 1e-7) + np.log(0.8 + 1e-7)) / 2
    assert error(shares, np.array([2, 1])) == pytest.approx(expected, rel=1e-12)
    one_hot = np.array([[0, 0, 1], [0, 1, 0]])
    assert error(shares, one_hot) == pytest.approx(expected, rel=1e-12)
    assert error(shares[0], one_hot[0]) == pytest.approx(-np.log(0.25 + 1e-7), rel=1e-12)


@pytest.mark.parametrize("name", ["sigmoid", "relu"])
def test_slopes_are_those_of_the_functions(name: str) -> None:
    x, step = np.array([-0.7, 0.3, 2.0]), 1e-6
    function, slope = USUAL_FUNCTIONS[name], USUAL_FUNCTIONS[f"{name}_grad"]
    measured = (function(x + step) - function(x - step)) / (2 * step)
    assert slope(x) == pytest.approx(measured, rel=1e-6)


def test_softmax_goes_along_the_rows_and_does_not_overflow() -> None:
    softmax = USUAL_FUNCTIONS["softmax"]
    rows = softmax(np.array([[1000.0, 1000.0], [0.0, np.log(3.0)]]))
    assert rows == pytest.approx(np.array([[0.5, 0.5], [0.25, 0.75]]))
    assert softmax(np.zeros(4)) == pytest.approx(np.full(4, 0.25))


def test_the_squared_error_is_half_the_sum() -> None:
    assert USUAL_FUNCTIONS["mean_squared_error"](np.array([1.0, 3.0]), np.zeros(2)) == 5.0


def test_each_function_has_its_own_name() -> None:
    assert all(function.__name__ == name for name, function in USUAL_FUNCTIONS.items())
    assert USUAL_FUNCTIONS["identity_function"](3) == 3
