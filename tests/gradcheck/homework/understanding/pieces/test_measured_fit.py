"""A part is compared with central differences before it is reported."""

from collections.abc import Callable

import numpy as np
import pytest

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pieces.measured_fit import MeasuredFit, measured_fit

X = np.array([[0.3, -1.2, 0.7], [1.1, 0.4, -0.6]])
ARRIVING = np.array([[1.0, -0.5, 2.0], [0.25, 1.5, -1.0]])


def fit(claim: Callable[[Values], np.ndarray], power: int = 3) -> MeasuredFit:
    part = Part(
        name="cube",
        arrays=(NamedArray("x", X, is_input=True),),
        cost=PartCost("cost", lambda values: np.sum(ARRIVING * values[0] ** power)),
        claims_at=lambda values: [NamedGradients("", False, [claim(values)])],
    )
    return measured_fit(part, 0)


def test_a_right_gradient_fits() -> None:
    found = fit(lambda values: 3 * ARRIVING * values[0] ** 2)
    assert found.is_right
    assert not found.is_surely_wrong([True], [2])


def test_a_wrong_gradient_is_surely_wrong() -> None:
    found = fit(lambda values: 3 * ARRIVING * values[0])
    assert not found.is_right
    assert found.is_surely_wrong([True], [2])


@pytest.mark.parametrize(("factor", "is_input", "wrong"), [(2, True, False), (4, True, True),
                                                           (4, False, False)])  # fmt: skip
def test_a_factor_is_wrong_only_of_an_input_and_if_it_is_no_count(
    factor: float, is_input: bool, wrong: bool
) -> None:
    found = fit(lambda values: factor * 3 * ARRIVING * values[0] ** 2)
    assert found.is_surely_wrong([is_input], [2]) is wrong
    assert found.is_right_by_factor


@pytest.mark.parametrize(
    ("factor", "is_count"),
    [(4.0, True), (1 / 3, True), (2.0, False), (0.5, False), (3.5, False), (-4.0, False)],
)
def test_a_factor_that_may_count_examples_or_outputs(factor: float, is_count: bool) -> None:
    found = fit(lambda values: factor * 3 * ARRIVING * values[0] ** 2)
    assert found.is_right_by_a_count is is_count


def test_a_backward_that_leaves_a_derivative_to_the_cost_is_not_surely_wrong() -> None:
    found = fit(lambda _: ARRIVING.copy())
    assert found.left_out
    assert not found.is_surely_wrong([True], [2])


def test_a_linear_function_with_a_wrong_gradient_leaves_nothing_out() -> None:
    assert fit(lambda _: ARRIVING**2, power=1).is_surely_wrong([True], [2])


def test_a_gradient_that_is_drawn_cannot_be_compared() -> None:
    generator = np.random.default_rng(0)
    with pytest.raises(StudentError, match="not the same each time"):
        fit(lambda values: generator.random(values[0].shape))
