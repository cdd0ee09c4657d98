"""What a moved activation does to the cost, against the layers themselves."""

from dataclasses import dataclass

import numpy as np
import pytest

from gradcheck.engines.downstream import Downstream, OutputNeurons, WeightsBehind
from gradcheck.engines.engine import there
from gradcheck.engines.moved_copies import MovedArray
from gradcheck.engines.moved_entries import MovedEntries
from gradcheck.engines.unperturbed import Unperturbed
from nets.arrays import Place, to_numpy
from tests.gradcheck.problems import problem
from tests.strategies import Problem

# One bias is moved, by two offsets, in two of three examples.
NEURON, SOME = 1, slice(1, 3)
BIAS = MovedEntries.of(np.array([NEURON]), 1, np.array([[-0.5], [0.25]]))


def at_biases(given: Problem, layer: int) -> MovedArray:
    unperturbed = Unperturbed.of(given.network, given.inputs, given.targets)
    return unperturbed.moved_array(2 * layer + 1)


@dataclass(frozen=True)
class Activations:
    """The moved neuron's activations: (examples, 1, 1) before, (examples, offsets, 1) after."""

    before: np.ndarray
    after: np.ndarray


def activations(array: MovedArray) -> Activations:
    before = BIAS.at_neurons(array.activations)[SOME, ...]
    return Activations(before, before + BIAS.displacements)


def costs_behind(given: Problem, layer: int, displacement: float) -> np.ndarray:
    """The cost of each example when the neuron's activation is moved, by the layers themselves."""
    columns = given.network.forward(given.inputs)[layer].downstream_activations.copy()
    columns[NEURON] += displacement
    for downstream in given.network.layers[layer + 1 :]:
        columns = downstream.forward(columns).downstream_activations
    costs: np.ndarray = given.network.cost_function.per_example(columns, given.targets)
    return costs[SOME]


@pytest.mark.parametrize(
    ("cost", "layer", "way"),
    [
        ("quadratic", 0, Downstream),
        ("quadratic", 1, Downstream),
        ("quadratic", 2, OutputNeurons),
        ("fused-softmax-cross-entropy", 0, Downstream),
        ("fused-softmax-cross-entropy", 2, Downstream),
        ("fused-sigmoid-cross-entropy", 2, OutputNeurons),
    ],
)
def test_the_cost_of_each_example_changes_as_the_layers_say(
    cost: str, layer: int, way: type
) -> None:
    # The cheaper form of tanh is tanh itself, so the activations are the network's own.
    here = problem(3, 4, 5, 2, activation="tanh", cost=cost)
    array = at_biases(here, layer)
    assert type(array.way) is way
    moved = activations(array)
    changes = array.way.cost_changes(
        array.way.constants_of(BIAS), moved.before, moved.after.copy(), SOME
    )
    assert changes.shape == (2, 2, 1)
    for row, displacement in enumerate((-0.5, 0.25)):
        wanted = costs_behind(here, layer, displacement) - costs_behind(here, layer, 0.0)
        np.testing.assert_allclose(changes[:, row, 0], wanted, rtol=1e-12, atol=1e-15)
        half = costs_behind(here, layer, displacement / 2) - costs_behind(here, layer, 0.0)
        assert not np.allclose(changes[:, row, 0], half, rtol=1e-3)


@pytest.mark.parametrize("examples", [1, 2])
@pytest.mark.parametrize("neurons", [1, 2, 7])  # of 40: a column, a product, copies of columns
def test_the_next_z_has_a_term_for_each_moved_entry(
    neurons: int, examples: int, where: Place
) -> None:
    generator = np.random.default_rng(neurons)
    columns, z = generator.normal(size=(40, neurons)), generator.normal(size=(40, examples, 1, 1))
    moved = generator.normal(size=(examples, 3, 20))
    moved[0, 0, 4] = np.inf  # it stays in its own column
    owners = np.sort(generator.integers(0, neurons, 20))
    weights = WeightsBehind(
        where.put(columns), there(owners, where.put(z)) if neurons > 1 else None
    )
    some = np.array([3, 4, 11, 19])
    for behind, those in ((weights, np.arange(20)), (weights.at(some), some)):
        found = to_numpy(behind.next_z(where.put(z), where.put(moved[:, :, those])))
        # To the last bit: what is left out elsewhere must not change the digits here.
        wanted = columns[:, owners[those]][:, None, None, :] * moved[:, :, those] + z
        np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize(
    ("cost", "widest"),
    [("quadratic", [7, 7, 2, 2, 1, 1]), ("fused-softmax-cross-entropy", [7, 7, 2, 2, 2, 2])],
)
def test_the_widest_layer_that_a_column_passes_through(cost: str, widest: list[int]) -> None:
    here = problem(9, 3, 7, 2, cost=cost)
    unperturbed = Unperturbed.of(here.network, here.inputs, here.targets)
    arrays = [unperturbed.moved_array(which) for which in range(6)]
    assert [each.way.widest for each in arrays] == widest
    assert [each.widest for each in arrays] == widest
