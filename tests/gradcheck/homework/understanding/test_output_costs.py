"""Costs of the output alone: those of our networks, and the words that name them."""

import numpy as np
import pytest

from gradcheck.homework.understanding.output_costs import COSTS_OF_OUTPUT, meant_by
from nets.activations import ACTIVATIONS
from nets.costs import COSTS
from nets.layers import DenseLayer
from nets.network import Network

GENERATOR = np.random.default_rng(0)
Z = GENERATOR.standard_normal((3, 5))
Y = np.eye(3)[:, [0, 1, 2, 0, 1]]
# What the last layer of a class applies where ours leaves it to the fused cost.
OUTPUTS = {
    "quadratic": Z,
    "fused-sigmoid-cross-entropy": 1.0 / (1.0 + np.exp(-Z)),
    "fused-softmax-cross-entropy": np.exp(Z) / np.sum(np.exp(Z), axis=0),
}


SQUARES = {
    "mean-squared-error": 2.0,
    "mean-squared-error-over-outputs": 2.0 / 3.0,
    "half-mean-squared-error-over-outputs": 1.0 / 3.0,
}


def test_each_cost_is_compared_below() -> None:
    assert set(COSTS_OF_OUTPUT) == {*OUTPUTS, *SQUARES}


@pytest.mark.parametrize("name", SQUARES)
def test_squared_errors_are_multiples_of_the_quadratic_cost(name: str) -> None:
    quadratic = COSTS_OF_OUTPUT["quadratic"].per_example(Z, Y)
    each = COSTS_OF_OUTPUT[name].per_example(Z, Y)
    assert np.allclose(each, SQUARES[name] * quadratic, rtol=1e-12)


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_mean_is_the_cost_of_ours_of_the_same_name(name: str) -> None:
    each = COSTS_OF_OUTPUT[name].per_example(OUTPUTS[name], Y)
    assert each.shape == (5,)
    # A network whose output is its input.
    layer = DenseLayer(np.eye(3), np.zeros((3, 1)), ACTIVATIONS["identity"])
    ours = float(Network((layer,), COSTS[name]).cost(Z, Y))
    assert np.isclose(np.mean(each), ours, rtol=1e-12)


@pytest.mark.parametrize("name", COSTS_OF_OUTPUT)
def test_an_output_that_is_exactly_right_costs_nothing(name: str) -> None:
    assert np.array_equal(COSTS_OF_OUTPUT[name].per_example(Y, Y), np.zeros(5))


def test_an_output_that_is_exactly_wrong_costs_something() -> None:
    with np.errstate(divide="ignore"):
        for name, cost in COSTS_OF_OUTPUT.items():
            assert np.all(cost.per_example(1.0 - Y, Y) >= 0.5), name


WORDS = {
    "mse": "quadratic",
    "QuadraticCost": "quadratic",
    "mean_squared_error": "quadratic",
    "bce": "fused-sigmoid-cross-entropy",
    "cross_entropy": "fused-sigmoid-cross-entropy",
    "binary_crossentropy": "fused-sigmoid-cross-entropy",
    "categorical_crossentropy": "fused-softmax-cross-entropy",
    "softmax_cross_entropy": "fused-softmax-cross-entropy",
    "log-likelihood": "fused-softmax-cross-entropy",
    "hinge": None,
    "": None,
}


@pytest.mark.parametrize("word", WORDS)
def test_what_a_word_means(word: str) -> None:
    assert meant_by(word) == WORDS[word]
