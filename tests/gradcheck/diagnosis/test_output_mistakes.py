"""What mistakes make of dC/dz in the last layer."""

import numpy as np
import pytest

from gradcheck.diagnosis.layer_by_example import alike
from gradcheck.diagnosis.output_mistakes import output_mistakes
from nets.arrays import HostArray
from tests.gradcheck.diagnosis.three_layers import Net, sigmoid, sigmoid_slope

NET = Net()
Z = NET.z[2]
OFF = sigmoid(Z) - NET.targets
QUADRATIC = OFF * sigmoid_slope(Z)


def named(right: HostArray, claim: HostArray, targets: HostArray | None) -> set[str]:
    deltas = [*NET.deltas()[:2], right]
    last = NET.layers(deltas, deltas)[2]
    found = output_mistakes(last, targets)
    return {each.explanation.name for each in found if alike(each.claim, claim)}


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        (OFF, "missing-activation-derivative"),
        (QUADRATIC * sigmoid_slope(Z), "derivative-twice"),
        (OFF * (1.0 - sigmoid(Z)), "wrong-activation-derivative"),
    ],
)
def test_a_wrong_derivative_gives_its_numbers(claim: HostArray, name: str) -> None:
    assert name in named(QUADRATIC, claim, NET.targets)
    assert name in named(QUADRATIC, claim, None)


def test_z_in_place_of_the_output_is_told_with_the_targets_only() -> None:
    for share in (1.0, 0.25):
        right, claim = share * OFF, share * (Z - NET.targets)
        assert "output-activation-missing" in named(right, claim, NET.targets)
        assert "output-activation-missing" not in named(right, claim, None)
    # Where the right gradient is no multiple of the output minus the targets, it is not told.
    assert "output-activation-missing" not in named(QUADRATIC, Z - NET.targets, NET.targets)


def test_other_numbers_are_those_of_no_mistake() -> None:
    noise = np.random.default_rng(4).standard_normal(Z.shape)
    assert named(QUADRATIC, noise, NET.targets) == set()
