"""Examples that a network can be trained on, and those that it cannot."""

from typing import Any

import numpy as np
import pytest

from nets.checked_examples import expect_network, expect_real_examples
from nets.errors import BadInput
from nets.network import Network

NETWORK = Network.create([3, 2])
X, Y = np.ones((3, 5)), np.ones((2, 5))


def test_layers_that_no_init_has_seen_are_checked_too() -> None:
    weights, biases = NETWORK.parameters
    expect_network(NETWORK.with_parameters([2 * weights, biases]))
    with pytest.raises(BadInput, match="layer 1 weights has dtype complex128; give real numbers"):
        expect_network(NETWORK.with_parameters([weights + 1j, biases]))
    with pytest.raises(BadInput, match=r"layer 1 biases has shape \(2,\); it should be \(2, 1\)"):
        expect_network(NETWORK.with_parameters([weights, biases[:, 0]]))


def test_a_network_and_its_examples() -> None:
    expect_network(NETWORK)
    expect_real_examples(NETWORK, X, Y)


@pytest.mark.parametrize(
    ("network", "inputs", "targets", "message"),
    [
        (Network, X, Y, "the network is a type; give a nets.Network"),
        (None, X, Y, "the network is a NoneType; give a nets.Network"),
        (NETWORK, X.tolist(), Y, "inputs is a list; give an array"),
        (NETWORK, X, Y + 0j, "targets has dtype complex128; give real numbers"),
        (NETWORK, X.T, Y, r"inputs have shape \(5, 3\)"),
        (NETWORK, X, Y[:, :4], r"targets have shape \(2, 4\)"),
        (NETWORK, X * np.inf, Y, "inputs hold NaN or infinity"),
    ],
)
def test_what_cannot_be_used(network: Any, inputs: Any, targets: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        expect_real_examples(network, inputs, targets)
