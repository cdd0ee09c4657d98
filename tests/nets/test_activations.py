"""Activations: values, derivatives, saturation, kinks."""

import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nets.activations import ACTIVATIONS
from nets.arrays import Place, to_numpy
from tests.strategies import ANALYTIC

STEP = 1e-30
DTYPES = pytest.mark.parametrize("dtype", [np.float64, np.float32])
# From deep in one saturation to deep in the other, 0 and the smallest numbers among them.
Z = np.concatenate([-np.geomspace(700, 1e-8, 60), [0.0], np.geomspace(1e-8, 700, 60)])


def exact_sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def exact_sigmoid_derivative(z: float) -> float:
    return math.exp(-abs(z)) / (1 + math.exp(-abs(z))) ** 2


def exact_tanh_derivative(z: float) -> float:
    return 1 / math.cosh(z) ** 2


def derivative_of(name: str, z: Any) -> Any:
    activation = ACTIVATIONS[name]
    return activation.derivative(z, activation.value(z))


def relative_errors(given: Any, wanted: Callable[[float], float], z: Any) -> Any:
    exact = np.array([wanted(float(number)) for number in z])
    return np.abs(given.astype(float) - exact) / exact


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("identity", [-2.0, 0.0, 3.0]),
        ("sigmoid", [exact_sigmoid(-2.0), 0.5, exact_sigmoid(3.0)]),
        ("tanh", [math.tanh(-2.0), 0.0, math.tanh(3.0)]),
        ("relu", [0.0, 0.0, 3.0]),
    ],
)
def test_values(name: str, values: list[float]) -> None:
    np.testing.assert_allclose(
        ACTIVATIONS[name].value(np.array([-2.0, 0.0, 3.0])), values, rtol=1e-15
    )


def test_the_table_is_keyed_by_name_and_only_relu_has_a_kink() -> None:
    assert list(ACTIVATIONS) == ["identity", "sigmoid", "tanh", "relu"]
    assert all(activation.name == name for name, activation in ACTIVATIONS.items())
    assert {name: activation.kinks for name, activation in ACTIVATIONS.items()} == {
        "identity": (),
        "sigmoid": (),
        "tanh": (),
        "relu": (0.0,),
    }
    assert [name for name, a in ACTIVATIONS.items() if not a.analytic] == ["relu"]


@DTYPES
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_nothing_overflows_far_out(name: str, dtype: type) -> None:
    z: Any = np.array([-1e4, 1e4, -1e30, 1e30], dtype=dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value, derivative = ACTIVATIONS[name].value(z), derivative_of(name, z)
    assert np.all(np.isfinite(value))
    assert np.all(np.isfinite(derivative))
    if name == "sigmoid":
        np.testing.assert_allclose(value, [0.0, 1.0, 0.0, 1.0], atol=1e-35)
    if name in ("sigmoid", "tanh"):
        np.testing.assert_allclose(derivative, 0.0, atol=1e-35)


def test_sigmoid_is_right_to_the_last_digits_even_where_it_is_tiny() -> None:
    z = Z[Z > -690]
    errors = relative_errors(ACTIVATIONS["sigmoid"].value(z), exact_sigmoid, z)
    assert np.max(errors) < 4e-16


def test_the_derivative_of_a_saturated_sigmoid_keeps_its_digits() -> None:
    z = Z[np.abs(Z) < 690]
    errors = relative_errors(derivative_of("sigmoid", z), exact_sigmoid_derivative, z)
    assert np.max(errors) < 1e-15


def test_the_derivative_of_a_saturated_tanh_keeps_its_digits() -> None:
    z = Z[np.abs(Z) < 340]
    errors = relative_errors(derivative_of("tanh", z), exact_tanh_derivative, z)
    assert np.max(errors) < 1e-15


def test_float32_is_right_to_its_own_last_digits() -> None:
    z = Z[np.abs(Z) < 40].astype(np.float32)
    sigmoid, slope = ACTIVATIONS["sigmoid"].value(z), derivative_of("sigmoid", z)
    assert np.max(relative_errors(sigmoid, exact_sigmoid, z)) < 3e-7
    assert np.max(relative_errors(slope, exact_sigmoid_derivative, z)) < 6e-7
    assert np.max(relative_errors(derivative_of("tanh", z), exact_tanh_derivative, z)) < 1.2e-6


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_bend_is_the_fastest_relative_change_of_the_derivative(name: str) -> None:
    step = 1e-4
    z = np.arange(-12.0, 12.0, step)
    slopes = derivative_of(name, z)
    # Between neighbours on the same side of a kink, and where there is a slope at all.
    smooth = np.all(
        [(z[:-1] < kink) == (z[1:] <= kink) for kink in ACTIVATIONS[name].kinks], axis=0
    )
    changes = np.log(slopes[1:], where=slopes[1:] > 0, out=np.zeros_like(z[1:]))
    changes -= np.log(slopes[:-1], where=slopes[:-1] > 0, out=np.zeros_like(z[1:]))
    fastest = float(np.max(np.abs(changes[smooth & (slopes[1:] > 0)]))) / step
    assert fastest == pytest.approx(ACTIVATIONS[name].bend, rel=1e-4, abs=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_form_that_takes_the_least_time_is_the_same_function(name: str) -> None:
    form = ACTIVATIONS[name].form
    values = form.finish(form.function.value(form.inner * Z))
    np.testing.assert_allclose(values, ACTIVATIONS[name].value(Z), rtol=1e-15, atol=2e-16)
    assert form.function.cheaper is None


def test_only_the_sigmoid_has_a_cheaper_form_and_no_other_is_changed() -> None:
    assert [name for name, each in ACTIVATIONS.items() if each.cheaper] == ["sigmoid"]
    values = np.ones(3)
    assert ACTIVATIONS["tanh"].form.finish(values) is values
    # Near 0 the form is a difference, and has fewer correct digits than the value.
    form, deep = ACTIVATIONS["sigmoid"].form, np.array([-40.0])
    assert form.finish(form.function.value(form.inner * deep)) == 0.0
    assert ACTIVATIONS["sigmoid"].value(deep) > 0.0


@DTYPES
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_value_and_derivative_keep_dtype_and_shape(name: str, dtype: type) -> None:
    z: Any = np.linspace(-3, 3, 6).reshape(2, 3).astype(dtype)
    for array in (ACTIVATIONS[name].value(z), derivative_of(name, z)):
        assert array.dtype == dtype
        assert array.shape == z.shape


@pytest.mark.parametrize("name", ANALYTIC)
@given(z=st.floats(-300, 300))
def test_derivative_is_what_the_complex_step_finds(name: str, z: float) -> None:
    found = ACTIVATIONS[name].value(np.array([z + STEP * 1j])).imag / STEP
    np.testing.assert_allclose(derivative_of(name, np.array([z])), found, rtol=1e-12)


@pytest.mark.parametrize("name", ANALYTIC)
def test_complex_z_has_the_same_real_part(name: str) -> None:
    z = np.array([-1e4, -30.0, -1.0, 0.0, 1.0, 30.0, 1e4])
    value = ACTIVATIONS[name].value
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_allclose(value(z + 0j).real, value(z), rtol=1e-14, atol=1e-300)


@pytest.mark.parametrize(("z", "slope"), [(-1e-300, 0.0), (0.0, 0.0), (1e-300, 1.0)])
def test_relu_has_slope_zero_up_to_its_kink_and_one_beyond(z: float, slope: float) -> None:
    assert derivative_of("relu", np.array([z])).tolist() == [slope]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_z_is_left_as_it_was(name: str) -> None:
    z = np.array([-1e4, -1.0, 0.0, 2.0])
    before = z.copy()
    ACTIVATIONS[name].value(z)
    derivative_of(name, z)
    assert np.array_equal(z, before)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_same_elsewhere_as_on_the_host(name: str, elsewhere: Place) -> None:
    moved = elsewhere.put(Z)
    value = ACTIVATIONS[name].value
    np.testing.assert_allclose(to_numpy(value(moved)), value(Z), rtol=1e-14)
    np.testing.assert_allclose(
        to_numpy(derivative_of(name, moved)), derivative_of(name, Z), rtol=1e-14
    )
