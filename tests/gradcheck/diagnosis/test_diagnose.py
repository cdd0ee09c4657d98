"""What to mend: the first wrong step and the likely mistake, or that none explains it."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradcheck.bugs.backprop_step import (
    COST_STEP,
    STEPS,
    MiniBatch,
    Moment,
    moments_of,
)
from gradcheck.bugs.planting import (
    Bug,
    gradients_with,
    layers_to_plant,
    may_be_made,
    wrong_backprop,
)
from gradcheck.bugs.zoo import BUGS, previous_batch
from gradcheck.check import check_network
from gradcheck.diagnosis.diagnose import (
    diagnose,
)
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from gradcheck.verdicts.what_to_mend import (
    Diagnosis,
)
from nets.activations import ACTIVATIONS
from nets.arrays import Array, HostArray, Place, to_numpy
from nets.errors import BadInput
from nets.layers import LayerGradients
from nets.network import Network
from tests.gradcheck.by_hand import gradients_by_hand
from tests.gradcheck.problems import BOOK
from tests.gradcheck.zoo import HABITATS, PLACES, Habitat, arrays_of, in_float32
from tests.strategies import Problem, problems

DEEP = HABITATS["deep sigmoid"]
# One place for each mistake: the first layer of the first network that it fits.
ONCE = list({name: (habitat, name, layer) for habitat, name, layer in reversed(PLACES)}.values())
EVERY_MISTAKE = pytest.mark.parametrize(("habitat", "name", "layer"), ONCE)
# In each network, now one layer, now another.
LAYERS: dict[tuple[str, str], list[int]] = {}
for _habitat, _name, _layer in PLACES:
    LAYERS.setdefault((_habitat, _name), []).append(_layer)
SOME = [
    (habitat, name, layers[position % len(layers)])
    for position, ((habitat, name), layers) in enumerate(LAYERS.items())
]
SOME_PLACES = pytest.mark.parametrize(("habitat", "name", "layer"), SOME)

Where = tuple[int, str, str | None]  # layer, step, likely cause


def checked(here: Any, gradients: Any, **options: Any) -> Report:
    return check_network(
        here.network,
        here.batch.inputs,
        here.batch.targets,
        gradients=gradients,
        previous=here.previous,
        threads=1,
        **options,
    )


def diagnosed(here: Any, gradients: Any, **options: Any) -> Diagnosis:
    report = checked(here, gradients, **options)
    assert report.verdict is Verdict.DISAGREE
    assert report.diagnosis is not None
    return report.diagnosis


def quickest(here: Habitat) -> str:
    """The scheme that needs fewest costs."""
    analytic = all(layer.activation.analytic for layer in here.network.layers)
    return "complex" if analytic else "forward"


def told(diagnosis: Diagnosis) -> Where:
    assert diagnosis.step is not None
    return diagnosis.layer, diagnosis.step, diagnosis.likely_cause


@cache
def planted_everywhere(habitat: str) -> dict[Where, list[HostArray]]:
    """What each mistake makes of the parameters' gradients, in each layer where it can be made."""
    here = HABITATS[habitat]
    moments = moments_of(here.network, here.batch, here.previous)
    return {
        (layer, bug.step, bug.name): arrays_of(gradients_with(bug, (layer,), moments))
        for layer, moment in moments.items()
        for bug in BUGS.values()
        if may_be_made(bug, moment)
    }


def equivalents(habitat: str, where: Where) -> set[Where]:
    """What gives the same gradients of all parameters, to a billionth of what is wrong."""
    planted = planted_everywhere(habitat)
    right = arrays_of(HABITATS[habitat].right())

    def is_the_same(some: list[HostArray], others: list[HostArray]) -> bool:
        return all(
            bool(np.max(np.abs(one - other)) <= 1e-9 * np.max(np.abs(other - exact)))
            for one, other, exact in zip(some, others, right, strict=True)
        )

    return {each for each, arrays in planted.items() if is_the_same(arrays, planted[where])}


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


@SOME_PLACES
def test_from_outside_every_mistake_of_a_student_s_backprop_is_located_and_named(
    habitat: str, name: str, layer: int
) -> None:
    here = HABITATS[habitat]
    claim = gradients_by_hand(here.network, here.batch, name, layer, here.previous)
    found = told(diagnosed(here, arrays_of(claim), scheme=quickest(here)))
    assert found in equivalents(habitat, (layer, BUGS[name].step, name))


def test_few_mistakes_are_the_same_as_others() -> None:
    """Or the tests above would allow anything."""
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
    for claim in (inside, arrays_of(inside)):
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
    found = diagnosed(book, claim if inside else arrays_of(claim), sample=200)
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


# What the zoo does not know


def mistake(step: str, wrong: Any) -> Bug:
    return Bug("new", "New.", step, wrong, "something new", "What is new?")


def thrice(moment: Moment, right: Array) -> Array:
    return 3.0 * right


def noisy(moment: Moment, right: HostArray) -> HostArray:
    return right * np.random.default_rng(1).uniform(0.5, 1.5, right.shape)


def one_off(moment: Moment, right: HostArray) -> HostArray:
    wrong = right.copy()
    wrong[1, 0] *= 1.25
    return wrong


def inverse(moment: Moment, right: HostArray) -> Array:
    return moment.downstream / (1.0 + moment.slope)


UNKNOWN = [
    (3, COST_STEP, noisy, "factors from"),
    (2, STEPS[1], noisy, "factors from"),
    (1, STEPS[1], inverse, "entries that should be zero are not"),
    (2, STEPS[2], thrice, "The wrong entries are 3 times what they should be"),
    (1, STEPS[2], one_off, "The wrong entries are 1.25 times what they should be"),
    (3, STEPS[3], one_off, "The wrong entries are 1.25 times what they should be"),
    (3, STEPS[4], thrice, "The wrong entries are 3 times what they should be"),
    (2, STEPS[4], noisy, "factors from"),
]


@pytest.mark.parametrize(("layer", "step", "wrong", "pattern"), UNKNOWN)
def test_a_mistake_that_is_not_in_the_zoo_is_located_and_not_named(
    layer: int, step: str, wrong: Any, pattern: str
) -> None:
    here = HABITATS["relu softmax"]
    found = diagnosed(here, here.with_bug(mistake(step, wrong), layer))
    assert told(found) == (layer, step, None)
    assert found.says is None
    assert found.evidence is not None
    assert pattern in found.evidence
    assert len(found.hints) == 3


@pytest.mark.parametrize(
    ("layer", "step", "wrong", "seen"),
    [
        (2, STEPS[2], thrice, (2, STEPS[2])),
        (1, STEPS[3], one_off, (1, STEPS[3])),
        # Weights and biases of a layer are wrong: what both are made of is.
        (2, STEPS[1], noisy, (2, STEPS[1])),
        (3, STEPS[4], noisy, (2, STEPS[1])),
    ],
)
def test_from_outside_as_much_is_told_as_can_be_seen(
    layer: int, step: str, wrong: Any, seen: tuple[int, str]
) -> None:
    here = HABITATS["tanh cross-entropy"]
    found = diagnosed(here, arrays_of(here.with_bug(mistake(step, wrong), layer)))
    assert told(found) == (*seen, None)
    assert found.evidence is not None
    assert f"entries of layer {seen[0]} " in found.evidence


def test_evidence_in_numbers() -> None:
    found = diagnosed(DEEP, DEEP.with_bug(BUGS["not-divided-by-batch"], 4))
    assert found.evidence == (
        "It is the first step of all; here 9 of 9 disagree. The wrong entries are 3 times what "
        "they should be. The claim equals the right one times the number of examples, m."
    )
    found = diagnosed(DEEP, DEEP.with_bug(BUGS["bias-forgotten"], 3))
    assert found.evidence is not None
    # 9 outputs and z, 12 weights, 3 biases; 12 upstream activations and z, 16 weights.
    assert found.evidence.startswith("All 73 entries measured in the steps before it agree; here")
    assert "The claim is zero throughout" in found.evidence


def test_what_is_off_by_little_is_told_by_how_little() -> None:
    def slightly(moment: Moment, right: HostArray) -> HostArray:
        return right * np.random.default_rng(2).uniform(0.9991, 1.0, right.shape)

    found = diagnosed(DEEP, DEEP.with_bug(mistake(STEPS[2], slightly), 2))
    assert told(found) == (2, STEPS[2], None)
    assert found.evidence is not None
    assert "The wrong entries are off by up to 8." in found.evidence
    assert "e-04 of their size" in found.evidence


# Numbers that are none


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("step", [COST_STEP, *STEPS[1:4]])
def test_a_claim_that_is_no_number_is_told_where_it_begins(step: str, odd: float) -> None:
    def wrong(moment: Moment, right: HostArray) -> HostArray:
        spoiled = right.copy()
        spoiled[1, 0] = odd
        return spoiled

    with np.errstate(invalid="ignore"):  # infinity less infinity, in the backprop itself
        claim = DEEP.with_bug(mistake(step, wrong), 4)
    found = diagnosed(DEEP, claim)
    assert told(found) == (4, step, None)
    assert found.evidence is not None
    assert "1 of" in found.evidence
    assert "entries of the claim are NaN or infinite" in found.evidence


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
def test_no_numbers_seen_from_outside(odd: float) -> None:
    claim = [array.copy() for array in arrays_of(DEEP.right())]
    claim[4][1, 1] = odd
    found = diagnosed(DEEP, claim)
    assert told(found) == (3, STEPS[2], None)
    claim[5][1, 0] = odd
    found = diagnosed(DEEP, claim)
    assert told(found) == (3, STEPS[1], None)
    assert found.evidence is not None
    assert "1 of 16 entries of the claim are NaN or infinite" in found.evidence


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
    wrong = bug.wrong(moment, moment.right(bug.step))
    spoiled = replace(once[layer - 1], **{bug.step: wrong})
    return [*once[: layer - 1], spoiled, *once[layer:]]


def test_of_two_mistakes_the_first_is_told_and_what_follows_from_it_is_not_blamed() -> None:
    claim = with_two(DEEP, ("sign-flipped", 4), ("weights-factor-two", 2))
    found = diagnosed(DEEP, claim)
    assert told(found) == (4, COST_STEP, "sign-flipped")
    # Once that is mended, the other is.
    right = list(DEEP.right())
    right[1] = replace(right[1], gradient_wrt_weights=2.0 * right[1].gradient_wrt_weights)
    assert told(diagnosed(DEEP, right)) == (2, STEPS[2], "weights-factor-two")


def test_a_gradient_that_is_not_what_was_handed_on() -> None:
    right = list(DEEP.right())
    swapped = np.flip(to_numpy(right[2].gradient_wrt_upstream_activations), axis=1)
    moments = moments_of(DEEP.network, DEEP.batch)
    layer = DEEP.network.layers[1]
    right[1] = layer.backward(moments[2].trace, swapped)
    right[0] = DEEP.network.layers[0].backward(
        moments[1].trace, right[1].gradient_wrt_upstream_activations, wants_upstream=False
    )
    found = diagnosed(DEEP, right)
    assert told(found) == (2, STEPS[0], None)
    assert found.evidence is not None
    assert found.evidence.startswith("It is not what the layer downstream of it handed on.")


def test_a_mistake_below_what_can_be_measured_inside_is_found_by_what_it_leaves() -> None:
    """A step that is off by less than differences see, where the parameters' gradients are not."""
    here = Habitat.of(3, 4, 2, activation="relu", cost="quadratic")
    right = list(here.right())
    off = right[1].gradient_wrt_weights * (1.0 + 1e-4)
    right[1] = replace(right[1], gradient_wrt_weights=off)
    found = diagnosed(here, right, scheme="central")
    assert told(found)[:2] == (2, STEPS[2])


def test_another_slope_at_a_kink_is_not_blamed_for_a_mistake_that_comes_later() -> None:
    """ReLU's slope at 0 taken for 1 is a valid one; only the weights behind it are wrong."""
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
    assert told(diagnosed(here, [wrong, last])) == (1, STEPS[2], "weights-factor-two")


def test_through_one_number_any_fit_goes_and_none_is_believed() -> None:
    here = Habitat.of(1, 1, 1, activation="sigmoid", cost="quadratic")
    found = diagnosed(here, here.with_bug(mistake(STEPS[2], thrice), 1))
    assert told(found) == (1, STEPS[2], None)


# What is right


@pytest.mark.parametrize("habitat", HABITATS)
def test_what_is_right_has_no_diagnosis(habitat: str) -> None:
    here = HABITATS[habitat]
    for claim in (
        here.right(),
        arrays_of(here.right()),
        gradients_by_hand(here.network, here.batch),
    ):
        report = checked(here, claim)
        assert report.verdict is Verdict.AGREE
        assert report.diagnosis is None
        assert report.to_dict()["diagnosis"] is None


def test_what_the_chain_rule_gives_is_put_down_to_no_mistake() -> None:
    """Whatever made the differences contradict it."""
    right = DEEP.right()
    report = checked(DEEP, right)
    first = report.arrays[0]
    verdicts = first.verdicts.copy()
    verdicts[3] = Verdict.DISAGREE
    contradicted = replace(report, arrays=(replace(first, verdicts=verdicts), *report.arrays[1:]))
    found = diagnose(DEEP.network, DEEP.batch, right, contradicted)
    assert found is not None
    assert told(found) == (1, STEPS[2], None)
    assert found.evidence is not None
    assert found.evidence.startswith("1 of 16 entries disagree, though each step is what the")


def test_a_network_whose_own_derivative_is_wrong() -> None:
    """Then the chain rule, as its layers have it, gives the claim; the measurement knows better."""
    given = DEEP.network

    def off(z: Array, activations: Array) -> Array:
        return 1.05 * ACTIVATIONS["sigmoid"].derivative(z, activations)

    wrong = replace(given.layers[1].activation, derivative=off)
    layers = [*given.layers]
    layers[1] = replace(layers[1], activation=wrong)
    network = replace(given, layers=tuple(layers))
    report = check_network(network, DEEP.batch.inputs, DEEP.batch.targets)
    found = report.diagnosis
    assert found is not None
    assert told(found) == (2, "gradient_wrt_z", None)
    assert found.evidence is not None
    assert "what the network's own layers make of the steps before it" in found.evidence
    assert "The wrong entries are 1.05 times what they should be." in found.evidence


# What is claimed of the steps inside


def test_steps_left_out_are_seen_from_outside() -> None:
    whole = DEEP.with_bug(BUGS["derivative-twice"], 2)
    outside = diagnosed(DEEP, arrays_of(whole))
    nothing_inside = dict.fromkeys((STEPS[0], STEPS[1], STEPS[4]))
    for claim in (
        [replace(layer, **nothing_inside) for layer in whole],
        [replace(whole[0], gradient_wrt_z=None), *whole[1:]],
        [*whole[:3], replace(whole[3], gradient_wrt_downstream_activations=None)],
        [*whole[:3], replace(whole[3], gradient_wrt_upstream_activations=None)],
        [*whole[:2], *arrays_of(whole[2:])],
        [*arrays_of(whole[:2]), *whole[2:]],
    ):
        assert diagnosed(DEEP, claim) == outside


@pytest.mark.parametrize("step", [STEPS[0], STEPS[1], STEPS[4]])
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


# Hints


@EVERY_MISTAKE
def test_hints_lead_there_without_the_answer(habitat: str, name: str, layer: int) -> None:
    here, bug = HABITATS[habitat], BUGS[name]
    whole = diagnosed(here, here.with_bug(bug, layer), scheme=quickest(here))
    assert len(whole.hints) == 3
    assert whole.likely_cause is not None
    for count in (1, 2, 3):
        some = whole.as_hints(count)
        assert some.hints == whole.hints[:count]
        assert some.layer == layer
        assert some.step == (None if count == 1 else bug.step)
        assert some.likely_cause is some.says is some.evidence is None
        said = json.dumps(some.to_dict()).lower()
        for likely in (bug, BUGS[whole.likely_cause]):
            for answer in (likely.name, likely.says.rstrip(".")):
                assert answer.lower() not in said
    first = whole.hints[0]
    assert not any(step in first for step in STEPS[1:])
    if bug.step != COST_STEP:
        assert f"layer {layer}" in first
    assert bug.step in whole.hints[1]
    assert whole.hints[2] == BUGS[whole.likely_cause].hint


# JSON


def test_the_json_of_a_diagnosis() -> None:
    report = checked(DEEP, DEEP.with_bug(BUGS["row-zeroed"], 2))
    record = json.loads(json.dumps(report.to_dict()["diagnosis"]))
    assert record["layer"] == 2
    assert record["step"] == STEPS[2]
    assert record["likely_cause"] == "row-zeroed"
    assert record["says"] == BUGS["row-zeroed"].says
    assert "The wrong entries are zero" in record["evidence"]
    assert [type(hint) for hint in record["hints"]] == [str, str, str]


def test_the_report_tells_the_step_and_the_mistake() -> None:
    text = " ".join(str(checked(DEEP, DEEP.with_bug(BUGS["row-zeroed"], 2))).split())
    assert "First wrong step: gradient_wrt_weights of layer 2." in text
    assert f"Likely mistake: {BUGS['row-zeroed'].says} (row-zeroed)" in text
    text = " ".join(str(checked(DEEP, DEEP.with_bug(mistake(STEPS[2], thrice), 2))).split())
    assert "No known mistake fits these numbers." in text


def test_a_large_array_is_sampled_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gradcheck.diagnosis.first_wrong_step.MEASURED", 5)
    for name, layer in (("derivative-twice", 2), ("weights-not-transposed", 3)):
        found = diagnosed(DEEP, DEEP.with_bug(BUGS[name], layer))
        assert told(found) == (layer, BUGS[name].step, name)


def test_a_wrong_entry_that_no_sample_holds_is_found_by_what_the_chain_rule_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gradcheck.diagnosis.first_wrong_step.MEASURED", 1)
    found = [
        diagnosed(DEEP, DEEP.with_bug(mistake(STEPS[1], one_off), 3), seed=seed)
        for seed in range(3)
    ]
    assert {told(each) for each in found} == {(3, STEPS[1], None)}
    assert any("no entry measured there disagrees" in (each.evidence or "") for each in found)


def test_a_network_of_one_layer_and_one_example() -> None:
    network = Network.create([2, 3], seed=1)
    batch = MiniBatch(np.array([[0.3], [-0.7]]), np.array([[0.1], [0.5], [0.9]]))
    wrong = wrong_backprop(network, batch, BUGS["derivative-twice"], 1)
    report = check_network(network, batch.inputs, batch.targets, gradients=wrong)
    assert report.diagnosis is not None
    assert told(report.diagnosis) == (1, STEPS[1], "derivative-twice")
