"""Right answers: the most active output neuron is the label's."""

import numpy as np
import pytest

from nets.answers import accuracy, right_answers
from nets.arrays import Place, array_namespace
from nets.errors import BadInput
from nets.network import Network


def test_right_answers(where: Place) -> None:
    network = Network.create([3, 3], activation="identity", where=where)
    network = network.with_parameters([where.put(np.eye(3)), where.put(np.zeros((3, 1)))])
    inputs = where.put(np.eye(3)[:, [0, 1, 2, 2]])
    xp = array_namespace(inputs)
    for labels in ([0, 1, 2, 0], np.array([0, 1, 2, 0], dtype=np.uint8)):
        assert right_answers(network, inputs, labels) == 3
        assert accuracy(network, inputs, labels) == 0.75
    there = xp.asarray([0, 1, 2, 0], device=where.device)
    assert right_answers(network, inputs, there) == 3


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ([0, 1], r"labels have shape \(2,\); they should have shape \(3,\)"),
        ([0.0, 1.0, 1.0], "labels have dtype float64; they should be whole numbers"),
        ([0, 1, 2], "label 2 does not fit a last layer of 2 neurons"),
        ([0, -1, 1], "label -1 does not fit"),
    ],
)
def test_labels_that_do_not_fit(labels: list[float], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        right_answers(Network.create([3, 2]), np.eye(3), labels)


def test_a_single_output_neuron_has_no_most_active_one() -> None:
    with pytest.raises(BadInput, match="has only one output neuron"):
        right_answers(Network.create([3, 1]), np.eye(3), [0, 0, 0])
