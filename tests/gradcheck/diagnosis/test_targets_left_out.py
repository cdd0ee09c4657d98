"""Targets of some examples that are not subtracted."""

import numpy as np
import pytest

from gradcheck.diagnosis.checked_array import Explanation
from gradcheck.diagnosis.targets_left_out import targets_left_out
from nets.arrays import HostArray
from tests.gradcheck.diagnosis.three_layers import Net

NET = Net()
# Of the cross-entropy: dC/dz is the output minus the targets.
OFF = NET.activations[-1] - NET.targets
DELTAS = [*NET.deltas()[:2], OFF]
LAST = NET.layers(DELTAS, DELTAS)[2]
SHARE = 0.25


def found_with(used: HostArray, biases: HostArray | None = None) -> Explanation | None:
    """What is told where dC/dz was ``used``, and in the biases perhaps another one."""
    in_biases = used if biases is None else biases
    claimed = SHARE * np.sum(LAST.product(used), axis=0), SHARE * np.sum(in_biases, axis=0)
    return targets_left_out(LAST, claimed, NET.targets, SHARE)


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        ([2], "the targets of example 2 of 4 are not subtracted"),
        ([0, 3], "the targets of examples 0 and 3 of 4 are not subtracted"),
        ([0, 1, 2, 3], "In the last layer the targets are not subtracted from the output."),
    ],
)
def test_the_examples_are_named(lost: list[int], words: str) -> None:
    used = OFF.copy()
    used[lost] += NET.targets[lost]
    found = found_with(used)
    assert found is not None
    assert found.name == "targets-left-out"
    assert words in found.says


def test_right_and_other_wrong_gradients_are_not_accused_of_it() -> None:
    assert found_with(OFF) is None
    assert found_with(2.0 * OFF) is None
    # In the weights alone: that is another mistake.
    used = OFF.copy()
    used[1] += NET.targets[1]
    assert found_with(used, biases=OFF) is None
