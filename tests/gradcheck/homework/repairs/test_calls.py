"""Changes of calls: mean for sum, another axis, another function, or no call."""

import numpy as np
import pytest

from gradcheck.homework.repairs.calls import (
    other_axes,
    other_functions,
    sums_and_means,
    without_call,
)
from tests.gradcheck.homework.repairs.places import changed_by, line_with, places_in

G = np.ones((4, 3))
FILE = """
def relu(z):
    return np.maximum(z, 0)

def relu_prime(z):
    return z > 0

def tanh_prime(z):
    return 1 - np.tanh(z) ** 2

class Layer:
    def slope(self, z):
        return z > 0

    def tanh_grad(self, z):
        return 1 - np.tanh(z) ** 2

    def __repr_d__(self):
        return ""

layer = Layer()
"""


@pytest.mark.parametrize(
    ("line", "change", "cause"),
    [
        ("d = g.mean(axis=0)", "d = g.sum(axis=0)", "mean-for-sum"),
        ("d = np.sum(g)", "d = np.mean(g)", "sum-for-mean"),
        ("d = np.average(g)", "d = np.sum(g)", "mean-for-sum"),
    ],
)
def test_a_sum_for_a_mean_and_a_mean_for_a_sum(line: str, change: str, cause: str) -> None:
    assert line_with(sums_and_means, line, g=G, np=np) == {change: {cause}}


def test_other_axes_are_tried_where_an_axis_is_named() -> None:
    found = line_with(other_axes, "d = g.sum(axis=0, keepdims=True)", g=G)
    assert found["d = g.sum(axis=1, keepdims=True)"] == {"wrong-axis"}
    assert "d = g.sum(axis=None, keepdims=True)" in found
    assert "d = g.sum(axis=0, keepdims=True)" not in found
    assert not line_with(other_axes, "d = g.sum(keepdims=True)", g=G)


def test_another_derivative_of_the_same_file() -> None:
    code = f"{FILE}def backward(g):\n    return g * relu_prime(g)\n"
    found = changed_by(other_functions, places_in(code, G, np=np))
    assert found == {"return g * tanh_prime(g)": {"derivative-of-another-function"}}


def test_another_derivative_of_the_same_object() -> None:
    code = f"{FILE}def backward(g, layer=layer):\n    return g * layer.slope(g)\n"
    found = changed_by(other_functions, places_in(code, G, np=np))
    assert set(found) == {"return g * layer.tanh_grad(g)"}


def test_derivatives_are_found_among_many_functions() -> None:
    many = "".join(f"def other_{k}_of(z): return z\n" for k in range(30))
    code = f"{many}{FILE}def step(g):\n    return g * relu_prime(g)\n"
    found = changed_by(other_functions, places_in(code, G, np=np))
    assert set(found) == {"return g * tanh_prime(g)"}


def test_functions_of_other_files_stand_for_no_function_of_this_one() -> None:
    code = f"{FILE}def backward(g):\n    return g * elsewhere(g)\n"
    assert not changed_by(other_functions, places_in(code, G, np=np, elsewhere=lambda g: g))


@pytest.mark.parametrize(
    ("line", "change", "cause"),
    [
        ("d = g * (1 - np.tanh(a) ** 2)", "d = g * (1 - a ** 2)", "derivative-at-activation"),
        ("d = g * prime(f(z))", "d = g * prime(z)", "derivative-at-activation"),
        ("d = prime(z)", "d = z", "derivative-twice"),
        ("d = f(z)", "d = z", "call-too-many"),
    ],
)
def test_no_call(line: str, change: str, cause: str) -> None:
    found = line_with(without_call, line, g=G, a=G, z=G, np=np, f=lambda z: z, prime=lambda z: z)
    assert found[change] == {cause}


def test_a_constant_does_not_stand_for_its_call() -> None:
    assert not line_with(without_call, "d = float(1)")
