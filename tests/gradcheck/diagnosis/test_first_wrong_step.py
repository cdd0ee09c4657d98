"""The first wrong step: the one that contradicts the measurement and the chain rule alike."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import BackpropStep, MiniBatch, Moment
from gradcheck.bugs.chain_rule import CHAIN_RULE, PARAMETER_STEPS
from gradcheck.bugs.walk_back import moments_of
from gradcheck.bugs.zoo import BUGS
from gradcheck.check import check_network
from gradcheck.diagnosis import measured_inside
from gradcheck.diagnosis.first_wrong_step import first_wrong_step
from gradcheck.diagnosis.wrong_step import WrongStep
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.activations import ACTIVATIONS
from nets.arrays import Array, HostArray, to_numpy
from nets.layers import LayerGradients
from tests.gradcheck.bugs.habitats import HABITATS, PLACES, Habitat, in_float32
from tests.gradcheck.diagnosis.wrong_backprops import (
    DEEP,
    checked,
    claimed_of,
    diagnosed,
    mistake,
    one_off,
    thrice,
    told,
)


def found(here: Habitat, gradients: Any, report: Report | None = None, seed: int = 0) -> WrongStep:
    report = report or checked(here, gradients, seed=seed)
    assert report.verdict is Verdict.DISAGREE
    return first_wrong_step(claimed_of(here, gradients, seed), report)


# Both contradicted


@pytest.mark.parametrize(("habitat", "name", "layer"), PLACES[::7])
def test_it_is_the_step_that_was_done_wrong(habitat: str, name: str, layer: int) -> None:
    here, bug = HABITATS[habitat], BUGS[name]
    wrong = found(here, here.with_bug(bug, layer))
    assert wrong.step == BackpropStep(layer, bug.step)
    assert wrong.is_certain
    assert wrong.mistake is None  # which one it is, is asked elsewhere
    # What it should have been: the chain rule, from steps that were right so far.
    right = getattr(here.right()[layer - 1], CHAIN_RULE[bug.step].field)
    np.testing.assert_allclose(wrong.right, right, rtol=1e-12, atol=1e-15)
    assert np.any(wrong.claim != wrong.right)


def test_the_words_tell_what_came_before() -> None:
    first = found(DEEP, DEEP.with_bug(BUGS["not-divided-by-batch"], 4))
    assert first.how == "This is the first step of backprop; in this step 9 of 9 entries are wrong"
    later = found(DEEP, DEEP.with_bug(BUGS["bias-forgotten"], 3))
    # 9 outputs and z, 12 weights, 3 biases; 12 upstream activations and z, 16 weights.
    assert later.how == (
        "Everything computed before this step is right (73 entries measured); in this step 4 of 4 "
        "are wrong"
    )


def test_what_only_rounding_contradicts_before_it_is_not_called_right() -> None:
    """Every entry in float32 disagrees with the complex step, and none of the steps is wrong."""
    claim = in_float32(DEEP.with_bug(BUGS["bias-forgotten"], 3))
    wrong = found(DEEP, claim, checked(DEEP, claim, scheme="complex"))
    assert wrong.step == BackpropStep(3, "gradient_wrt_biases")
    assert wrong.how.startswith("No step before this one is wrong in itself (")
    assert wrong.how.endswith("of 73 entries measured agree); in this step 4 of 4 are wrong")


def test_a_gradient_that_is_not_what_was_handed_on() -> None:
    right = list(DEEP.right())
    swapped = np.flip(to_numpy(right[2].gradient_wrt_upstream_activations), axis=1)
    moments = moments_of(DEEP.network, DEEP.batch)
    layer = DEEP.network.layers[1]
    right[1] = layer.backward(moments[2].trace, swapped)
    right[0] = DEEP.network.layers[0].backward(
        moments[1].trace, right[1].gradient_wrt_upstream_activations, wants_upstream=False
    )
    wrong = found(DEEP, right)
    assert wrong.step == BackpropStep(2, "gradient_wrt_downstream_activations")
    assert wrong.how == "Layer 2 does not start from the gradient that layer 3 hands back"
    assert told(diagnosed(DEEP, right)) == (*wrong.step, None)


def test_another_slope_at_a_kink_is_not_blamed_for_a_mistake_that_comes_later() -> None:
    """ReLU's slope at 0 taken as 1 is a valid one; only the weights behind it are wrong."""
    here = Habitat.of(3, 4, 2, activation="relu", cost="quadratic", seed=6)
    parameters = [array.copy() for array in here.network.parameters]
    parameters[0][2], parameters[1][2] = 0.0, 0.0  # neuron 2 sits on the kink
    parameters[3][:] = 5.0
    inputs = np.abs(here.batch.inputs)
    network = here.network.with_parameters(parameters)
    here = Habitat(network, MiniBatch(inputs, here.batch.targets), here.previous)
    first, last = here.right()
    gradient_wrt_z = first.gradient_wrt_z.copy()
    gradient_wrt_z[2] = first.gradient_wrt_downstream_activations[2]
    first = replace(
        first,
        gradient_wrt_z=gradient_wrt_z,
        gradient_wrt_weights=gradient_wrt_z @ inputs.T,
        gradient_wrt_biases=np.sum(gradient_wrt_z, axis=1, keepdims=True),
    )
    assert checked(here, [first, last]).ok
    wrong = replace(first, gradient_wrt_weights=2.0 * first.gradient_wrt_weights)
    assert told(diagnosed(here, [wrong, last])) == (
        1,
        "gradient_wrt_weights",
        "weights-factor-two",
    )


# The chain rule alone


def test_a_mistake_below_what_can_be_measured_inside_is_found_by_what_it_leaves() -> None:
    """A step that is off by less than differences see, where the parameters' gradients are not."""
    here = Habitat.of(3, 4, 2, activation="relu", cost="quadratic")
    right = list(here.right())
    off = right[1].gradient_wrt_weights * (1.0 + 1e-4)
    right[1] = replace(right[1], gradient_wrt_weights=off)
    assert told(diagnosed(here, right, scheme="central"))[:2] == (2, "gradient_wrt_weights")


def test_a_wrong_entry_that_no_sample_holds_is_found_by_what_the_chain_rule_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(measured_inside, "MEASURED", 1)
    claim = DEEP.with_bug(mistake("gradient_wrt_z", one_off), 3)
    wrong = [found(DEEP, claim, seed=seed) for seed in range(3)]
    assert {each.step for each in wrong} == {BackpropStep(3, "gradient_wrt_z")}
    assert any("the difference is too small to be measured" in each.how for each in wrong)


def test_a_large_array_is_sampled_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured_inside, "MEASURED", 5)
    for name, layer in (("derivative-twice", 2), ("weights-not-transposed", 3)):
        wrong = diagnosed(DEEP, DEEP.with_bug(BUGS[name], layer))
        assert told(wrong) == (layer, BUGS[name].step, name)


# The measurement alone


def contradicted(report: Report) -> Report:
    """A report on a right gradient, with one entry said to be wrong."""
    first = report.arrays[0]
    verdicts = first.verdicts.copy()
    verdicts[3] = Verdict.DISAGREE
    return replace(report, arrays=(replace(first, verdicts=verdicts), *report.arrays[1:]))


def test_what_the_chain_rule_gives_is_put_down_to_no_mistake() -> None:
    """Whatever made the differences contradict it."""
    right = DEEP.right()
    wrong = found(DEEP, right, contradicted(checked(DEEP, right)))
    assert wrong.step == BackpropStep(1, "gradient_wrt_weights")
    assert wrong.how == (
        "1 of 16 entries are wrong, although every step follows from the one before it: the "
        "network's own derivative, such as that of the activation function, may be wrong"
    )


def test_in_float32_rounding_may_be_all() -> None:
    claim = in_float32(DEEP.right())
    report = checked(DEEP, claim, scheme="complex")
    assert report.verdict is Verdict.AGREE
    assert any("float32" in remark for remark in report.remarks)
    # Held to float64's digits, it is not put down to a mistake.
    wrong_there = {
        array.name: replace(array, verdicts=np.full_like(array.verdicts, Verdict.DISAGREE))
        for array in report.arrays
    }
    wrong = found(DEEP, claim, replace(report, arrays=tuple(wrong_there.values())))
    assert "the rounding of float32 may be all that is wrong" in wrong.how


def test_a_network_whose_own_derivative_is_wrong() -> None:
    """Then the chain rule, as its layers have it, gives the claim; the measurement knows better."""

    def off(z: Array, activations: Array) -> Array:
        return 1.05 * ACTIVATIONS["sigmoid"].derivative(z, activations)

    layers = list(DEEP.network.layers)
    layers[1] = replace(layers[1], activation=replace(layers[1].activation, derivative=off))
    network = replace(DEEP.network, layers=tuple(layers))
    report = check_network(network, DEEP.batch.inputs, DEEP.batch.targets)
    assert report.diagnosis is not None
    assert told(report.diagnosis) == (2, "gradient_wrt_z", None)
    assert report.diagnosis.evidence is not None
    assert "the network's own derivative" in report.diagnosis.evidence
    assert "The wrong entries are 1.05 times the right value." in report.diagnosis.evidence


# Numbers that are none


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("step", ["gradient_wrt_output", "gradient_wrt_z", *PARAMETER_STEPS])
def test_a_claim_that_is_no_number_is_told_where_it_begins(step: str, odd: float) -> None:
    def wrong(moment: Moment, right: HostArray) -> HostArray:
        spoiled = right.copy()
        spoiled[1, 0] = odd
        return spoiled

    with np.errstate(invalid="ignore"):  # infinity less infinity, in the backprop itself
        claim = DEEP.with_bug(mistake(step, wrong), 4)
    diagnosis = diagnosed(DEEP, claim)
    assert told(diagnosis) == (4, step, None)
    assert diagnosis.evidence is not None
    assert "in this step 1 of" in diagnosis.evidence
    assert "values is NaN or infinite" in diagnosis.evidence


# Later mistakes


def test_a_later_mistake_is_not_told_before_the_first() -> None:
    first: LayerGradients = DEEP.right()[0]
    claim = list(DEEP.with_bug(mistake("gradient_wrt_biases", thrice), 3))
    claim[0] = replace(first, gradient_wrt_weights=2.0 * first.gradient_wrt_weights)
    assert found(DEEP, claim).step == BackpropStep(3, "gradient_wrt_biases")
