"""Steps inside, measured: right ones agree, and a wrong one disagrees where it is made."""

from collections.abc import Sequence

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import BackpropStep
from gradcheck.bugs.chain_rule import PARAMETER_STEPS, walk
from gradcheck.bugs.walk_back import moments_of
from gradcheck.bugs.zoo import BUGS
from gradcheck.diagnosis import measured_inside
from gradcheck.diagnosis.claimed_steps import claims_by_step
from gradcheck.verdicts.array_report import ArrayReport
from nets.layers import LayerGradients
from tests.gradcheck.bugs.habitats import HABITATS, Habitat
from tests.gradcheck.diagnosis.wrong_backprops import DEEP


def measured(
    here: Habitat, claim: Sequence[LayerGradients], seed: int = 0
) -> dict[BackpropStep, ArrayReport]:
    moments = moments_of(here.network, here.batch)
    return measured_inside.measured_inside(moments, claims_by_step(claim), seed)


@pytest.mark.parametrize("habitat", HABITATS)
def test_right_steps_agree_with_what_is_measured_inside(habitat: str) -> None:
    here = HABITATS[habitat]
    found = measured(here, here.right())
    layers = len(here.network.layers)
    taken_over = {
        BackpropStep(layer, "gradient_wrt_downstream_activations") for layer in range(1, layers)
    }
    parameters = {step for step in walk(layers) if step.name in PARAMETER_STEPS}
    assert set(found) == set(walk(layers)) - taken_over - parameters
    for step, report in found.items():
        assert (report.layer, report.parameter) == step
        assert report.counts["disagree"] == 0
        assert report.counts["agree"] > 0


@pytest.mark.parametrize("habitat", HABITATS)
def test_a_wrong_step_disagrees_with_what_is_measured_inside(habitat: str) -> None:
    here = HABITATS[habitat]
    wrong = here.with_bug(BUGS["missing-activation-derivative"], 2)
    found = measured(here, wrong)
    assert found[BackpropStep(2, "gradient_wrt_z")].counts["disagree"] > 0
    assert found[BackpropStep(3, "gradient_wrt_z")].counts["disagree"] == 0


def test_a_large_array_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured_inside, "MEASURED", 5)
    drawn = [measured(DEEP, DEEP.right(), seed) for seed in (0, 0, 1)]
    step = BackpropStep(2, "gradient_wrt_z")  # 4 neurons, 3 examples
    entries = [each[step].entries for each in drawn]
    assert all(len(each) == 5 for each in entries)
    np.testing.assert_array_equal(entries[0], entries[1])
    assert np.any(entries[0] != entries[2])
