"""A folded network, against the one that it stands for."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.engines.tanh_form import folded
from nets.activations import ACTIVATIONS
from nets.costs import COSTS
from nets.network import Network
from tests.strategies import mini_batch


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_a_form_is_its_activation(name: str) -> None:
    z = np.linspace(-40.0, 40.0, 401)
    form = ACTIVATIONS[name].form
    values = form.finish(form.function.value(form.inner * z))
    np.testing.assert_allclose(values, ACTIVATIONS[name].value(z), rtol=1e-15, atol=2e-16)


@pytest.mark.parametrize("cost", list(COSTS))
@pytest.mark.parametrize("name", list(ACTIVATIONS))
@pytest.mark.parametrize("sizes", [[3, 2], [4, 3, 2], [5, 4, 4, 3]])
def test_a_folded_network_costs_the_same(name: str, sizes: list[int], cost: str) -> None:
    network = Network.create(sizes, activation=name, cost=cost, seed=2)
    inputs, targets = mini_batch(sizes, 6, cost, 0)
    found = folded(network, targets)
    output = found.output.finish(found.network.feedforward(inputs))
    costs = found.unit * network.cost_function.per_example(output, found.targets)
    expected = network.cost_function.per_example(network.feedforward(inputs), targets)
    np.testing.assert_allclose(costs, expected, rtol=1e-13, atol=1e-15)


def test_a_cost_of_the_distance_takes_the_last_constants_in() -> None:
    network = Network.create([3, 4, 2], activation="sigmoid")
    found = folded(network, np.array([[0.0, 1.0], [1.0, 0.5]]))
    values = np.ones(3)
    assert found.output.finish(values) is values
    assert found.unit == 0.25
    np.testing.assert_array_equal(found.targets, [[-1.0, 1.0], [1.0, 0.0]])


def test_another_cost_does_not() -> None:
    network = Network.create([3, 4, 2], activation="sigmoid")
    other = replace(network, cost_function=replace(network.cost_function, distance_power=None))
    found = folded(other, np.ones((2, 1)))
    np.testing.assert_array_equal(found.output.finish(np.array([-1.0, 1.0])), [0.0, 1.0])
    assert found.unit == 1.0


def test_only_what_gains_by_it_is_folded() -> None:
    network = Network.create([3, 4, 2], activation="tanh")
    found = folded(network, np.ones((2, 1)))
    for array, original in zip(found.network.parameters, network.parameters, strict=True):
        assert np.array_equal(array, original)
    values = np.ones(3)
    assert found.forms[0].finish(values) is values
