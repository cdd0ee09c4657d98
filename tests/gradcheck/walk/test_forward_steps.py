"""The steps of the forward pass: their numbers are those of nets."""

import numpy as np
import pytest

from gradcheck.walk.forward_steps import cost_step, forward_steps, output_of, start_step
from tests.gradcheck.walk.problems import all_kinds, passes_of


def test_a_layer_has_two_steps_with_the_numbers_of_the_network() -> None:
    for passes in all_kinds(4, 3, 2):
        for layer, trace in enumerate(passes.traces, 1):
            z, activations = forward_steps(passes, layer)
            dense = passes.network.layers[layer - 1]
            weights, upstream, biases, _ = (term.values for term in z.terms)
            assert weights is dense.weights
            assert upstream is trace.upstream_activations
            assert biases is dense.biases
            assert z.number == activations.number == 0
            assert (z.name, activations.name) == ("z", "downstream_activations")
            assert np.array_equal(z.terms[-1].values, trace.z)
            assert np.array_equal(activations.terms[-1].values, trace.downstream_activations)


def test_a_layer_names_its_own_arrays_and_function() -> None:
    z, activations = forward_steps(passes_of(4, 3, 2, activation="tanh"), 2)
    assert z.formula == "z2 = w2 a1 + b2"
    assert activations.formula == "a2 = tanh(z2)"
    assert activations.code == "downstream_activations = tanh(z)"


def test_the_inputs_are_the_first_step() -> None:
    passes = passes_of(4, 3, 2)
    step = start_step(passes)
    assert step.layer == 0
    assert np.array_equal(step.terms[-1].values, passes.batch.inputs)


@pytest.mark.parametrize("cost", ["quadratic", "fused-softmax-cross-entropy"])
def test_the_cost_is_that_of_the_network(cost: str) -> None:
    passes = passes_of(4, 3, 2, cost=cost)
    step = cost_step(passes)
    assert step.layer == 2
    assert step.task.endswith(f"Here C = {passes.cost:.10g}.")
    output, targets = (term.values for term in step.terms)
    assert np.array_equal(output, output_of(passes.traces[-1]))
    assert np.array_equal(targets, passes.batch.targets)
