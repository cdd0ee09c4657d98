"""The book's loop, against the mini-batch as one matrix."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nets.arrays import Place
from nets.book import loop_backprop, loop_train
from nets.network import Network
from nets.training import train
from tests.nets.subclasses import DoublingLayer, DoublingNetwork, with_doubling_layers
from tests.strategies import Problem, problems, seeds


@pytest.mark.parametrize("batch_size", [1, 2, 10])
def test_the_loop_and_the_matrix_find_the_same_gradient(batch_size: int) -> None:
    network = Network.create([5, 4, 3], seed=3)
    generator = np.random.default_rng(0)
    inputs, targets = generator.random((5, batch_size)), generator.random((3, batch_size))
    loop = loop_backprop(network, inputs, targets)
    layers = network.backprop(inputs, targets)
    for layer, weights, biases in zip(layers, loop[0::2], loop[1::2], strict=True):
        np.testing.assert_allclose(weights, layer.gradient_wrt_weights, rtol=1e-12, atol=1e-16)
        np.testing.assert_allclose(biases, layer.gradient_wrt_biases, rtol=1e-12, atol=1e-16)


@given(problems(scales=(0.1, 1.0)), st.integers(1, 7), seeds)
def test_the_loop_and_the_matrix_train_to_the_same_weights(
    problem: Problem, batch_size: int, seed: int
) -> None:
    network, count = problem.network, problem.inputs.shape[1]
    # Twice the examples: more than one mini-batch, and smaller ones at the end of an epoch.
    inputs = np.concatenate([problem.inputs, problem.inputs[:, ::-1] + 0.5], axis=1)
    targets = np.concatenate([problem.targets, problem.targets], axis=1)
    arguments: dict[str, Any] = {
        "epochs": 3,
        "batch_size": min(batch_size, 2 * count),
        "eta": 0.05,
        "seed": seed,
    }
    loop = loop_train(network, inputs, targets, **arguments)
    matrix = train(network, inputs, targets, **arguments)
    for by_loop, (_, by_matrix) in zip(loop, matrix, strict=True):
        for one, other, before in zip(
            by_loop.parameters, by_matrix.parameters, network.parameters, strict=True
        ):
            np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-11)
            assert one is not before


@pytest.mark.parametrize("changed", [{"seed": 2}, {"batch_size": 2}, {"eta": 0.051}])
def test_another_order_batch_or_rate_trains_to_other_weights(changed: dict[str, Any]) -> None:
    generator = np.random.default_rng(0)
    inputs, targets = generator.random((5, 9)), generator.random((3, 9))
    arguments: dict[str, Any] = {"epochs": 1, "batch_size": 3, "eta": 0.05, "seed": 1}
    network = Network.create([5, 4, 3], seed=3)
    by_loop = next(loop_train(network, inputs, targets, **(arguments | changed)))
    _, by_matrix = next(train(network, inputs, targets, **arguments))
    assert not np.allclose(by_loop.parameters[0], by_matrix.parameters[0], rtol=1e-9, atol=1e-11)


def test_the_loop_trains_wherever_its_arrays_lie(where: Place) -> None:
    network = Network.create([3, 2], where=where)
    inputs, targets = where.put(np.eye(3)), where.put(np.ones((2, 3)))
    *_, trained = loop_train(network, inputs, targets, epochs=2, batch_size=2, eta=1.0)
    assert float(trained.cost(inputs, targets)) < float(network.cost(inputs, targets))
    assert trained.place == where


def test_a_subclass_is_trained_by_its_own_backprop_and_stays_one() -> None:
    generator = np.random.default_rng(0)
    inputs, targets = generator.random((5, 9)), generator.random((3, 9))
    arguments: dict[str, Any] = {"epochs": 2, "batch_size": 4, "eta": 0.5}
    own = DoublingNetwork(5, 4, 3, note="ours")
    *_, doubled = loop_train(own, inputs, targets, **arguments)
    *_, by_layers = loop_train(with_doubling_layers(5, 4, 3), inputs, targets, **arguments)
    *_, right = loop_train(Network(own.layers, own.cost_function), inputs, targets, **arguments)
    assert isinstance(doubled, DoublingNetwork)
    assert doubled.note == "ours"
    assert all(isinstance(layer, DoublingLayer) for layer in by_layers.layers)
    np.testing.assert_array_equal(doubled.layers[0].weights, by_layers.layers[0].weights)
    assert not np.allclose(doubled.layers[0].weights, right.layers[0].weights, rtol=1e-6)


def test_the_loop_s_gradient_is_that_of_the_network_s_own_backprop() -> None:
    inputs, targets = np.eye(3), np.ones((2, 3))
    right = loop_backprop(Network.create([3, 2], seed=3), inputs, targets)
    for network in (DoublingNetwork(3, 2), with_doubling_layers(3, 2)):
        weights, biases = loop_backprop(network, inputs, targets)
        np.testing.assert_array_equal(weights, 2.0 * right[0])
        np.testing.assert_array_equal(biases, right[1])
