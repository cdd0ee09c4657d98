"""The zoo: each mistake is the one that its words say, where it can be made, and found by name."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gradcheck.bugs.backprop_step import (
    COST_STEP,
    STEPS,
    MiniBatch,
    moments_of,
)
from gradcheck.bugs.mistakes import to_half_precision
from gradcheck.bugs.planting import (
    layers_to_plant,
    wrong_backprop,
)
from gradcheck.bugs.zoo import BUGS, bug_named, previous_batch, random_bug
from nets.arrays import HostArray, Place, to_numpy
from nets.errors import BadInput
from nets.network import Network
from tests.gradcheck.by_hand import WRONG, gradients_by_hand
from tests.gradcheck.zoo import HABITATS, PLACES, STEP_NAMES

# Which numbers the step of each kind of mistake belongs to.
SPOILED = {
    "cost": COST_STEP,
    "z": STEPS[1],
    "weights": STEPS[2],
    "biases": STEPS[3],
    "upstream": STEPS[4],
}


def test_there_are_24_mistakes_at_least_and_each_is_written_out_by_hand() -> None:
    assert len(BUGS) >= 24
    assert set(WRONG) == set(BUGS)
    assert {name: SPOILED[step] for name, (step, _) in WRONG.items()} == {
        name: bug.step for name, bug in BUGS.items()
    }


def test_records_are_complete_and_differ() -> None:
    for name, bug in BUGS.items():
        assert name == bug.name == bug.name.lower()
        assert bug.says.endswith(".")
        assert bug.hint.endswith("?") or bug.hint.endswith(".")
        assert bug.looks_like
        assert not bug.looks_like.endswith(".")
    assert len({bug.says for bug in BUGS.values()}) == len(BUGS)


def test_every_mistake_has_a_network_in_which_it_changes_something() -> None:
    assert {name for _, name, _ in PLACES} == set(BUGS)


@pytest.mark.parametrize("habitat", HABITATS)
def test_by_hand_and_layer_by_layer_backprop_are_the_same(habitat: str) -> None:
    here = HABITATS[habitat]
    expect_same_steps(here.right(), gradients_by_hand(here.network, here.batch))


@pytest.mark.parametrize(("habitat", "name", "layer"), PLACES)
def test_each_mistake_is_the_one_written_out_by_hand(habitat: str, name: str, layer: int) -> None:
    here = HABITATS[habitat]
    planted = here.with_bug(BUGS[name], layer)
    by_hand = gradients_by_hand(here.network, here.batch, name, layer, here.previous)
    expect_same_steps(planted, by_hand)
    with pytest.raises(AssertionError):  # and that is not what is right
        expect_same_steps(planted, gradients_by_hand(here.network, here.batch))


def expect_same_steps(some: object, others: object) -> None:
    assert len(some) == len(others)  # type: ignore[arg-type]
    for one, other in zip(some, others, strict=True):  # type: ignore[call-overload]
        for step in STEP_NAMES:
            mine, theirs = getattr(one, step), getattr(other, step)
            if theirs is None:
                assert mine is None
            else:
                scale = max(np.max(np.abs(theirs)), 1e-12)
                assert mine.shape == theirs.shape
                np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-12 * scale)


@pytest.mark.parametrize("name", BUGS)
def test_elsewhere_a_mistake_is_the_same(name: str, elsewhere: Place) -> None:
    habitat, _, layer = next(place for place in PLACES if place[1] == name)
    here = HABITATS[habitat]
    there = here.at(elsewhere)
    assert layer in there.layers_for(BUGS[name])
    planted = there.with_bug(BUGS[name], layer)
    for one, other in zip(planted, here.with_bug(BUGS[name], layer), strict=True):
        for step in STEP_NAMES:
            if getattr(other, step) is not None:
                mine, theirs = to_numpy(getattr(one, step)), getattr(other, step)
                np.testing.assert_allclose(mine, theirs, rtol=1e-10, atol=1e-15)


REACH = st.floats(-6.0e4, 6.0e4, allow_subnormal=False) | st.floats(-1e-4, 1e-4)


@given(numbers=arrays(np.float64, (7,), elements=REACH))
def test_rounding_to_half_precision_is_numpy_s_own(numbers: HostArray) -> None:
    here = HABITATS["deep sigmoid"]
    moment = moments_of(here.network, here.batch)[1]
    for dtype in (np.float64, np.float32):
        given_numbers = numbers.astype(dtype)
        rounded = to_half_precision(moment, given_numbers)
        assert rounded.dtype == dtype
        np.testing.assert_array_equal(rounded, given_numbers.astype(np.float16).astype(dtype))


# By name


def test_a_mistake_that_nobody_knows_is_refused() -> None:
    assert bug_named("sign-flipped") is BUGS["sign-flipped"]
    with pytest.raises(
        BadInput,
        match=r"'sing-flipped' is unknown \(did you mean sign-flipped\?\); gradcheck bugs lists",
    ):
        bug_named("sing-flipped")


# At random


def test_the_seed_decides_what_is_planted() -> None:
    here = HABITATS["deep sigmoid"]
    drawn = [
        random_bug(here.network, here.batch, here.previous, seed) for seed in (*range(60), 7, 7)
    ]
    assert drawn[7] == drawn[-1] == drawn[-2]
    assert len({bug.name for bug, _ in drawn}) > 20
    assert {layer for _, layer in drawn} == {1, 2, 3, 4}
    for bug, layer in drawn:
        assert layer in here.layers_for(bug)


def test_a_random_mistake_in_a_given_layer() -> None:
    here = HABITATS["deep sigmoid"]
    for seed in range(20):
        bug, layer = random_bug(here.network, here.batch, here.previous, seed, 2)
        assert layer == 2
        assert 2 in here.layers_for(bug)


@pytest.mark.parametrize("layer", [0, 5, -1])
def test_a_layer_that_is_not_there_is_refused(layer: int) -> None:
    here = HABITATS["deep sigmoid"]
    for plant in (
        lambda: random_bug(here.network, here.batch, here.previous, 1, layer),
        lambda: here.with_bug(BUGS["sign-flipped"], layer),
    ):
        with pytest.raises(BadInput, match=f"layer {layer} is not there; give one from 1 to 4"):
            plant()


def test_where_no_mistake_changes_anything_none_is_planted() -> None:
    network = Network.create([2, 2], activation="identity", initialisation="scaled")
    network = network.with_parameters([0.0 * array for array in network.parameters])
    nothing = MiniBatch(np.ones((2, 3)), np.zeros((2, 3)))
    for bug in BUGS.values():
        assert layers_to_plant(network, nothing, bug, nothing) == ()
    with pytest.raises(BadInput, match="no mistake changes anything in this network; take other"):
        random_bug(network, nothing, nothing, 0)
    with pytest.raises(BadInput, match="no mistake changes anything in layer 1; take other"):
        random_bug(network, nothing, nothing, 0, 1)


# The mini-batch before


def test_the_mini_batch_before_is_another_of_the_same_kind(where: Place) -> None:
    host = HABITATS["relu softmax"].batch
    batch = MiniBatch(where.put(host.inputs), where.put(host.targets))
    before, again, other = (previous_batch(batch, seed) for seed in (1, 1, 2))
    inputs, targets = to_numpy(before.inputs), to_numpy(before.targets)
    np.testing.assert_array_equal(inputs, to_numpy(again.inputs))
    assert np.all(inputs != to_numpy(other.inputs))
    assert inputs.shape == host.inputs.shape
    assert np.all(inputs != host.inputs)
    assert np.min(host.inputs) <= np.min(inputs) <= np.max(inputs) <= np.max(host.inputs)
    np.testing.assert_array_equal(targets[:, 1:], host.targets[:, :-1])
    np.testing.assert_array_equal(targets[:, 0], host.targets[:, -1])


def test_what_needs_a_mini_batch_before_cannot_be_made_without_one() -> None:
    here = HABITATS["deep sigmoid"]
    for name in ("stale-z", "stale-activations", "accumulated"):
        assert layers_to_plant(here.network, here.batch, BUGS[name]) == ()
        with pytest.raises(BadInput, match=f"the mistake {name} cannot be made in layer 2"):
            wrong_backprop(here.network, here.batch, BUGS[name], 2)
