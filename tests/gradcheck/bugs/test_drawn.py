"""What is drawn for planting: the seed decides, and nothing is drawn that changes nothing."""

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.drawn import in_turn, previous_batch, random_bug
from nets.arrays import Place, to_numpy
from nets.errors import BadInput
from nets.network import Network
from tests.gradcheck.bugs.habitats import HABITATS

DEEP = HABITATS["deep sigmoid"]


def test_the_seed_decides_what_is_planted() -> None:
    drawn = [
        random_bug(DEEP.network, DEEP.batch, DEEP.previous, seed) for seed in (*range(60), 7, 7)
    ]
    assert drawn[7] == drawn[-1] == drawn[-2]
    assert len({bug.name for bug, _ in drawn}) > 20
    assert {layer for _, layer in drawn} == {1, 2, 3, 4}
    for bug, layer in drawn:
        assert layer in DEEP.layers_for(bug)


def test_a_random_mistake_in_a_given_layer() -> None:
    for seed in range(20):
        bug, layer = random_bug(DEEP.network, DEEP.batch, DEEP.previous, seed, 2)
        assert layer == 2
        assert 2 in DEEP.layers_for(bug)


@pytest.mark.parametrize("layer", [0, 5, -1])
def test_a_layer_that_does_not_exist_is_refused(layer: int) -> None:
    with pytest.raises(BadInput, match=f"there is no layer {layer}: this network has the layers"):
        random_bug(DEEP.network, DEEP.batch, DEEP.previous, 1, layer)


def test_where_no_mistake_changes_anything_none_is_planted() -> None:
    network = Network.create([2, 2], activation="identity", initialisation="scaled")
    network = network.with_parameters([0.0 * array for array in network.parameters])
    nothing = MiniBatch(np.ones((2, 3)), np.zeros((2, 3)))
    with pytest.raises(BadInput, match="no mistake changes anything in this network; use other"):
        random_bug(network, nothing, nothing, 0)
    with pytest.raises(BadInput, match="no mistake changes anything in layer 1; use other"):
        random_bug(network, nothing, nothing, 0, 1)


def test_the_mini_batch_before_is_another_of_the_same_kind(where: Place) -> None:
    host = HABITATS["relu softmax"].batch
    batch = MiniBatch(where.put(host.inputs), where.put(host.targets))
    before, again, other = (previous_batch(batch, seed) for seed in (1, 1, 2))
    inputs, targets = to_numpy(before.inputs), to_numpy(before.targets)
    np.testing.assert_array_equal(inputs, to_numpy(again.inputs))
    assert np.all(inputs != to_numpy(other.inputs))
    assert inputs.shape == host.inputs.shape
    assert np.all(inputs != host.inputs)
    assert np.min(host.inputs) <= np.min(inputs) <= np.max(inputs) <= np.max(host.inputs)
    np.testing.assert_array_equal(targets[:, 1:], host.targets[:, :-1])
    np.testing.assert_array_equal(targets[:, 0], host.targets[:, -1])


def test_seeds_in_a_row_plant_different_mistakes() -> None:
    drawn = [
        random_bug(DEEP.network, DEEP.batch, DEEP.previous, seed)[0].name for seed in range(20)
    ]
    assert len(set(drawn)) == 20
    names = ["one", "two", "three"]
    assert {in_turn(names, seed) for seed in (5, 6, 7)} == set(names)
    assert in_turn(names[::-1], 5) == in_turn(names, 5)
