"""Changes of signs, factors, terms and powers."""

import numpy as np
import pytest

from gradcheck.homework.repairs.operators import (
    SLOPE,
    dropped_factors,
    dropped_terms,
    powers,
    signs,
)
from gradcheck.homework.repairs.repair import Sizes
from tests.gradcheck.homework.repairs.places import changed_by, line_with, places_in

G, Z = np.ones(3), np.arange(3.0)
FLIPPED = {"sign-flipped"}


def test_every_sign_is_turned() -> None:
    found = line_with(signs, "d = a - b", a=G, b=Z)
    assert found == dict.fromkeys(("d = b - a", "d = a + b", "d = -(a - b)"), FLIPPED)
    assert line_with(signs, "d = -a", a=G) == dict.fromkeys(("d = a", "d = --a"), FLIPPED)
    assert "d -= a" in line_with(signs, "d += a", d=Z, a=G)


def test_a_negative_index_has_no_sign() -> None:
    found = line_with(signs, "d = a[-1]", a=G)
    assert found == {"d = -a[-1]": FLIPPED}


@pytest.mark.parametrize(
    ("line", "change", "cause"),
    [
        ("d = g * n", "d = g", "not-divided-by-batch"),
        ("d = g / n", "d = g", "divided-twice"),
        ("d = 2 * g", "d = g", "factor-two"),
        ("d = g / 2", "d = g", "factor-half"),
        ("d = -1 * g", "d = g", "sign-flipped"),
        ("d = g / k", "d = g", "mean-for-sum"),
        ("d = g * k", "d = g", "sum-for-mean"),
        ("d = g * 1.7", "d = g", "constant-factor"),
        ("d = g * (1 - z ** 2)", "d = g", "derivative-twice"),
        ("d = g * z", "d = g", "factor-too-many"),
        ("d = g * z", "d = z", "factor-too-many"),
        ("d = g * (n > 1)", "d = g", "part-left-out"),
        ("d = np.multiply(g, z)", "d = g", "factor-too-many"),
        ("d = np.divide(g, n)", "d = g", "divided-twice"),
        ("g *= n", "g *= 1.0", "not-divided-by-batch"),
        ("g /= n", "g /= 1.0", "divided-twice"),
    ],
)
def test_a_factor_less_has_the_name_of_its_mistake(line: str, change: str, cause: str) -> None:
    found = line_with(dropped_factors, line, sizes=Sizes((7,)), g=G, z=Z, n=7, k=5, np=np)
    assert found[change] == {cause}


def test_two_factors_are_dropped_together() -> None:
    found = line_with(dropped_factors, "d = g * z * (1 - z)", g=G, z=Z)
    assert {"d = g", "d = g * (1 - z)", "d = g * z", "d = 1 - z"} <= set(found)


def test_the_divisor_alone_is_no_quotient() -> None:
    assert set(line_with(dropped_factors, "d = g / n", g=G, n=7)) == {"d = g"}


def test_a_term_less() -> None:
    assert line_with(dropped_terms, "d = g + r", g=G, r=Z) == {
        "d = g": {"term-too-many"},
        "d = r": {"term-too-many"},
    }
    assert set(line_with(dropped_terms, "d = g - r", g=G, r=Z)) == {"d = g", "d = -r"}
    assert line_with(dropped_terms, "g += r", g=G, r=Z) == {"g += 0.0": {"term-too-many"}}


def test_a_number_beside_the_stop_of_a_loop_leaves_a_part_out() -> None:
    places = places_in("def backward(n):\n    for k in range(n - 1):\n        d = k\n", 4)
    assert changed_by(dropped_terms, places)["for k in range(n):"] == {"part-left-out"}
    assert line_with(dropped_terms, "d = x[:n - 1]", x=Z, n=2)["d = x[:n]"] == {"part-left-out"}


def test_powers_and_quotients() -> None:
    found = line_with(powers, "d = g * z ** 2", g=G, z=Z)
    cause = {"wrong-activation-derivative"}
    assert found["d = g / z ** 2"] == {"wrong-operator"}
    assert {text: found[text] for text in ("d = g * z", "d = g * z ** 3", "d = g * z ** 1")} == {
        "d = g * z": cause,
        "d = g * z ** 3": cause,
        "d = g * z ** 1": cause,
    }
    assert line_with(powers, "return z", z=Z) == {"return z ** 2": cause}


def test_a_square_of_a_derivative_is_a_derivative_twice() -> None:
    found = line_with(powers, "d = g * (1 - z) ** 2", g=G, z=Z)
    assert found["d = g * (1 - z)"] == {"derivative-twice"}
    assert "derivative-twice" not in found["d = g * (1 - z) ** 3"]


def test_in_a_layer_that_normalises_a_power_is_no_derivative() -> None:
    assert line_with(powers, "d = g / var", g=G, var=Z + 1)["d = g / var ** 2"] == {"wrong-power"}


@pytest.mark.parametrize("text", ["1 - a ** 2", "sigmoid_prime(z)", "z > 0", "dtanh(z)", "slope"])
def test_derivatives_are_told_by_their_text(text: str) -> None:
    assert SLOPE.search(text)


@pytest.mark.parametrize("text", ["x @ w", "scale", "x[0]"])
def test_other_factors_are_no_derivatives(text: str) -> None:
    assert not SLOPE.search(text)
