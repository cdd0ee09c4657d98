"""Cost changes as the entries of one array move, against the cost of the moved network."""

import numpy as np
import pytest

from gradcheck.engines.moved_copies import MovedArray
from gradcheck.engines.moved_entries import MovedEntries
from gradcheck.engines.unperturbed import Unperturbed
from nets.costs import COSTS
from nets.network import Network
from tests.gradcheck.problems import problem
from tests.strategies import Problem

STEP = 1e-3


def moved_array(given: Problem, which: int) -> MovedArray:
    return Unperturbed.of(given.network, given.inputs, given.targets).moved_array(which)


def all_entries(array: MovedArray, size: int) -> MovedEntries:
    return MovedEntries.of(np.arange(size), array.n_upstream, np.full((1, size), STEP))


def with_moved(network: Network, which: int, entry: int) -> Network:
    arrays = [array.copy() for array in network.parameters]
    arrays[which].flat[entry] += STEP
    return network.with_parameters(arrays)


def full_changes(given: Problem, which: int) -> np.ndarray:
    """The same cost changes by one full forward pass for each entry."""
    before = given.network.cost(given.inputs, given.targets)
    moved = (
        with_moved(given.network, which, entry)
        for entry in range(given.network.parameters[which].size)
    )
    return np.array([float(each.cost(given.inputs, given.targets) - before) for each in moved])


@pytest.mark.parametrize("examples_each", [1, 2, 3, 4])
def test_examples_are_computed_together_or_one_by_one(examples_each: int) -> None:
    here = problem(6, 5, 3, batch_size=4)
    array = moved_array(here, 0)
    changes = array.cost_changes(all_entries(array, 30), examples_each)
    assert changes.shape == (1, 30)
    np.testing.assert_allclose(changes[0], full_changes(here, 0), rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("which", range(6))
def test_every_array_of_every_cost(which: int, cost: str) -> None:
    here = problem(4, 3, 5, 2, cost=cost)
    array = moved_array(here, which)
    size = here.network.parameters[which].size
    changes = array.cost_changes(all_entries(array, size), 3)
    np.testing.assert_allclose(changes[0], full_changes(here, which), rtol=1e-9, atol=1e-15)


def test_another_network_s_changes_would_be_noticed() -> None:
    here, other = problem(4, 3, 2, seed=0), problem(4, 3, 2, seed=1)
    array = moved_array(here, 0)
    changes = array.cost_changes(all_entries(array, 12), 3)
    assert not np.allclose(changes[0], full_changes(other, 0), rtol=1e-2)


def test_it_knows_its_mini_batch_and_its_columns() -> None:
    here = problem(6, 5, 3, batch_size=4)
    weights, biases = moved_array(here, 0), moved_array(here, 1)
    assert (weights.batch_size, biases.batch_size) == (4, 4)
    assert (weights.n_upstream, biases.n_upstream) == (6, 1)
