"""A step of the walk: its title and its JSON; and the passes it is taken from."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.walk.forward_steps import cost_step, start_step
from gradcheck.walk.walk_step import Passes, Term, WalkStep
from tests.gradcheck.walk.problems import passes_of

STEP = WalkStep(2, "z", 0, "", "", "z2 = w2 a1 + b2", "z = ...", (Term("", "z", np.eye(2, 3)),))


@pytest.mark.parametrize(
    ("layer", "name", "number", "title"),
    [
        (2, "z", 0, "Layer 2, forward: z"),
        (1, "gradient_wrt_z", 2, "Layer 1, backward, step 2 of 5: gradient_wrt_z"),
    ],
)
def test_the_title_says_where_in_the_walk_the_step_is(
    layer: int, name: str, number: int, title: str
) -> None:
    assert replace(STEP, layer=layer, name=name, number=number).title == title


def test_a_step_in_no_layer_has_a_heading_of_its_own() -> None:
    passes = passes_of(4, 3, 2)
    assert start_step(passes).title == "Start: the inputs"
    assert cost_step(passes).title == "The cost C"
    assert replace(STEP, heading="Here").title == "Here"


def test_json_has_every_number_and_none_for_what_a_step_has_not() -> None:
    found = STEP.to_dict()
    assert (found["layer"], found["name"], found["formula"]) == (2, "z", "z2 = w2 a1 + b2")
    assert (found["step"], found["book"]) == (None, None)
    assert found["terms"] == [{"sign": "", "name": "z", "values": [[1, 0, 0], [0, 1, 0]]}]
    backward = replace(STEP, number=3, book="BP4").to_dict()
    assert (backward["step"], backward["book"]) == (3, "BP4")


def test_the_passes_are_those_of_the_network() -> None:
    passes = passes_of(4, 3, 2)
    assert passes.cost == float(passes.network.cost(passes.batch.inputs, passes.batch.targets))
    moved = [each + 0.5 for each in passes.network.parameters]
    other = Passes.of(passes.network.with_parameters(moved), passes.batch)
    assert other.cost != passes.cost
    assert np.array_equal(passes.traces[0].upstream_activations, passes.batch.inputs)
    assert len(passes.gradients) == 2
