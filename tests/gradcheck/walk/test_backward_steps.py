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


def test_a_layer_receives_what_the_next_one_has_handed_on() -> None:
    steps = steps_of_two_layers()
    received = steps[1, "gradient_wrt_downstream_activations"]
    assert "Step 5 of layer 2 has handed this gradient on." in received.task
    handed_on = steps[2, "gradient_wrt_upstream_activations"]
    assert np.array_equal(received.terms[-1].values, handed_on.terms[-1].values)


def test_each_step_has_its_number_its_equation_and_the_layers_of_its_arrays() -> None:
    steps = steps_of_two_layers().values()
    assert [(step.number, step.book, step.formula) for step in steps] == [
        (1, "the first factor of BP1", "dC/da2 = (a - y) / m"),
        (2, "BP1", "dC/dz2 = dC/da2 * sigmoid'(z2), entry by entry"),
        (3, "BP4", "dC/dw2 = dC/dz2 (a1)^T"),
        (4, "BP3", "dC/db2 = sum of dC/dz2 over the examples"),
        (5, "the other part of BP2; step 1 of layer 1 receives it", "dC/da1 = (w2)^T dC/dz2"),
        (1, "", "dC/da1 from layer 2"),
        (
            2,
            "BP2, together with step 5 of layer 2",
            "dC/dz1 = dC/da1 * sigmoid'(z1), entry by entry",
        ),
        (3, "BP4", "dC/dw1 = dC/dz1 (a0)^T"),
        (4, "BP3", "dC/db1 = sum of dC/dz1 over the examples"),
    ]
