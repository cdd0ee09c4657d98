"""One step of backprop done wrong: what changes, what does not, and where it can be planted."""

import numpy as np
import pytest
from hypothesis import given, settings
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
    same,
    wrong_backprop,
)
from gradcheck.bugs.zoo import BUGS, previous_batch
from nets.arrays import Array, Place, to_numpy
from nets.errors import BadInput
from tests.gradcheck.zoo import HABITATS, PLACES, STEP_NAMES, Habitat, arrays_of
from tests.oracle import oracle_gradients
from tests.strategies import Problem, problems

Place_ = tuple[int, str]


def walked(layers: int) -> list[Place_]:
    """The steps in the order in which backprop takes them; the cost's is the last layer's first."""
    return [(layer, step) for layer in range(layers, 0, -1) for step in STEPS]


def tripled(step: str) -> Bug:
    def wrong(moment: Moment, right: Array) -> Array:
        return 3.0 * right

    return Bug("tripled", "Tripled.", step, wrong, "thrice", "Why?")


@pytest.mark.parametrize("habitat", HABITATS)
def test_nothing_planted_is_backprop_to_the_last_bit(habitat: str, where: Place) -> None:
    here = HABITATS[habitat].at(where)
    unspoiled = gradients_with(None, (), moments_of(here.network, here.batch, here.previous))
    for mine, right in zip(unspoiled, here.right(), strict=True):
        for step in STEP_NAMES:
            if getattr(right, step) is None:
                assert getattr(mine, step) is None
            else:
                np.testing.assert_array_equal(
                    to_numpy(getattr(mine, step)), to_numpy(getattr(right, step))
                )


def changed(here: Habitat, bug: Bug, layer: int) -> list[Place_]:
    """The steps that differ from right ones, in the order of the walk."""
    planted, right = here.with_bug(bug, layer), here.right()
    return [
        (number, step)
        for number, step in walked(len(right))
        if getattr(right[number - 1], step) is not None
        and not np.array_equal(getattr(planted[number - 1], step), getattr(right[number - 1], step))
    ]


@pytest.mark.parametrize(("habitat", "name", "layer"), PLACES)
def test_the_spoiled_step_is_the_first_that_changes(habitat: str, name: str, layer: int) -> None:
    bug = BUGS[name]
    places = changed(HABITATS[habitat], bug, layer)
    spoiled = (layer, STEPS[0] if bug.step == COST_STEP else bug.step)
    assert places[0] == spoiled
    if bug.step in STEPS[2:4]:  # nothing follows from the gradients of the parameters
        assert places == [spoiled]


@pytest.mark.parametrize("layer", [1, 2, 3, 4])
@pytest.mark.parametrize("step", [COST_STEP, *STEPS[1:]])
def test_all_later_steps_go_on_from_the_wrong_one(step: str, layer: int) -> None:
    here = HABITATS["deep sigmoid"]
    if (step == COST_STEP and layer < 4) or (step == STEPS[4] and layer == 1):
        with pytest.raises(BadInput, match=f"the mistake tripled cannot be made in layer {layer}"):
            here.with_bug(tripled(step), layer)
        return
    places = changed(here, tripled(step), layer)
    if step in STEPS[2:4]:
        assert places == [(layer, step)]
        return
    walk = walked(4)
    walk.remove((1, STEPS[4]))  # which nobody asks for
    start = walk.index((layer, STEPS[0] if step == COST_STEP else step))
    assert places == walk[start:]
    planted, right = here.with_bug(tripled(step), layer), here.right()
    for number, later in places:
        ratio = getattr(planted[number - 1], later) / getattr(right[number - 1], later)
        np.testing.assert_allclose(ratio, 3.0, rtol=1e-12)


@given(drawn=problems(), name=st.sampled_from(sorted(BUGS)), seed=st.integers(0, 99))
@settings(max_examples=120)
def test_planted_where_it_is_told_some_gradient_changes_and_elsewhere_none(
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
        pairs = list(zip(arrays_of(planted), right, strict=True))
        # The oracle rounds in another way: a little is left to either side of what counts.
        if layer in layers:
            assert not all(same(mine, other, 0.5e-10) for mine, other in pairs)
        else:
            assert all(same(mine, other, 2e-10) for mine, other in pairs)


def test_what_counts_as_the_same() -> None:
    some = np.array([1.0, 1e-6])
    assert same(some, some + 0.9e-10)
    assert not same(some, some + 1.1e-10)
    assert same(np.zeros(2), np.zeros(2))
    assert not same(np.zeros(2), np.array([0.0, 1e-300]))
    assert not same(some, np.array([1.0, np.nan]))
    assert same(some, 1.001 * some, 0.01)
