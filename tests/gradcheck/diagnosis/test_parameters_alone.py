"""Only the gradients of the parameters are known: the mistake that gives them all, or the place."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.bugs.planting import gradients_with
from gradcheck.bugs.walk_back import moments_of
from gradcheck.bugs.zoo import BUGS
from gradcheck.diagnosis.parameters_alone import wrong_by_parameters
from gradcheck.diagnosis.wrong_step import WrongStep
from nets.layers import parameter_gradients
from tests.gradcheck.bugs.by_hand import gradients_by_hand
from tests.gradcheck.bugs.habitats import HABITATS, Habitat
from tests.gradcheck.diagnosis.wrong_backprops import (
    DEEP,
    SOME_PLACES,
    Where,
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

TANH = HABITATS["tanh cross-entropy"]


def found(here: Habitat, gradients: Any) -> WrongStep:
    return wrong_by_parameters(claimed_of(here, gradients), checked(here, gradients))


@SOME_PLACES
def test_every_mistake_of_a_student_s_backprop_is_located_and_named(
    habitat: str, name: str, layer: int
) -> None:
    here = HABITATS[habitat]
    claim = gradients_by_hand(here.network, here.batch, name, layer, here.previous)
    diagnosis = told(diagnosed(here, parameter_gradients(claim), scheme=quickest(here)))
    assert diagnosis in equivalents(habitat, (layer, BUGS[name].step, name))


@pytest.mark.parametrize("name", ["missing-activation-derivative", "bias-forgotten"])
def test_a_mistake_within_a_loop_over_the_layers_is_told_with_all_of_them(name: str) -> None:
    moments = moments_of(DEEP.network, DEEP.batch)
    for layers, words in (
        ((3,), "layer 3"),
        ((2, 1), "layers 2 and 1"),
        ((4, 3, 2, 1), "layers 4, 3, 2 and 1"),
    ):
        claim = parameter_gradients(gradients_with(BUGS[name], layers, moments))
        wrong = found(DEEP, claim)
        assert (wrong.step.layer, wrong.step.name) == (layers[0], BUGS[name].step)
        assert wrong.mistake in (BUGS[name], BUGS["cross-entropy-shortcut"])
        assert wrong.how.endswith(f". One mistake, made in {words}, explains every number")


def test_layers_that_are_not_those_of_a_loop_are_not_explained() -> None:
    moments = moments_of(DEEP.network, DEEP.batch)
    claim = gradients_with(BUGS["bias-forgotten"], (3, 1), moments)
    wrong = found(DEEP, parameter_gradients(claim))
    # Layer 3 alone is told; that the same was done in layer 1 will be seen once it is mended.
    assert (wrong.step.layer, wrong.step.name) == (3, "gradient_wrt_biases")
    assert "explains every number" not in wrong.how
    assert wrong.mistake is BUGS["bias-forgotten"]


@pytest.mark.parametrize(
    ("layer", "step", "wrong", "seen"),
    [
        # The mini-batch has three examples.
        (2, "gradient_wrt_weights", thrice, (2, "gradient_wrt_weights", "not-divided-by-batch")),
        (1, "gradient_wrt_biases", one_off, (1, "gradient_wrt_biases", None)),
        # Weights and biases of a layer are wrong: so is what both are made of.
        (2, "gradient_wrt_z", noisy, (2, "gradient_wrt_z", None)),
        (3, "gradient_wrt_upstream_activations", noisy, (2, "gradient_wrt_z", None)),
    ],
)
def test_as_much_is_told_as_can_be_seen(layer: int, step: str, wrong: Any, seen: Where) -> None:
    diagnosis = diagnosed(TANH, parameter_gradients(TANH.with_bug(mistake(step, wrong), layer)))
    assert told(diagnosis) == seen
    assert diagnosis.evidence is not None
    assert f"entries of layer {seen[0]} " in diagnosis.evidence


def test_where_weights_and_biases_are_wrong_the_step_is_not_certain() -> None:
    """The mistake may have been made in the layer downstream, where nothing shows it."""
    for layer, step in ((2, "gradient_wrt_z"), (3, "gradient_wrt_upstream_activations")):
        wrong = found(TANH, parameter_gradients(TANH.with_bug(mistake(step, noisy), layer)))
        assert (wrong.step.layer, wrong.step.name) == (2, "gradient_wrt_z")
        assert not wrong.is_certain
        assert wrong.mistake is None
        assert wrong.how == (
            "All 25 checked entries of layer 2 weights are wrong, and so are its biases: both are "
            "computed from the same gradient wrt z"
        )
    alone = found(TANH, parameter_gradients(TANH.with_bug(mistake(step, one_off), 3)))
    assert not alone.is_certain
    biases = mistake("gradient_wrt_biases", one_off)
    certain = found(TANH, parameter_gradients(TANH.with_bug(biases, 1)))
    assert certain.is_certain
    assert certain.how == "1 of 5 checked entries of layer 1 biases are wrong"


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none(odd: float) -> None:
    claim = [array.copy() for array in parameter_gradients(DEEP.right())]
    claim[4][1, 1] = odd
    assert told(diagnosed(DEEP, claim)) == (3, "gradient_wrt_weights", "not-a-number")
    claim[5][1, 0] = odd
    diagnosis = diagnosed(DEEP, claim)
    assert told(diagnosis) == (3, "gradient_wrt_z", "not-a-number")
    assert diagnosis.evidence is not None
    assert "1 of 16 values is NaN or infinite" in diagnosis.evidence


def test_where_steps_are_left_out_the_parameters_alone_decide() -> None:
    whole = DEEP.with_bug(BUGS["derivative-twice"], 2)
    outside = diagnosed(DEEP, parameter_gradients(whole))
    nothing_inside: dict[str, None] = dict.fromkeys(
        (
            "gradient_wrt_downstream_activations",
            "gradient_wrt_z",
            "gradient_wrt_upstream_activations",
        )
    )
    claims: list[Any] = [
        [replace(layer, **nothing_inside) for layer in whole],
        [replace(whole[0], gradient_wrt_z=None), *whole[1:]],
        [*whole[:3], replace(whole[3], gradient_wrt_downstream_activations=None)],
        [*whole[:3], replace(whole[3], gradient_wrt_upstream_activations=None)],
        [*whole[:2], *parameter_gradients(whole[2:])],
        [*parameter_gradients(whole[:2]), *whole[2:]],
    ]
    for claim in claims:
        assert diagnosed(DEEP, claim) == outside
