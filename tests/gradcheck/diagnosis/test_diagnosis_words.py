"""The evidence in whole sentences, and the hints: each says more, none the answer."""

import json

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import BackpropStep
from gradcheck.bugs.chain_rule import CHAIN_RULE
from gradcheck.bugs.planting import Bug
from gradcheck.bugs.zoo import BUGS
from gradcheck.diagnosis.diagnosis_words import diagnosis_of
from gradcheck.diagnosis.wrong_step import WrongStep
from gradcheck.verdicts.what_to_mend import Diagnosis
from tests.gradcheck.bugs.habitats import HABITATS
from tests.gradcheck.diagnosis.wrong_backprops import (
    DEEP,
    EVERY_MISTAKE,
    claimed_of,
    diagnosed,
    quickest,
)

CLAIMED = claimed_of(DEEP, DEEP.right())
RIGHT = np.array([[1.0, 2.0]])


def words(layer: int, name: str, bug: Bug | None = None, *, certain: bool = True) -> Diagnosis:
    step = BackpropStep(layer, name)
    return diagnosis_of(WrongStep(step, "It shows", 3.0 * RIGHT, RIGHT, bug, certain), CLAIMED)


def test_evidence_in_whole_sentences() -> None:
    found = diagnosed(DEEP, DEEP.with_bug(BUGS["not-divided-by-batch"], 4))
    assert found.evidence == (
        "This is the first step of backprop; in this step 9 of 9 entries are wrong. The wrong "
        "entries are 3 times the right value. In layer 4, gradient_wrt_output equals the right "
        "values times m, the number of examples."
    )


def test_of_zeros_it_is_said_once_that_they_are_zero() -> None:
    found = diagnosed(DEEP, DEEP.with_bug(BUGS["bias-forgotten"], 3))
    assert found.evidence is not None
    assert found.evidence.endswith("are wrong. Backprop returns zero everywhere.")


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
    assert not any(step in first for step in CHAIN_RULE)
    if bug.step != "gradient_wrt_output":
        assert f"layer {layer}" in first
    assert bug.step in whole.hints[1]
    assert whole.hints[2] == BUGS[whole.likely_cause].hint


def test_the_first_hint_says_what_the_layer_receives() -> None:
    assert words(2, "gradient_wrt_z").hints[0] == (
        "Look at layer 2. The gradient it receives from layer 3 is correct."
    )
    assert words(4, "gradient_wrt_z").hints[0] == (
        "Look at layer 4, the last. The gradient it receives from the cost is correct."
    )
    assert words(4, "gradient_wrt_output").hints[0] == (
        "The very first step is wrong: check the derivative of the cost."
    )
    assert words(2, "gradient_wrt_downstream_activations").hints[0] == (
        "Look at layer 2. It does not start from the gradient that layer 3 hands back."
    )


@pytest.mark.parametrize("layer", [2, 4])
def test_what_is_not_known_to_be_right_is_not_called_right(layer: int) -> None:
    uncertain = words(layer, "gradient_wrt_z", certain=False)
    assert not any("correct" in hint for hint in uncertain.hints)
    assert "and at the gradient it receives from" in uncertain.hints[0]
    assert uncertain.hints[1].startswith(f"gradient_wrt_z is wrong in layer {layer}.")


def test_the_second_hint_says_what_the_step_does() -> None:
    assert words(2, "gradient_wrt_z").hints[1] == (
        "The wrong step is gradient_wrt_z. This step turns dC/da into dC/dz. The wrong entries are "
        "3 times the right value."
    )


def test_without_a_known_mistake_the_last_hint_names_the_lines_to_check() -> None:
    assert words(2, "gradient_wrt_weights").hints[2] == (
        "Check the line that computes gradient_wrt_weights in layer 2: it should be dC/dz @ "
        "upstream_activations.T."
    )
    assert words(2, "gradient_wrt_z", certain=False).hints[2] == (
        "Layer 3 is right and layer 2 is wrong: check weights.T @ dC/dz of layer 3, and the "
        "derivative of the activation function of layer 2."
    )
    assert words(4, "gradient_wrt_z", certain=False).hints[2] == (
        "The last layer is already wrong: check the derivative of the cost, such as (a - y) / m, "
        "and the derivative of the last activation function."
    )
    bug = BUGS["weights-factor-two"]
    assert words(2, "gradient_wrt_weights", bug).hints[2] == bug.hint
