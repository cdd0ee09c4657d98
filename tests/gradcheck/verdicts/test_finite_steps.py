"""Steps inside a backprop that are NaN or infinite, though no parameter's gradient shows it."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.verdicts.finite_steps import not_finite_inside
from gradcheck.verdicts.verdict import Verdict
from tests.gradcheck.problems import problem


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(
    "step",
    [
        "gradient_wrt_downstream_activations",
        "gradient_wrt_z",
        "gradient_wrt_upstream_activations",
    ],
)
def test_a_step_that_is_not_finite_is_a_finding(step: str, value: float) -> None:
    given = problem(5, 4, 3, batch_size=2)
    gradients = given.network.backprop(given.inputs, given.targets)
    spoilt = getattr(gradients[1], step).copy()
    spoilt[0, 0] = value
    claimed = [gradients[0], replace(gradients[1], **{step: spoilt})]
    report = check_network(given.network, given.inputs, given.targets, gradients=claimed)
    assert report.verdict is Verdict.AGREE
    assert not report.ok
    assert len(report.findings) == 1
    assert report.findings[0].startswith(f"{step} of layer 2 is NaN or infinite at 1 entry.")
    assert step in str(report)


def test_finite_steps_are_no_finding_and_arrays_say_nothing_about_steps() -> None:
    given = problem(5, 4, 3, batch_size=2)
    gradients = given.network.backprop(given.inputs, given.targets)
    assert not_finite_inside(gradients) == ()
    assert not_finite_inside([np.array([np.nan])]) == ()
    assert check_network(given.network, given.inputs, given.targets).ok


def test_what_reaches_a_parameter_s_gradient_is_a_disagreement_and_no_finding() -> None:
    given = problem(5, 4, 3, batch_size=2)
    gradients = given.network.backprop(given.inputs, given.targets)
    biases = np.full_like(gradients[0].gradient_wrt_biases, np.nan)
    claimed = [replace(gradients[0], gradient_wrt_biases=biases), gradients[1]]
    report = check_network(given.network, given.inputs, given.targets, gradients=claimed)
    assert report.verdict is Verdict.DISAGREE
    assert report.findings == ()
