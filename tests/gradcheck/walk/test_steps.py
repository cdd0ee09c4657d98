"""All steps of the walk, in their order."""

import numpy as np

from gradcheck.bugs.chain_rule import walk
from gradcheck.walk.steps import steps_of
from gradcheck.walk.walk_step import WalkStep
from nets.arrays import HostArray
from tests.gradcheck.walk.problems import all_kinds, passes_of


def result(step: WalkStep) -> HostArray:
    return step.terms[-1].values


def test_the_steps_are_in_the_order_of_backprop() -> None:
    steps = steps_of(passes_of(4, 3, 2))
    assert [step.title for step in steps][:6] == [
        "Start: the inputs",
        "Layer 1, forward: z",
        "Layer 1, forward: downstream_activations",
        "Layer 2, forward: z",
        "Layer 2, forward: downstream_activations",
        "The cost C",
    ]
    assert [(step.layer, step.name) for step in steps[6:]] == [tuple(each) for each in walk(2)]
    assert [step.number for step in steps[6:]] == [1, 2, 3, 4, 5, 1, 2, 3, 4]


def test_a_product_of_the_matrices_shown_is_the_result_shown() -> None:
    signs = {"@": np.matmul, "*": np.multiply, "+": np.add}
    for passes in all_kinds(4, 3, 2):
        for step in steps_of(passes):
            first, *others = step.terms
            if not others or any(term.sign not in {*signs, "="} for term in others):
                continue
            value = first.values
            for term in others[:-1]:
                value = signs[term.sign](value, term.values)
            if len(others) > 1:
                assert np.allclose(value, result(step), rtol=1e-12, atol=1e-15), step.title
