"""The usual cost of an output, where code has none of its own."""

import numpy as np

from gradcheck.homework.understanding.by_trying.usual_cost import usual_costs


def test_outputs_that_add_up_to_one_are_those_of_softmax() -> None:
    outputs = np.array([[0.2, 0.5], [0.8, 0.5]])
    assert usual_costs("", outputs) == ["fused-softmax-cross-entropy"]


def test_a_logarithm_in_the_source_allows_cross_entropy() -> None:
    outputs = np.array([[0.2, 0.7]])
    assert "fused-sigmoid-cross-entropy" in usual_costs("loss = -np.log(a)", outputs)
    assert "fused-sigmoid-cross-entropy" in usual_costs("class LogisticRegression:", outputs)
    assert usual_costs("", outputs) == ["quadratic"]
