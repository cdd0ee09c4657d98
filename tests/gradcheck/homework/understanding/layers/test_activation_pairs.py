"""Activation functions of a file are found with their derivatives, whatever these are called."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.layers.activation_pairs import (
    activation_pairs,
    without_prime,
)
from gradcheck.homework.understanding.layers.constructor_arguments import layer_arguments
from gradcheck.homework.understanding.layers.sizes import LayerSizes

Function = Callable[..., Any]


def gauss(x: Any) -> Any:
    return np.exp(-(x**2))


def gauss_prime(x: Any) -> Any:
    return -2 * x * gauss(x)


def squared(wanted: Any, given: Any) -> Any:
    return np.mean((wanted - given) ** 2)


def squared_prime(wanted: Any, given: Any) -> Any:
    return 2 * (given - wanted) / wanted.size


class Activation:
    def __init__(
        self, activation: Callable[..., Any], activation_prime: Callable[..., Any]
    ) -> None:
        self.activation, self.prime = activation, activation_prime


@pytest.mark.parametrize(
    ("name", "own"),
    [
        *(("sigmoid_prime", "sigmoid"), ("sigmoid_derivative", "sigmoid"), ("d_tanh", "tanh")),
        *(("dtanh", "tanh"), ("derivative_of_relu", "relu"), ("reluPrime", "relu")),
        *(("sigmoid", None), ("prime", None), ("d", None)),
    ],
)
def test_the_function_that_a_name_says_the_derivative_of(name: str, own: str | None) -> None:
    assert without_prime(name, dict.fromkeys(("sigmoid", "tanh", "relu"), abs)) == own


def test_functions_of_two_arguments_are_no_activations() -> None:
    assert activation_pairs(globals()) == [(gauss, gauss_prime)]


def test_a_layer_that_takes_a_function_and_its_derivative_is_given_those_of_its_file() -> None:
    assert layer_arguments(Activation, "Activation", LayerSizes()) == ((gauss, gauss_prime), {})


def test_other_functions_are_given_where_they_are_said() -> None:
    pair = (np.sin, np.cos)
    assert layer_arguments(Activation, "Activation", LayerSizes(), pair) == (pair, {})
