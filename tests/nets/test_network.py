"""Whole networks: backprop against two independent oracles."""

import re

import numpy as np
import pytest
from hypothesis import given, settings

from nets.activations import ACTIVATIONS
from nets.arrays import CPU, Place, place, to_numpy
from nets.costs import COSTS
from nets.errors import BadInput
from nets.network import INITIALISATIONS, Network, parameter_count
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


def test_the_book_draws_weights_and_biases_from_the_standard_normal() -> None:
    layer = Network.create([200, 500], initialisation="book", seed=1).layers[0]
    for array in (layer.weights, layer.biases):
        # Four standard errors of the mean and of the standard deviation.
        assert abs(np.mean(array)) < 4 / np.sqrt(array.size)
        assert abs(np.std(array) - 1) < 4 / np.sqrt(2 * array.size)


@pytest.mark.parametrize("n_upstream", [10, 400])
def test_scaled_weights_have_variance_one_over_n_and_biases_are_zero(n_upstream: int) -> None:
    layer = Network.create([n_upstream, 500], initialisation="scaled", seed=1).layers[0]
    relative = np.var(layer.weights) * n_upstream
    assert abs(relative - 1) < 4 * np.sqrt(2 / layer.weights.size)
    assert not np.any(layer.biases)


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
    with pytest.raises(BadInput, match=r"targets have shape \(2, 4\); wanted is \(2, 5\)"):
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


@pytest.mark.parametrize("sizes", [[], [784], [784, 0, 10], [784, -3, 10]])
def test_sizes_that_make_no_network(sizes: list[int]) -> None:
    with pytest.raises(BadInput, match=re.escape(f"sizes {sizes} make no network")):
        Network.create(sizes)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"activation": "swish"}, "activation 'swish' is unknown; take one of identity, sigmoid"),
        ({"cost": "hinge"}, "cost 'hinge' is unknown; take one of quadratic"),
        ({"initialisation": "he"}, "initialisation 'he' is unknown; take one of book, scaled"),
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
