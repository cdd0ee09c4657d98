"""The arithmetic that the limit of the benchmark counts, against sums done by hand."""

import numpy as np
import pytest

from nets.network import Network
from tests.benchmarks.checker import activations_and_multiply_adds


def test_dense_inputs_move_everything() -> None:
    network = Network.create((4, 3, 2), seed=0)
    activations, multiply_adds = activations_and_multiply_adds(network, np.ones((4, 5)))
    # Layer 1: 15 parameters, each with its own neuron and 2 downstream; layer 2: 8 parameters.
    assert activations == 5 * (15 * (1 + 2) + 8)
    assert multiply_adds == 5 * (15 * (1 + 2) + 8)


def test_a_weight_behind_a_zero_does_not_count() -> None:
    network = Network.create((4, 3, 2), seed=0)
    inputs = np.ones((4, 1))
    inputs[1:3] = 0.0
    activations, _ = activations_and_multiply_adds(network, inputs)
    assert activations == (15 - 2 * 3) * (1 + 2) + 8


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_what_is_downstream_of_a_sleeping_neuron_does_not_count(sign: float) -> None:
    network = Network.create((2, 1, 1), activation="relu", seed=0)
    network = network.with_parameters([sign * np.ones_like(each) for each in network.parameters])
    activations, _ = activations_and_multiply_adds(network, np.ones((2, 1)))
    awake, asleep = 3 * (1 + 1) + 2, 3 + 1
    assert activations == (awake if sign > 0 else asleep)
