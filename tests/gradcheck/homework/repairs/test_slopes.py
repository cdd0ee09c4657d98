"""Derivatives of activation functions in the place of none, or of wrong ones."""

import numpy as np

from gradcheck.homework.repairs.slope_formulas import SLOPE_CALL
from gradcheck.homework.repairs.slopes import missing_slopes, softmax_slopes, wrong_slopes
from tests.gradcheck.homework.repairs.places import line_with

X, G, W = np.linspace(-1.0, 1.0, 8).reshape(4, 2), np.ones((4, 3)), np.ones((2, 3))
A = np.linspace(0.1, 0.9, 12).reshape(4, 3)
MISSING, WRONG = {"missing-activation-derivative"}, {"wrong-activation-derivative"}


def test_a_factor_of_a_product_lacks_a_derivative() -> None:
    found = line_with(missing_slopes, "dw = x.T @ g", x=X, g=A, a=A)
    assert found[f"dw = x.T @ (g * {SLOPE_CALL}(a))"] == MISSING
    assert set().union(*found.values()) == MISSING


def test_a_result_lacks_a_derivative_of_its_shape_only() -> None:
    found = line_with(missing_slopes, "dz = g + 0", g=A, a=A, x=X)
    assert f"dz = (g + 0) * {SLOPE_CALL}(a)" in found
    assert f"dz = (g + 0) * {SLOPE_CALL}(x)" not in found


def test_no_derivative_is_taken_at_targets() -> None:
    labels = np.eye(3)[[0, 1, 2, 0]]
    found = line_with(missing_slopes, "dz = g + 0", g=A, labels=labels)
    assert found
    assert not any("labels" in text for text in found)


def test_a_derivative_in_the_place_of_a_factor() -> None:
    found = line_with(wrong_slopes, "dz = g * (1 - a)", g=A, a=A)
    assert found[f"dz = g * {SLOPE_CALL}(a)"] == WRONG


def test_two_factors_that_are_one_derivative() -> None:
    found = line_with(wrong_slopes, "dz = g * a * (1 + a)", g=A, a=A)
    assert f"dz = g * {SLOPE_CALL}(a)" in found


def test_what_a_derivative_function_returns() -> None:
    found = line_with(wrong_slopes, "return 1 - a", a=A)
    assert found[f"return {SLOPE_CALL}(a)"] == WRONG
    assert not line_with(wrong_slopes, "d = 1 - a", a=A)


def test_softmax_is_no_function_of_each_entry_alone() -> None:
    found = line_with(softmax_slopes, "dz = p * g", p=A, g=G)
    (change,) = (text for text in found if text.startswith("dz = p * (g - ") and "(-1," in text)
    dz = eval(change.removeprefix("dz = "), {"p": A, "g": A})
    jacobian = [np.diag(row) - np.outer(row, row) for row in A]
    wanted = [matrix @ row for matrix, row in zip(jacobian, A, strict=True)]
    np.testing.assert_allclose(dz, wanted)
    assert not line_with(softmax_slopes, "dz = p + g", p=A, g=G)
