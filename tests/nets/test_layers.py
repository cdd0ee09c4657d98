"""One dense layer by itself: forward, and the five steps of backward."""

import warnings
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nets.activations import ACTIVATIONS
from nets.arrays import HostArray, Place, to_numpy
from nets.layers import DenseLayer, copied_with, parameter_gradients
from nets.network import Network
from tests.nets.subclasses import DoublingLayer
from tests.oracle import ACTIVATION_OF
from tests.strategies import seeds


def drawn(
    activation: str, n_upstream: int, n_downstream: int, batch_size: int, seed: int
) -> tuple[DenseLayer, HostArray, HostArray]:
    """A layer, its upstream activations, and dC/d downstream activations."""
    generator = np.random.default_rng(seed)
    layer = DenseLayer(
        generator.standard_normal((n_downstream, n_upstream)),
        generator.standard_normal((n_downstream, 1)),
        ACTIVATIONS[activation],
    )
    upstream = generator.standard_normal((n_upstream, batch_size))
    return layer, upstream, generator.standard_normal((n_downstream, batch_size))


def relative_distance(given: HostArray, wanted: HostArray) -> float:
    assert given.shape == wanted.shape
    size = float(np.max(np.abs(wanted)))
    distance = float(np.max(np.abs(given - wanted)))
    return distance / size if size else distance


def test_forward_is_the_activation_of_weights_times_upstream_plus_biases() -> None:
    layer = DenseLayer(
        np.array([[1.0, 2.0], [-3.0, 4.0], [0.0, 1.0]]),
        np.array([[10.0], [0.0], [-5.0]]),
        ACTIVATIONS["relu"],
    )
    upstream = np.array([[1.0, 3.0], [2.0, 1.0]])
    trace = layer.forward(upstream)
    assert trace.upstream_activations is upstream
    assert trace.z.tolist() == [[15.0, 15.0], [5.0, -5.0], [-3.0, -4.0]]
    assert trace.downstream_activations.tolist() == [[15.0, 15.0], [5.0, 0.0], [0.0, 0.0]]


@given(
    activation=st.sampled_from(tuple(ACTIVATIONS)),
    n_upstream=st.integers(1, 7),
    n_downstream=st.integers(1, 7),
    batch_size=st.integers(1, 6),
    seed=seeds,
)
def test_each_step_of_backward_is_what_autograd_finds(
    activation: str, n_upstream: int, n_downstream: int, batch_size: int, seed: int
) -> None:
    layer, upstream, downstream_gradient = drawn(
        activation, n_upstream, n_downstream, batch_size, seed
    )

    # Any cost whose gradient with respect to the downstream activations is the one given.
    def cost_of_z(z: Any) -> Any:
        return anp.sum(downstream_gradient * ACTIVATION_OF[activation](z))

    def cost(weights: Any, biases: Any, activations: Any) -> Any:
        return cost_of_z(anp.dot(weights, activations) + biases)

    trace = layer.forward(upstream)
    gradients = layer.backward(trace, downstream_gradient)
    wanted = autograd.grad(cost, (0, 1, 2))(layer.weights, layer.biases, upstream)
    assert gradients.gradient_wrt_downstream_activations is downstream_gradient
    assert relative_distance(gradients.gradient_wrt_z, autograd.grad(cost_of_z)(trace.z)) < 1e-12
    assert relative_distance(gradients.gradient_wrt_weights, wanted[0]) < 1e-11
    assert relative_distance(gradients.gradient_wrt_biases, wanted[1]) < 1e-11
    assert gradients.gradient_wrt_upstream_activations is not None
    assert relative_distance(gradients.gradient_wrt_upstream_activations, wanted[2]) < 1e-11


def test_the_upstream_gradient_is_left_out_where_nobody_wants_it() -> None:
    layer, upstream, downstream_gradient = drawn("tanh", 3, 2, 4, seed=0)
    trace = layer.forward(upstream)
    full = layer.backward(trace, downstream_gradient)
    spared = layer.backward(trace, downstream_gradient, wants_upstream=False)
    assert spared.gradient_wrt_upstream_activations is None
    assert np.array_equal(spared.gradient_wrt_weights, full.gradient_wrt_weights)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("batch_size", [1, 3])
def test_a_layer_elsewhere_computes_the_same_as_on_the_host(
    activation: str, batch_size: int, elsewhere: Place
) -> None:
    layer, upstream, downstream_gradient = drawn(activation, 4, 3, batch_size, seed=2)
    moved = DenseLayer(
        elsewhere.put(layer.weights), elsewhere.put(layer.biases), ACTIVATIONS[activation]
    )
    there = moved.backward(
        moved.forward(elsewhere.put(upstream)), elsewhere.put(downstream_gradient)
    )
    here = layer.backward(layer.forward(upstream), downstream_gradient)
    for name in vars(here):
        np.testing.assert_allclose(
            to_numpy(getattr(there, name)), getattr(here, name), rtol=1e-13, atol=1e-13
        )


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_saturated_layer_warns_of_nothing(activation: str) -> None:
    layer = DenseLayer(np.array([[1e4], [-1e4]]), np.zeros((2, 1)), ACTIVATIONS[activation])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trace = layer.forward(np.array([[1.0]]))
        gradients = layer.backward(trace, np.ones((2, 1)))
    assert np.all(np.isfinite(gradients.gradient_wrt_weights))


def test_parameter_gradients_have_the_order_and_shapes_of_the_parameters() -> None:
    network = Network.create([3, 4, 2])
    gradients = network.backprop(np.ones((3, 5)), np.ones((2, 5)))
    found = parameter_gradients(gradients)
    assert [array.shape for array in found] == [array.shape for array in network.parameters]
    assert found[0] is gradients[0].gradient_wrt_weights
    assert found[3] is gradients[1].gradient_wrt_biases


def test_a_copy_keeps_class_and_additions_and_leaves_the_original() -> None:
    layer = DoublingLayer(np.ones((2, 3)), np.ones((2, 1)), ACTIVATIONS["relu"], note="ours")
    copy = copied_with(layer, biases=np.zeros((2, 1)))
    assert isinstance(copy, DoublingLayer)
    assert (copy.note, copy.weights is layer.weights) == ("ours", True)
    assert (float(np.sum(copy.biases)), float(np.sum(layer.biases))) == (0.0, 2.0)


def test_a_layer_of_a_subclass_keeps_its_backward_over_other_parameters() -> None:
    plain, upstream, downstream_gradient = drawn("tanh", 3, 2, 4, seed=0)
    zeros = np.zeros((2, 3)), np.zeros((2, 1))
    own = DoublingLayer(*zeros, plain.activation, note="ours").with_parameters(
        plain.weights, plain.biases
    )
    assert isinstance(own, DoublingLayer)
    assert own.note == "ours"
    found = own.backward(own.forward(upstream), downstream_gradient)
    right = plain.backward(plain.forward(upstream), downstream_gradient)
    np.testing.assert_array_equal(found.gradient_wrt_weights, 2.0 * right.gradient_wrt_weights)
    np.testing.assert_array_equal(found.gradient_wrt_biases, right.gradient_wrt_biases)
