"""What to mend: the first wrong step and the likely mistake, or that none explains it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradcheck.bugs.backprop_step import MiniBatch, Moment
from gradcheck.bugs.chain_rule import CHAIN_RULE
from gradcheck.bugs.drawn import previous_batch
from gradcheck.bugs.planting import layers_to_plant, wrong_backprop
from gradcheck.bugs.walk_back import moments_of
from gradcheck.bugs.zoo import BUGS
from gradcheck.check import check_network
from gradcheck.diagnosis.diagnose import diagnose
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import Array, HostArray, Place
from nets.errors import BadInput
from nets.layers import DenseLayer, LayerGradients, LayerTrace, parameter_gradients
from nets.network import Network
from tests.gradcheck.bugs.by_hand import gradients_by_hand
from tests.gradcheck.bugs.habitats import HABITATS, PLACES, Habitat, in_float32
from tests.gradcheck.diagnosis.wrong_backprops import (
    DEEP,
    EVERY_MISTAKE,
    SOME_PLACES,
    checked,
    claimed_of,
    diagnosed,
    equivalents,
    mistake,
    noisy,
    one_off,
    quickest,
    thrice,
    told,
)
from tests.gradcheck.problems import BOOK
from tests.strategies import Problem, problems

# The zoo


@SOME_PLACES
def test_from_inside_every_mistake_is_located_and_named(
    habitat: str, name: str, layer: int
) -> None:
    here, bug = HABITATS[habitat], BUGS[name]
    where = (layer, bug.step, name)
    found = told(diagnosed(here, here.with_bug(bug, layer), scheme=quickest(here)))
    assert found[:2] == where[:2]
    assert found in equivalents(habitat, where)


def test_few_mistakes_are_the_same_as_others() -> None:
    """Or the tests that allow equivalents would allow anything."""
    pairs = {
        (name, other)
        for habitat, name, layer in PLACES
        for _, _, other in equivalents(habitat, (layer, BUGS[name].step, name))
        if name != other
    }
    assert ("cross-entropy-shortcut", "missing-activation-derivative") in pairs
    assert len(pairs) <= 6


@EVERY_MISTAKE
def test_from_inside_a_student_s_backprop_may_round_in_its_own_way(
    habitat: str, name: str, layer: int
) -> None:
    here = HABITATS[habitat]
    claim = gradients_by_hand(here.network, here.batch, name, layer, here.previous)
    found = told(diagnosed(here, claim, scheme=quickest(here)))
    assert found in equivalents(habitat, (layer, BUGS[name].step, name))


@EVERY_MISTAKE
def test_claims_in_float32_are_diagnosed_as_well(habitat: str, name: str, layer: int) -> None:
    here, bug = HABITATS[habitat], BUGS[name]
    inside = in_float32(here.with_bug(bug, layer))
    for claim in (inside, parameter_gradients(inside)):
        # Beside the complex step every entry is wrong: by float32's rounding.
        found = told(diagnosed(here, claim, scheme=quickest(here)))
        assert found in equivalents(habitat, (layer, bug.step, name))


@pytest.mark.parametrize("scheme", ["forward", "five-point", "complex"])
@pytest.mark.parametrize("engine", ["batched", "one-by-one"])
def test_whatever_measures_the_diagnosis_is_the_same(scheme: str, engine: str) -> None:
    for name, layer in (("derivative-twice", 2), ("updated-weights", 3), ("bias-averaged", 1)):
        bug = BUGS[name]
        found = diagnosed(DEEP, DEEP.with_bug(bug, layer), scheme=scheme, engine=engine)
        assert told(found) == (layer, bug.step, name)


@pytest.mark.parametrize("inside", [True, False], ids=["inside", "outside"])
@pytest.mark.parametrize(
    ("name", "layer"),
    [("weights-factor-two", 1), ("missing-activation-derivative", 1), ("gradient-stops", 2)],
)
def test_the_book_s_network(name: str, layer: int, inside: bool) -> None:
    batch = MiniBatch(BOOK.inputs, BOOK.targets)
    book = Habitat(BOOK.network, batch, previous_batch(batch, 1))
    claim = book.with_bug(BUGS[name], layer)
    found = diagnosed(book, claim if inside else parameter_gradients(claim), sample=200)
    assert told(found) == (layer, BUGS[name].step, name)


@given(drawn=problems(scales=(0.3, 1.0)), name=st.sampled_from(sorted(BUGS)), data=st.data())
@settings(max_examples=25)
def test_in_any_network_what_is_caught_is_located(
    drawn: Problem, name: str, data: st.DataObject
) -> None:
    batch = MiniBatch(drawn.inputs, drawn.targets)
    here = Habitat(drawn.network, batch, previous_batch(batch, 1))
    layers = layers_to_plant(here.network, here.batch, BUGS[name], here.previous)
    assume(layers)
    layer = data.draw(st.sampled_from(layers))
    report = checked(here, here.with_bug(BUGS[name], layer), scheme="central")
    if report.counts["disagree"]:
        assert report.diagnosis is not None
        assert told(report.diagnosis)[:2] == (layer, BUGS[name].step)


def test_elsewhere_the_diagnosis_is_the_same(elsewhere: Place) -> None:
    for name, layer in (("stale-z", 3), ("weight-decay", 2)):
        mine = diagnosed(DEEP, DEEP.with_bug(BUGS[name], layer))
        there = DEEP.at(elsewhere)
        theirs = diagnosed(there, there.with_bug(BUGS[name], layer))
        assert told(mine) == told(theirs) == (layer, BUGS[name].step, name)


def test_a_network_of_one_layer_and_one_example() -> None:
    network = Network.create([2, 3], seed=1)
    batch = MiniBatch(np.array([[0.3], [-0.7]]), np.array([[0.1], [0.5], [0.9]]))
    wrong = wrong_backprop(network, batch, BUGS["derivative-twice"], 1)
    report = check_network(network, batch.inputs, batch.targets, gradients=wrong)
    assert report.diagnosis is not None
    assert told(report.diagnosis) == (1, "gradient_wrt_z", "derivative-twice")


# What the zoo does not know


def inverse(moment: Moment, right: HostArray) -> Array:
    return moment.downstream / (1.0 + moment.slope)


UNKNOWN = [
    (3, "gradient_wrt_output", noisy, "times the right value (median"),
    (2, "gradient_wrt_z", noisy, "times the right value (median"),
    (1, "gradient_wrt_z", inverse, "entries that should be zero are not"),
    (2, "gradient_wrt_weights", thrice, "The wrong entries are 3 times the right value"),
    (1, "gradient_wrt_weights", one_off, "The wrong entries are 1.25 times the right value"),
    (3, "gradient_wrt_biases", one_off, "The wrong entries are 1.25 times the right value"),
    (3, "gradient_wrt_upstream_activations", thrice, "The wrong entries are 3 times the right"),
    (2, "gradient_wrt_upstream_activations", noisy, "times the right value (median"),
]


@pytest.mark.parametrize(("layer", "step", "wrong", "numbers"), UNKNOWN)
def test_a_mistake_that_is_not_in_the_zoo_is_located_and_not_named(
    layer: int, step: str, wrong: Any, numbers: str
) -> None:
    here = HABITATS["relu softmax"]
    found = diagnosed(here, here.with_bug(mistake(step, wrong), layer))
    assert told(found) == (layer, step, None)
    assert found.says is None
    assert found.evidence is not None
    assert numbers in found.evidence
    assert len(found.hints) == 3
    # A place is not a mistake: the line to look at is named instead.
    assert found.hints[2].startswith(f"Check the line that computes {step} in layer {layer}: it ")
    assert CHAIN_RULE[step].formula in found.hints[2]


# One after the other


def with_two(here: Habitat, first: tuple[str, int], then: tuple[str, int]) -> list[LayerGradients]:
    """Two mistakes: that of the layers downstream is made, and what follows goes on from it."""
    once = here.with_bug(BUGS[first[0]], first[1])
    moments = moments_of(here.network, here.batch, here.previous)
    bug, layer = BUGS[then[0]], then[1]
    moment = replace(
        moments[layer],
        downstream=once[layer - 1].gradient_wrt_downstream_activations,
        gradient_wrt_z=once[layer - 1].gradient_wrt_z,
    )
    wrong = bug.wrong(moment, CHAIN_RULE[bug.step].right(moment))
    spoiled = replace(once[layer - 1], **{bug.step: wrong})
    return [*once[: layer - 1], spoiled, *once[layer:]]


def test_of_two_mistakes_the_first_is_told_and_what_follows_from_it_is_not_blamed() -> None:
    claim = with_two(DEEP, ("sign-flipped", 4), ("weights-factor-two", 2))
    found = diagnosed(DEEP, claim)
    assert told(found) == (4, "gradient_wrt_output", "sign-flipped")
    # Once that is mended, the other is.
    right = list(DEEP.right())
    right[1] = replace(right[1], gradient_wrt_weights=2.0 * right[1].gradient_wrt_weights)
    assert told(diagnosed(DEEP, right)) == (2, "gradient_wrt_weights", "weights-factor-two")


# What is right


@pytest.mark.parametrize("habitat", HABITATS)
def test_what_is_right_has_no_diagnosis(habitat: str) -> None:
    here = HABITATS[habitat]
    for claim in (
        here.right(),
        parameter_gradients(here.right()),
        gradients_by_hand(here.network, here.batch),
    ):
        report = checked(here, claim)
        assert report.verdict is Verdict.AGREE
        assert report.diagnosis is None
        assert report.to_dict()["diagnosis"] is None
        assert diagnose(report, claimed_of(here, claim)) is None


# What is claimed of the steps inside


@pytest.mark.parametrize(
    "step",
    [
        "gradient_wrt_downstream_activations",
        "gradient_wrt_z",
        "gradient_wrt_upstream_activations",
    ],
)
def test_steps_that_cannot_be_worked_with_are_refused(step: str) -> None:
    right = list(DEEP.right())
    what = step.removeprefix("gradient_wrt_").replace("_", " ")
    for claim, words in (
        (np.ones((3, 4)), r"has shape \(3, 4\); it should be \(4, 3\)"),
        ([[1.0]], r"is a list; it should be an array of shape \(4, 3\)"),
        (1j * np.ones((4, 3)), "has dtype complex128; give real numbers"),
    ):
        right[1] = replace(right[1], **{step: claim})
        with pytest.raises(BadInput, match=f"the gradient of layer 2 {what} {words}"):
            checked(DEEP, right)


# Subclasses: what is right is the plain chain rule, whatever they do themselves


class DoubledWeights(DenseLayer):
    """A layer whose own ``backward`` makes the gradient of the weights twice as large."""

    def backward(
        self,
        trace: LayerTrace,
        gradient_wrt_downstream_activations: Array,
        *,
        wants_upstream: bool = True,
    ) -> LayerGradients:
        right = super().backward(
            trace, gradient_wrt_downstream_activations, wants_upstream=wants_upstream
        )
        return replace(right, gradient_wrt_weights=2.0 * right.gradient_wrt_weights)


class DoubledSlope(DenseLayer):
    """A layer whose own ``backward`` takes the derivative of the activation function twofold."""

    def backward(
        self,
        trace: LayerTrace,
        gradient_wrt_downstream_activations: Array,
        *,
        wants_upstream: bool = True,
    ) -> LayerGradients:
        wrong = super().backward(
            trace, 2.0 * gradient_wrt_downstream_activations, wants_upstream=wants_upstream
        )
        return replace(
            wrong, gradient_wrt_downstream_activations=gradient_wrt_downstream_activations
        )


class DoubledNetwork(Network):
    """A network whose own ``backprop`` makes the gradient of all weights twice as large."""

    def backprop(self, inputs: Array, targets: Array) -> tuple[LayerGradients, ...]:
        return tuple(
            replace(layer, gradient_wrt_weights=2.0 * layer.gradient_wrt_weights)
            for layer in super().backprop(inputs, targets)
        )


class ShiftedOutput(Network):
    """A network with a forward pass of its own, and a backprop that is wrong for it."""

    def forward(self, inputs: Array) -> tuple[LayerTrace, ...]:
        *others, last = super().forward(inputs)
        shifted = replace(last, downstream_activations=last.downstream_activations + 0.25)
        return (*others, shifted)

    def backward(self, traces: Sequence[LayerTrace], targets: Array) -> tuple[LayerGradients, ...]:
        return tuple(
            replace(layer, gradient_wrt_weights=2.0 * layer.gradient_wrt_weights)
            for layer in super().backward(traces, targets)
        )


def with_layer(here: Habitat, layer: int, kind: type[DenseLayer]) -> Network:
    """The network with one layer of another class."""
    layers = list(here.network.layers)
    plain = layers[layer - 1]
    layers[layer - 1] = kind(plain.weights, plain.biases, plain.activation)
    return here.network.with_layers(layers)


@pytest.mark.parametrize("habitat", HABITATS)
@pytest.mark.parametrize("layer", [1, 2, 3])
def test_a_layer_whose_own_backward_is_wrong_is_diagnosed(habitat: str, layer: int) -> None:
    here = HABITATS[habitat]
    network = with_layer(here, layer, DoubledWeights)
    report = check_network(network, here.batch.inputs, here.batch.targets, threads=1)
    assert report.verdict is Verdict.DISAGREE
    assert report.diagnosis is not None
    assert told(report.diagnosis) == (layer, "gradient_wrt_weights", "weights-factor-two")
    # By the chain rule, not by the measurement alone.
    assert report.diagnosis.evidence is not None
    assert report.diagnosis.evidence.startswith("Everything computed before this step is right (")


@pytest.mark.parametrize("inside", [True, False], ids=["inside", "outside"])
@pytest.mark.parametrize("layer", [1, 2, 3])
def test_a_layer_whose_own_slope_is_wrong_is_diagnosed(layer: int, inside: bool) -> None:
    network = with_layer(DEEP, layer, DoubledSlope)
    claim = network.backprop(DEEP.batch.inputs, DEEP.batch.targets)
    report = check_network(
        network,
        DEEP.batch.inputs,
        DEEP.batch.targets,
        gradients=claim if inside else parameter_gradients(claim),
    )
    assert report.verdict is Verdict.DISAGREE
    assert report.diagnosis is not None
    # From outside, the weights and the biases of the layer show the factor.
    name = None if inside else "factor-two"
    assert told(report.diagnosis) == (layer, "gradient_wrt_z", name)
    assert report.diagnosis.evidence is not None
    assert "The wrong entries are 2 times the right value." in report.diagnosis.evidence


@pytest.mark.parametrize("habitat", HABITATS)
def test_a_network_whose_own_backprop_is_wrong_is_diagnosed(habitat: str) -> None:
    here = HABITATS[habitat]
    network = DoubledNetwork(here.network.layers, here.network.cost_function)
    report = check_network(network, here.batch.inputs, here.batch.targets, threads=1)
    assert report.verdict is Verdict.DISAGREE
    last = len(network.layers)
    assert report.diagnosis is not None
    assert told(report.diagnosis) == (last, "gradient_wrt_weights", "weights-factor-two")
    assert report.diagnosis.evidence is not None
    assert report.diagnosis.evidence.startswith("Everything computed before this step is right (")


def test_of_a_network_with_a_forward_pass_of_its_own_only_the_arrays_are_known() -> None:
    """There is no chain rule to compare with, so no step can be named."""
    network = ShiftedOutput(DEEP.network.layers, DEEP.network.cost_function)
    report = check_network(network, DEEP.batch.inputs, DEEP.batch.targets, engine="one-by-one")
    assert report.verdict is Verdict.DISAGREE
    found = report.diagnosis
    assert isinstance(found, ArrayDiagnosis)
    assert found.likely_cause is None
    measured = [array.numerical.reshape(array.shape) for array in report.arrays]
    claims = [*measured[:-1], -measured[-1]]
    report = check_network(
        network, DEEP.batch.inputs, DEEP.batch.targets, gradients=claims, engine="one-by-one"
    )
    assert isinstance(report.diagnosis, ArrayDiagnosis)
    assert report.diagnosis.array == "layer 4 biases"
    assert report.diagnosis.likely_cause == "sign-flipped"
