"""One step of backprop done wrong: what changes, what does not, and where it can be planted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradcheck.bugs.backprop_step import BackpropStep, MiniBatch, Moment
from gradcheck.bugs.chain_rule import CHAIN_RULE, PARAMETER_STEPS, by_step, walk
from gradcheck.bugs.drawn import previous_batch
from gradcheck.bugs.planting import (
    Bug,
    equal_gradients,
    equal_to_rounding,
    expect_layer,
    layers_to_plant,
    wrong_backprop,
)
from gradcheck.bugs.zoo import BUGS
from nets.arrays import Array
from nets.errors import BadInput
from nets.layers import parameter_gradients
from nets.network import Network
from tests.gradcheck.bugs.habitats import HABITATS, PLACES, Habitat
from tests.oracle import oracle_gradients
from tests.strategies import Problem, problems

DEEP = HABITATS["deep sigmoid"]


def tripled(step: str) -> Bug:
    def wrong(moment: Moment, right: Array) -> Array:
        return 3.0 * right

    return Bug("tripled", "Tripled.", step, wrong, "thrice", "Why?")


def changed(here: Habitat, bug: Bug, layer: int) -> list[BackpropStep]:
    """The steps that differ from right ones, in the order of the walk."""
    planted, right = by_step(here.with_bug(bug, layer)), by_step(here.right())
    return [step for step in right if not np.array_equal(planted[step], right[step])]


@pytest.mark.parametrize(("habitat", "name", "layer"), PLACES)
def test_the_spoiled_step_is_the_first_that_changes(habitat: str, name: str, layer: int) -> None:
    bug = BUGS[name]
    steps = changed(HABITATS[habitat], bug, layer)
    assert steps[0] == BackpropStep(layer, bug.step)
    if bug.step in PARAMETER_STEPS:  # nothing follows from the gradients of the parameters
        assert len(steps) == 1


@pytest.mark.parametrize("layer", [1, 2, 3, 4])
@pytest.mark.parametrize("name", CHAIN_RULE)
def test_all_later_steps_go_on_from_the_wrong_one(name: str, layer: int) -> None:
    spoiled = BackpropStep(layer, name)
    steps = list(walk(4))
    if spoiled not in steps:
        with pytest.raises(BadInput, match=f"the mistake tripled cannot be made in layer {layer}"):
            DEEP.with_bug(tripled(name), layer)
        return
    later = [spoiled] if name in PARAMETER_STEPS else steps[steps.index(spoiled) :]
    assert changed(DEEP, tripled(name), layer) == later
    planted, right = by_step(DEEP.with_bug(tripled(name), layer)), by_step(DEEP.right())
    for step in later:
        np.testing.assert_allclose(planted[step] / right[step], 3.0, rtol=1e-12)


@given(drawn=problems(), name=st.sampled_from(sorted(BUGS)), seed=st.integers(0, 99))
@settings(max_examples=120)
def test_a_mistake_changes_a_gradient_in_just_the_layers_that_are_named(
    drawn: Problem, name: str, seed: int
) -> None:
    batch = MiniBatch(drawn.inputs, drawn.targets)
    previous = previous_batch(batch, seed)
    layers = layers_to_plant(drawn.network, batch, BUGS[name], previous)
    right = oracle_gradients(drawn.network, batch.inputs, batch.targets)
    for layer in range(1, len(drawn.network.layers) + 1):
        try:
            planted = wrong_backprop(drawn.network, batch, BUGS[name], layer, previous)
        except BadInput:
            assert layer not in layers
            continue
        pairs = list(zip(parameter_gradients(planted), right, strict=True))
        # The oracle rounds in another way, so the limit of what counts is not met exactly.
        if layer in layers:
            assert not all(equal_to_rounding(mine, other, 0.5e-10) for mine, other in pairs)
        else:
            assert all(equal_to_rounding(mine, other, 2e-10) for mine, other in pairs)


def test_what_counts_as_equal() -> None:
    some = np.array([1.0, 1e-6])
    assert equal_to_rounding(some, some + 0.9e-10)
    assert not equal_to_rounding(some, some + 1.1e-10)
    assert equal_to_rounding(np.zeros(2), np.zeros(2))
    assert not equal_to_rounding(np.zeros(2), np.array([0.0, 1e-300]))
    assert not equal_to_rounding(some, np.array([1.0, np.nan]))
    assert equal_to_rounding(some, 1.001 * some, 0.01)


def test_gradients_are_equal_if_those_of_all_parameters_are() -> None:
    right = DEEP.right()
    assert equal_gradients(right, DEEP.right())
    for name in PARAMETER_STEPS:
        assert not equal_gradients(right, DEEP.with_bug(tripled(name), 2))


def test_a_layer_that_does_not_exist_is_refused() -> None:
    for layer in (1, 4):
        expect_layer(DEEP.network, layer)
    for layer in (0, 5, -1):
        with pytest.raises(
            BadInput, match=f"there is no layer {layer}: this network has the layers 1 to 4"
        ):
            expect_layer(DEEP.network, layer)
    with pytest.raises(BadInput, match=r"there is no layer 9: this network has only layer 1$"):
        expect_layer(Network.create([3, 2]), 9)


@pytest.mark.parametrize("name", ["stale-z", "stale-activations", "accumulated"])
def test_what_needs_a_mini_batch_before_cannot_be_made_without_one(name: str) -> None:
    assert layers_to_plant(DEEP.network, DEEP.batch, BUGS[name]) == ()
    assert layers_to_plant(DEEP.network, DEEP.batch, BUGS[name], DEEP.previous) != ()
    with pytest.raises(BadInput, match=f"the mistake {name} cannot be made in layer 2"):
        wrong_backprop(DEEP.network, DEEP.batch, BUGS[name], 2)
