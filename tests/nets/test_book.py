"""The book's loop, against the mini-batch as one matrix."""

import numpy as np
import pytest

from nets.book import loop_backprop
from nets.network import Network


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
