"""Whole networks: backprop against two independent oracles."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from nets.activations import ACTIVATIONS
from nets.arrays import CPU, Place, place, to_numpy
from nets.costs import COSTS
from nets.errors import BadInput
from nets.initialisation import INITIALISATIONS
from nets.layers import DenseLayer, LayerTrace
from nets.network import Network
from nets.shapes import parameter_count
from tests.nets.subclasses import DoublingLayer, DoublingNetwork, with_doubling_layers
from tests.oracle import (
    backprop_gradients,
    complex_step_gradients,
    oracle_cost,
    oracle_gradients,
)
from tests.strategies import ANALYTIC, Problem, mini_batch, problems

EVERY_KIND = pytest.mark.parametrize("activation", ACTIVATIONS)
EVERY_COST = pytest.mark.parametrize("cost", COSTS)


@given(problem=problems())
@settings(max_examples=200)
def test_cost_is_what_the_oracle_computes(problem: Problem) -> None:
    network, inputs, targets = problem.network, problem.inputs, problem.targets
    wanted = oracle_cost(network, network.parameters, inputs, targets)
    np.testing.assert_allclose(network.cost(inputs, targets), wanted, rtol=1e-12)


@given(problem=problems())
@settings(max_examples=200)
def test_backprop_is_what_autograd_finds(problem: Problem) -> None:
    network, inputs, targets = problem.network, problem.inputs, problem.targets
    given_gradients = backprop_gradients(network, inputs, targets)
    wanted_gradients = oracle_gradients(network, inputs, targets)
    for gradient, wanted in zip(given_gradients, wanted_gradients, strict=True):
        assert gradient.shape == wanted.shape
        assert np.max(np.abs(gradient - wanted)) <= 1e-10 * np.max(np.abs(wanted))


@given(problem=problems(activations=ANALYTIC, deepest=3, widest=4))
@settings(max_examples=60)
def test_backprop_is_what_the_complex_step_finds(problem: Problem) -> None:
    network, inputs, targets = problem.network, problem.inputs, problem.targets
    given_gradients = backprop_gradients(network, inputs, targets)
    wanted_gradients = complex_step_gradients(network, inputs, targets)
    for gradient, wanted in zip(given_gradients, wanted_gradients, strict=True):
        assert np.max(np.abs(gradient - wanted)) <= 1e-10 * np.max(np.abs(wanted))


@EVERY_KIND
@EVERY_COST
def test_a_batch_is_the_mean_of_its_examples(activation: str, cost: str) -> None:
    sizes = [4, 5, 3]
    network = Network.create(sizes, activation=activation, cost=cost, seed=3)
    inputs, targets = mini_batch(sizes, 6, cost, seed=3)
    alone = [(inputs[:, [i]], targets[:, [i]]) for i in range(6)]
    np.testing.assert_allclose(
        network.cost(inputs, targets), np.mean([network.cost(*example) for example in alone])
    )
    each = [backprop_gradients(network, *example) for example in alone]
    for together, *apart in zip(backprop_gradients(network, inputs, targets), *each, strict=True):
        np.testing.assert_allclose(together, np.mean(apart, axis=0), rtol=1e-11, atol=1e-14)


@EVERY_KIND
@EVERY_COST
def test_a_network_elsewhere_computes_the_same_as_on_the_host(
    activation: str, cost: str, elsewhere: Place
) -> None:
    sizes = [4, 5, 3]
    inputs, targets = mini_batch(sizes, 2, cost, seed=5)
    here = Network.create(sizes, activation=activation, cost=cost, seed=5)
    there = Network.create(sizes, activation=activation, cost=cost, seed=5, where=elsewhere)
    moved = elsewhere.put(inputs), elsewhere.put(targets)
    np.testing.assert_allclose(float(there.cost(*moved)), here.cost(inputs, targets), rtol=1e-13)
    for mine, theirs in zip(
        backprop_gradients(here, inputs, targets), backprop_gradients(there, *moved), strict=True
    ):
        np.testing.assert_allclose(theirs, mine, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("initialisation", INITIALISATIONS)
def test_same_seed_same_numbers_wherever_they_lie(initialisation: str, where: Place) -> None:
    here = Network.create([3, 4, 2], initialisation=initialisation, seed=7)
    there = Network.create([3, 4, 2], initialisation=initialisation, seed=7, where=where)
    other = Network.create([3, 4, 2], initialisation=initialisation, seed=8, where=where)
    assert there.place == where
    for mine, theirs in zip(here.parameters, there.parameters, strict=True):
        assert np.array_equal(mine, to_numpy(theirs))
    assert not np.array_equal(to_numpy(there.layers[0].weights), to_numpy(other.layers[0].weights))


def test_float32_numbers_are_the_float64_ones_rounded() -> None:
    double = Network.create([3, 4, 2], seed=7)
    single = Network.create([3, 4, 2], seed=7, where=place("cpu", "float32"))
    for wide, narrow in zip(double.parameters, single.parameters, strict=True):
        assert narrow.dtype == np.float32
        assert np.array_equal(wide.astype(np.float32), narrow)


@pytest.mark.parametrize(
    ("sizes", "count"),
    [
        ([784, 40, 10], 31_810),
        ([784, 30, 10], 23_860),
        ([1, 1], 2),
        ([784, 1000, 200, 10], 987_210),
    ],
)
def test_parameter_count(sizes: list[int], count: int) -> None:
    assert parameter_count(sizes) == count


def test_a_network_knows_its_sizes_and_its_parameters() -> None:
    network = Network.create([784, 40, 10])
    assert network.sizes == (784, 40, 10)
    assert network.parameter_count == 31_810
    assert [array.shape for array in network.parameters] == [(40, 784), (40, 1), (10, 40), (10, 1)]
    assert network.place == CPU


@pytest.mark.parametrize(
    ("cost", "last"),
    [
        ("quadratic", "tanh"),
        ("fused-sigmoid-cross-entropy", "identity"),
        ("fused-softmax-cross-entropy", "identity"),
    ],
)
def test_under_a_fused_cost_the_last_layer_is_the_identity(cost: str, last: str) -> None:
    network = Network.create([3, 4, 2], activation="tanh", cost=cost)
    assert [layer.activation.name for layer in network.layers] == ["tanh", last]


def test_only_the_first_layer_is_spared_the_upstream_gradient() -> None:
    network = Network.create([3, 4, 4, 2])
    inputs, targets = mini_batch([3, 4, 4, 2], 2, "quadratic", seed=0)
    wanted = [
        layer.gradient_wrt_upstream_activations is not None
        for layer in network.backprop(inputs, targets)
    ]
    assert wanted == [False, True, True]


def test_backward_is_the_other_half_of_backprop() -> None:
    network = Network.create([3, 4, 2])
    inputs, targets = np.ones((3, 5)), np.zeros((2, 5))
    halves = network.backward(network.forward(inputs), targets)
    for found, wanted in zip(halves, network.backprop(inputs, targets), strict=True):
        assert np.array_equal(found.gradient_wrt_weights, wanted.gradient_wrt_weights)
        assert np.array_equal(found.gradient_wrt_biases, wanted.gradient_wrt_biases)


def test_backward_wants_targets_of_the_forward_pass() -> None:
    network = Network.create([3, 4, 2])
    with pytest.raises(
        BadInput, match=r"targets have shape \(2, 4\); they should have shape \(2, 5\)"
    ):
        network.backward(network.forward(np.ones((3, 5))), np.zeros((2, 4)))


def test_feedforward_is_the_end_of_forward() -> None:
    network = Network.create([3, 4, 2])
    inputs, _ = mini_batch([3, 4, 2], 2, "quadratic", seed=0)
    traces = network.forward(inputs)
    assert np.array_equal(network.feedforward(inputs), traces[-1].downstream_activations)
    assert traces[1].upstream_activations is traces[0].downstream_activations


def test_with_dtype_rounds_every_parameter_and_leaves_the_network() -> None:
    network = Network.create([3, 4, 2])
    narrow = network.with_dtype("float32")
    assert {str(array.dtype) for array in narrow.parameters} == {"float32"}
    assert {str(array.dtype) for array in network.parameters} == {"float64"}
    assert narrow.cost_function is network.cost_function


# Subclasses


def double(network: Network) -> Network:
    return network.with_parameters([2.0 * array for array in network.parameters])


def narrowed(network: Network) -> Network:
    return network.with_dtype("float32")


def relayered(network: Network) -> Network:
    return network.with_layers(list(network.layers))


REBUILT = pytest.mark.parametrize("rebuilt", [double, narrowed, relayered])


@REBUILT
def test_a_network_of_a_subclass_stays_one_and_keeps_its_additions(rebuilt: Any) -> None:
    network = DoublingNetwork(3, 4, 2, note="ours")
    copy = rebuilt(network)
    assert copy is not network
    assert isinstance(copy, DoublingNetwork)
    assert copy.note == "ours"
    plain = Network(copy.layers, copy.cost_function)
    inputs, targets = np.ones((3, 5)), np.zeros((2, 5))
    pairs = zip(copy.backprop(inputs, targets), plain.backprop(inputs, targets), strict=True)
    for own, right in pairs:
        np.testing.assert_array_equal(own.gradient_wrt_weights, 2.0 * right.gradient_wrt_weights)


@REBUILT
def test_layers_of_a_subclass_stay_so_and_keep_their_additions(rebuilt: Any) -> None:
    copy = rebuilt(with_doubling_layers(3, 4, 2))
    assert type(copy) is Network
    for layer in copy.layers:
        assert isinstance(layer, DoublingLayer)
        assert layer.note == "a layer"


def test_a_network_is_created_of_the_class_that_creates_it() -> None:
    class Named(Network):
        name = "ours"

    assert Named.create([3, 2]).name == "ours"


@pytest.mark.parametrize("network", [DoublingNetwork(3, 4, 2), with_doubling_layers(3, 4, 2)])
def test_the_plain_network_has_the_same_cost_and_the_chain_rule_s_gradients(
    network: Network,
) -> None:
    inputs, targets = np.ones((3, 5)), np.zeros((2, 5))
    plain = network.plain()
    assert type(plain) is Network
    assert all(type(layer) is DenseLayer for layer in plain.layers)
    assert plain.cost(inputs, targets) == network.cost(inputs, targets)
    right = Network.create([3, 4, 2], seed=3).backprop(inputs, targets)
    for found, expected in zip(plain.backprop(inputs, targets), right, strict=True):
        np.testing.assert_array_equal(found.gradient_wrt_weights, expected.gradient_wrt_weights)


@pytest.mark.parametrize("method", ["feedforward", "forward", "cost", "cost_of"])
def test_a_network_with_its_own_forward_pass_or_cost_has_no_plain_one(method: str) -> None:
    own = type("Own", (Network,), {method: lambda *_: None})
    plain = Network.create([3, 2])
    assert own(plain.layers, plain.cost_function).plain() is None
    assert plain.plain() is not None


def test_a_network_with_a_layer_of_its_own_forward_has_no_plain_one() -> None:
    class Own(DenseLayer):
        def forward(self, upstream_activations: Any) -> LayerTrace:
            return super().forward(2.0 * upstream_activations)

    network = Network.create([3, 2])
    layers = [Own(each.weights, each.biases, each.activation) for each in network.layers]
    assert network.with_layers(layers).plain() is None


# What it refuses


@pytest.mark.parametrize("sizes", [[], [784], [784, 0, 10], [784, -3, 10]])
def test_sizes_that_make_no_network(sizes: list[int]) -> None:
    with pytest.raises(BadInput, match=re.escape(f"sizes {sizes} make no network")):
        Network.create(sizes)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"activation": "swish"}, "activation 'swish' is unknown; use one of identity, sigmoid"),
        ({"cost": "hinge"}, "cost 'hinge' is unknown; use one of quadratic"),
        ({"initialisation": "he"}, "initialisation 'he' is unknown; use one of book, scaled"),
    ],
)
def test_unknown_names_are_answered_with_the_known_ones(
    arguments: dict[str, str], message: str
) -> None:
    with pytest.raises(BadInput, match=re.escape(message)):
        Network.create([2, 2], **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", [(4, 5), (3,), (3, 5, 1), (3, 0)])
def test_inputs_of_another_shape(shape: tuple[int, ...]) -> None:
    network = Network.create([3, 2])
    with pytest.raises(BadInput, match=rf"inputs have shape {re.escape(str(shape))}.*\(3, batch\)"):
        network.forward(np.zeros(shape))


@pytest.mark.parametrize("shape", [(3, 5), (2, 4), (2,)])
@pytest.mark.parametrize("method", ["cost", "backprop"])
def test_targets_of_another_shape(shape: tuple[int, ...], method: str) -> None:
    network = Network.create([3, 2])
    with pytest.raises(BadInput, match=rf"targets have shape {re.escape(str(shape))}.*\(2, 5\)"):
        getattr(network, method)(np.zeros((3, 5)), np.zeros(shape))
