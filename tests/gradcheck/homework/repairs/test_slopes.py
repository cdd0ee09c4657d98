"""Derivatives of activation functions in the place of none, or of wrong ones."""

import numpy as np
import pytest

from gradcheck.homework.repairs.slopes import (
    SLOPE_CALL,
    SLOPES,
    missing_slopes,
    slope_text,
    softmax_slopes,
    wrong_slopes,
)
from tests.gradcheck.homework.repairs.places import line_with

X, G, W = np.linspace(-1.0, 1.0, 8).reshape(4, 2), np.ones((4, 3)), np.ones((2, 3))
A = np.linspace(0.1, 0.9, 12).reshape(4, 3)
MISSING, WRONG = {"missing-activation-derivative"}, {"wrong-activation-derivative"}


@pytest.mark.parametrize(
    "position", [k for k, slope in enumerate(SLOPES) if not slope.text.startswith("[")]
)
def test_each_formula_is_what_its_text_says(position: int) -> None:
    slope, a = SLOPES[position], np.linspace(0.05, 0.95, 7)
    names = {"x": a, "exp": np.exp, "where": np.where}
    np.testing.assert_allclose(slope.of(a), eval(slope.text, names), rtol=1e-12)


def test_the_first_slopes_are_those_of_activations_in_terms_of_the_activation() -> None:
    z = np.linspace(-2.0, 2.0, 7)
    by_text = {slope.text: slope.of for slope in SLOPES}
    sigmoid = 1.0 / (1.0 + np.exp(-z))
    np.testing.assert_allclose(
        by_text["x * (1 - x)"](sigmoid), by_text["[derivative of sigmoid at x]"](z), atol=1e-9
    )
    np.testing.assert_allclose(
        by_text["(1 - x ** 2)"](np.tanh(z)), by_text["[derivative of tanh at x]"](z), atol=1e-9
    )


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


def test_the_formula_stands_where_our_function_is_called() -> None:
    text = f"d = g * {SLOPE_CALL}(f(z))"
    assert slope_text(text, 0) == "d = g * f(z) * (1 - f(z))"
    assert slope_text(text, None) == text
    assert slope_text("exp = x", 0) == "exp = x"


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("d = g / {}(a)", "d = g / (a * (1 - a))"),
        ("d = x.T @ {}(a)", "d = x.T @ (a * (1 - a))"),
        ("d = {}(a) @ w", "d = (a * (1 - a)) @ w"),
        ("d = {}(a) ** 2", "d = (a * (1 - a)) ** 2"),
        ("d = {}(a).T", "d = (a * (1 - a)).T"),
        ("d = {}(c[k(f(1))]) * g", "d = c[k(f(1))] * (1 - c[k(f(1))]) * g"),
        ("d = {0}(a) + {0}(b)", "d = a * (1 - a) + b * (1 - b)"),
    ],
)
def test_the_formula_means_what_the_call_does(text: str, formula: str) -> None:
    assert slope_text(text.format(SLOPE_CALL), 0) == formula
