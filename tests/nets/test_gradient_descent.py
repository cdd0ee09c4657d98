"""The steps of stochastic gradient descent, one epoch of them."""

from itertools import islice
from typing import Any

import numpy as np
import pytest

from nets.arrays import Place, to_numpy
from nets.gradient_descent import (
    in_columns,
    own_backprop,
    shuffled_orders,
    step,
    train_one_epoch,
)
from nets.layers import parameter_gradients
from nets.network import Network
from tests.nets.subclasses import DoublingNetwork, with_doubling_layers


def test_a_step_goes_down_the_gradient() -> None:
    network = Network.create([3, 2], seed=4)
    gradients = network.backprop(np.eye(3), np.zeros((2, 3)))
    layer = step(network, parameter_gradients(gradients), 0.5).layers[0]
    expected = network.layers[0].weights - 0.5 * gradients[0].gradient_wrt_weights
    np.testing.assert_array_equal(layer.weights, expected)
    expected = network.layers[0].biases - 0.5 * gradients[0].gradient_wrt_biases
    np.testing.assert_array_equal(layer.biases, expected)


def test_orders_are_shuffled_anew_and_repeated_by_the_seed() -> None:
    first, second = islice(shuffled_orders(50, 3), 2)
    assert sorted(first) == sorted(second) == list(range(50))
    assert list(first) != list(second) != list(range(50))
    assert list(next(shuffled_orders(50, 3))) == list(first)
    assert list(next(shuffled_orders(50, 4))) != list(first)


def test_an_epoch_is_a_step_for_each_mini_batch_in_the_given_order(where: Place) -> None:
    generator = np.random.default_rng(0)
    inputs = where.put(generator.random((3, 5)))
    targets = where.put(generator.random((2, 5)))
    network = Network.create([3, 4, 2], seed=4, where=where)
    order, counts = np.array([3, 0, 4, 1, 2]), list[int]()
    trained = train_one_epoch(
        network, inputs, targets, order, batch_size=2, eta=0.5, progress=counts.append
    )
    assert counts == [2, 4, 5]
    expected = network
    for chosen in ([3, 0], [4, 1], [2]):
        columns = where.namespace.asarray(chosen, device=where.device)
        mini_batch = (where.namespace.take(array, columns, axis=1) for array in (inputs, targets))
        gradients = parameter_gradients(expected.backprop(*mini_batch))
        expected = step(expected, gradients, 0.5)
    for one, other in zip(trained.parameters, expected.parameters, strict=True):
        np.testing.assert_allclose(to_numpy(one), to_numpy(other), rtol=1e-12)


@pytest.mark.parametrize("network", [DoublingNetwork(3, 4, 2), with_doubling_layers(3, 4, 2)])
def test_a_subclass_s_own_backward_pass_is_used_and_it_stays_one(network: Network) -> None:
    inputs, targets = np.eye(3), np.ones((2, 3))
    own = own_backprop(network, inputs, targets)
    right = Network.create([3, 4, 2], seed=3).backprop(inputs, targets)
    for mine, plain in zip(own, right, strict=True):
        np.testing.assert_array_equal(mine.gradient_wrt_weights, 2.0 * plain.gradient_wrt_weights)
    order: Any = np.arange(3)
    trained = train_one_epoch(network, inputs, targets, order, batch_size=3, eta=0.5)
    assert type(trained) is type(network)
    assert [type(each) for each in trained.layers] == [type(each) for each in network.layers]
    # One mini-batch of all: one step along the gradients of its own, in the same order.
    expected = step(network, parameter_gradients(own), 0.5)
    for one, other in zip(trained.parameters, expected.parameters, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


def test_columns_are_in_one_piece_and_copied_only_if_they_were_not(where: Place) -> None:
    host = np.arange(6.0).reshape(2, 3)
    array = where.put(host)
    columns = in_columns(array, where.dtype)
    np.testing.assert_array_equal(to_numpy(columns), host)
    np.testing.assert_array_equal(to_numpy(in_columns(columns, where.dtype)), host)


def test_the_memory_of_columns() -> None:
    array = np.arange(6.0).reshape(2, 3)
    columns = in_columns(array, array.dtype)
    assert columns.flags.f_contiguous
    assert not np.shares_memory(columns, array)
    assert np.shares_memory(in_columns(columns, array.dtype), columns)
    assert in_columns(array, np.dtype(np.float32)).dtype == np.float32
