"""The zoo: each mistake is the one that its words say, where it can be made, and found by name."""

from collections.abc import Sequence

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.planting import layers_to_plant
from gradcheck.bugs.zoo import BUGS, bug_named
from nets.arrays import Place, to_numpy
from nets.errors import BadInput
from nets.layers import LayerGradients
from nets.network import Network
from tests.gradcheck.bugs.by_hand import WRONG, gradients_by_hand
from tests.gradcheck.bugs.habitats import FIELDS, HABITATS, PLACES

# What ``by_hand`` calls the steps.
SPOILED = {
    "cost": "gradient_wrt_output",
    "z": "gradient_wrt_z",
    "weights": "gradient_wrt_weights",
    "biases": "gradient_wrt_biases",
    "upstream": "gradient_wrt_upstream_activations",
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


def test_no_hint_speaks_of_code_that_nobody_wrote() -> None:
    """A mistake that is planted at random is in none of the reader's code."""
    for bug in BUGS.values():
        assert "your" not in bug.hint.lower()


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


def expect_same_steps(some: Sequence[LayerGradients], others: Sequence[LayerGradients]) -> None:
    for one, other in zip(some, others, strict=True):
        for field in FIELDS:
            mine, theirs = getattr(one, field), getattr(other, field)
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
        for field in FIELDS:
            if getattr(other, field) is not None:
                mine, theirs = to_numpy(getattr(one, field)), getattr(other, field)
                np.testing.assert_allclose(mine, theirs, rtol=1e-10, atol=1e-15)


def test_a_mistake_with_an_unknown_name_is_refused() -> None:
    assert bug_named("sign-flipped") is BUGS["sign-flipped"]
    with pytest.raises(
        BadInput,
        match=r"'sing-flipped' is unknown \(did you mean sign-flipped\?\); gradcheck bugs lists",
    ):
        bug_named("sing-flipped")


def test_a_network_in_which_nothing_moves_has_no_place_for_a_mistake() -> None:
    network = Network.create([2, 2], activation="identity", initialisation="scaled")
    network = network.with_parameters([0.0 * array for array in network.parameters])
    nothing = MiniBatch(np.ones((2, 3)), np.zeros((2, 3)))
    for bug in BUGS.values():
        assert layers_to_plant(network, nothing, bug, nothing) == ()
