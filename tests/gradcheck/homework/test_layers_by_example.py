"""Each layer with its claims at several examples."""

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.layers_by_example import claims_of_last, layers_by_example
from gradcheck.homework.look import Look
from gradcheck.homework.measured_layers import MeasuredLayer, measured_layers
from nets.network import Network
from tests.gradcheck.homework.network_facts import gradients_of, look_of
from tests.gradcheck.homework.students import batch_of

SIZES = (5, 4, 3)
NETWORK = Network.create(SIZES, seed=2)
BATCH = batch_of(SIZES, 3)


def looks(factor: float) -> tuple[list[Look], list[list[MeasuredLayer]]]:
    """A look at each example, and its layers; the weights of layer 2 claim a factor too much."""
    found, measured = [], []
    for k in range(3):
        one = MiniBatch(BATCH.inputs[:, k : k + 1], BATCH.targets[:, k : k + 1])
        claims = gradients_of(NETWORK, one)
        claims[2] = factor * claims[2]
        found.append(look_of(NETWORK, one, claims))
        layers = measured_layers(found[-1])
        assert layers is not None
        measured.append(layers)
    return found, measured


def test_every_layer_has_the_parameters_and_the_activations_of_the_network() -> None:
    layers = layers_by_example(*looks(1.0))
    traces = NETWORK.forward(BATCH.inputs)
    for number, (layer, trace) in enumerate(zip(layers, traces, strict=True), 1):
        assert layer.number == number
        assert np.allclose(layer.z, trace.z.T, rtol=1e-6)
        assert np.allclose(layer.upstream, trace.upstream_activations.T, rtol=1e-6)
        assert layer.biases_right
        assert layer.weights_right


def test_a_wrong_claim_is_wrong_in_its_layer_alone() -> None:
    first, second = layers_by_example(*looks(1.5))
    assert first.weights_right
    assert second.biases_right
    assert not second.weights_right


def test_regularisation_is_taken_from_the_claims() -> None:
    found, measured = looks(1.0)
    decayed = [[MeasuredLayer(m.right, m.upstream, 0.5, False) for m in ms] for ms in measured]
    first, _ = layers_by_example(found, decayed)
    weights = np.asarray(NETWORK.layers[0].weights)
    claims = np.stack([look.claimed.gradients[0] for look in found])
    assert np.allclose(first.claimed_weights, claims - 0.5 * weights)


def test_the_claims_of_the_last_layer_are_those_of_all_examples() -> None:
    _, measured = looks(1.0)
    together = look_of(NETWORK, BATCH)
    weights, biases = claims_of_last(together, measured[0][-1])
    right = gradients_of(NETWORK, BATCH)
    assert np.allclose(weights, right[2])
    assert np.allclose(biases, right[3][:, 0])
