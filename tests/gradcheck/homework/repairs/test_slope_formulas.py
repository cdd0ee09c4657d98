"""The derivatives of activation functions, and their formulas in code that is quoted."""

import numpy as np
import pytest

from gradcheck.homework.repairs.slope_formulas import SLOPE_CALL, SLOPES, slope_text


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
