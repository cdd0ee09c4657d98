"""The five steps of backprop: their numbers are those of nets."""

import numpy as np
import pytest

from gradcheck.bugs.chain_rule import CHAIN_RULE, by_step, walk
from gradcheck.walk.backward_steps import BACKWARD
from gradcheck.walk.walk_step import WalkStep
from gradcheck.walk.words import COST_WORDS, DERIVATIVES
from nets.activations import ACTIVATIONS
from nets.costs import COSTS
from tests.gradcheck.walk.problems import all_kinds, passes_of


def steps_of_two_layers(
    activation: str = "sigmoid", cost: str = "quadratic"
) -> dict[tuple[int, str], WalkStep]:
    passes = passes_of(4, 3, 2, activation=activation, cost=cost)
    return {(step.layer, step.name): BACKWARD[step.name](passes, step.layer) for step in walk(2)}


def test_every_step_of_the_chain_rule_is_described() -> None:
    assert list(BACKWARD) == list(CHAIN_RULE)


def test_the_result_of_each_step_is_that_of_the_network() -> None:
    for passes in all_kinds(4, 3, 2):
        right = by_step(passes.gradients)
        assert len(right) == 9
        for (layer, name), gradient in right.items():
            step = BACKWARD[name](passes, layer)
            assert (step.layer, step.name) == (layer, name)
            assert np.array_equal(step.terms[-1].values, gradient)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_derivative_is_that_of_the_activation(name: str) -> None:
    step = steps_of_two_layers(activation=name)[1, "gradient_wrt_z"]
    assert DERIVATIVES[name] in step.task
    assert f"{name}'(z1)" in step.formula


@pytest.mark.parametrize("name", COSTS)
def test_the_first_factor_is_that_of_the_cost(name: str) -> None:
    step = steps_of_two_layers(cost=name)[2, "gradient_wrt_output"]
    assert step.formula == f"dC/da2 = {COST_WORDS[name].gradient}"
    assert [term.name for term in step.terms] == ["output", "targets", "gradient_wrt_output"]


def test_the_last_layer_and_the_others_have_different_equations() -> None:
    steps = steps_of_two_layers()
    assert steps[2, "gradient_wrt_z"].book == "BP1"
    assert steps[1, "gradient_wrt_z"].book == "BP2, together with step 5 of layer 2"
    received = steps[1, "gradient_wrt_downstream_activations"]
    assert "Step 5 of layer 2 has handed this gradient on." in received.task
    handed_on = steps[2, "gradient_wrt_upstream_activations"]
    assert np.array_equal(received.terms[-1].values, handed_on.terms[-1].values)
