"""Activation functions that students use, and formulas that are no derivative of theirs."""

import numpy as np
import pytest

from gradcheck.diagnosis.known_functions import (
    KNOWN_FUNCTIONS,
    WRONG_SLOPES,
    KnownFunction,
    WrongSlope,
)
from gradcheck.diagnosis.layer_by_example import alike
from nets.activations import ACTIVATIONS

Z = np.linspace(-2.1, 2.0, 14)
BY_NAME = {each.name: each for each in KNOWN_FUNCTIONS}


def test_the_derivatives_are_those_of_nets() -> None:
    for name, activation in ACTIVATIONS.items():
        right = activation.derivative(Z, activation.value(Z))
        assert np.allclose(BY_NAME[name].slope(Z), right, rtol=1e-9, atol=1e-9)


def test_a_switch_has_a_derivative_of_0_or_1() -> None:
    switches = {each.name for each in KNOWN_FUNCTIONS if each.is_a_switch}
    assert switches == {"identity", "relu"}
    for each in KNOWN_FUNCTIONS:
        slope = each.slope(Z)
        assert np.allclose(slope, slope > 0.5, atol=1e-9) == each.is_a_switch


@pytest.mark.parametrize(
    ("name", "value", "slope"),
    [
        ("leaky ReLU (0.1)", np.where(Z > 0, Z, 0.1 * Z), np.where(Z > 0, 1.0, 0.1)),
        ("softplus", np.log(1.0 + np.exp(Z)), 1.0 / (1.0 + np.exp(-Z))),
        ("ELU", np.where(Z > 0, Z, np.exp(Z) - 1.0), np.where(Z > 0, 1.0, np.exp(Z))),
        ("arctan", np.arctan(Z), 1.0 / (1.0 + Z**2)),
        ("softsign", Z / (1.0 + np.abs(Z)), 1.0 / (1.0 + np.abs(Z)) ** 2),
        ("sine", np.sin(Z), np.cos(Z)),
    ],
)
def test_values_and_slopes_are_those_of_the_formula(
    name: str, value: np.ndarray, slope: np.ndarray
) -> None:
    assert np.allclose(BY_NAME[name].value(Z), value, rtol=1e-12)
    assert np.allclose(BY_NAME[name].slope(Z), slope, rtol=1e-8)


def test_both_ways_to_compute_gelu_are_known() -> None:
    exact, by_tanh = (each.value(Z) for each in KNOWN_FUNCTIONS if each.name == "GELU")
    assert np.allclose(exact, by_tanh, atol=1e-3)
    assert not alike(exact, by_tanh)


def test_no_function_is_known_twice() -> None:
    for n, each in enumerate(KNOWN_FUNCTIONS):
        for other in KNOWN_FUNCTIONS[:n]:
            assert not alike(each.value(Z), other.value(Z)), (each.name, other.name)


def test_large_numbers_are_no_error() -> None:
    far = np.array([-30.0, 30.0])
    assert np.allclose(BY_NAME["ELU"].value(far), [-1.0, 30.0])
    assert np.allclose(BY_NAME["softplus"].value(np.array([-1e4, 1e4])), [0.0, 1e4])


@pytest.mark.parametrize("wrong", WRONG_SLOPES, ids=[each.text for each in WRONG_SLOPES])
def test_a_formula_gives_the_numbers_of_its_text(wrong: WrongSlope) -> None:
    a = np.tanh(Z)
    written = {
        "the larger of a and 0": np.maximum(a, 0.0),
        "1 where z is negative, and 0 elsewhere": np.where(Z < 0.0, 1.0, 0.0),
        "1 / (1 + |z|)": 1.0 / (1.0 + np.abs(Z)),
        "1 / cosh z": 1.0 / np.cosh(Z),
    }.get(wrong.text)
    if written is None:
        formula = wrong.text.replace("^", "**").replace("a (", "a * (").replace("z (", "z * (")
        formula = formula.replace("a**2 (", "a**2 * (").replace("sigmoid* (", "sigmoid(")
        names = {"a": a, "z": Z, "exp": np.exp, "sigmoid": lambda z: 1.0 / (1.0 + np.exp(-z))}
        written = eval(formula, names)
    assert np.allclose(wrong.of(Z, a), written, rtol=1e-12)


def test_a_formula_of_a_does_not_look_at_z() -> None:
    square = KnownFunction("square", lambda z: z**2)
    assert np.allclose(square.slope(Z), 2.0 * Z)
    a, z = np.ones(3), np.zeros(3)
    assert np.array_equal(WrongSlope("a", of_a=lambda a: a).of(z, a), a)
    assert np.array_equal(WrongSlope("z", of_z=lambda z: z).of(z, a), z)
