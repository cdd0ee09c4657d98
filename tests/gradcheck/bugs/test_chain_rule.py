"""The table of steps: in the order of backprop, and each as the layers themselves do it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import BackpropStep
from gradcheck.bugs.chain_rule import CHAIN_RULE, PARAMETER_STEPS, by_step, walk
from gradcheck.bugs.walk_back import moments_of
from nets.arrays import Place, to_numpy
from nets.layers import LayerGradients
from tests.gradcheck.bugs.habitats import FIELDS, HABITATS


def test_the_steps_of_two_layers_in_their_order() -> None:
    assert list(walk(2)) == [
        BackpropStep(2, "gradient_wrt_output"),
        BackpropStep(2, "gradient_wrt_z"),
        BackpropStep(2, "gradient_wrt_weights"),
        BackpropStep(2, "gradient_wrt_biases"),
        BackpropStep(2, "gradient_wrt_upstream_activations"),
        BackpropStep(1, "gradient_wrt_downstream_activations"),
        BackpropStep(1, "gradient_wrt_z"),
        BackpropStep(1, "gradient_wrt_weights"),
        BackpropStep(1, "gradient_wrt_biases"),
    ]


def test_the_steps_of_one_layer() -> None:
    names = [step.name for step in walk(1)]
    assert names == ["gradient_wrt_output", "gradient_wrt_z", *PARAMETER_STEPS]
    assert list(walk(0)) == []


def test_every_step_is_named_after_its_result_and_explained() -> None:
    assert {step.field for step in CHAIN_RULE.values()} == set(FIELDS)
    for name, step in CHAIN_RULE.items():
        assert name == step.name
        assert step.task
        assert step.formula
        assert not step.task.endswith(".")
        assert not step.formula.endswith(".")


@pytest.mark.parametrize("habitat", HABITATS)
def test_each_step_is_that_of_the_layers_to_the_last_bit(habitat: str, where: Place) -> None:
    here = HABITATS[habitat].at(where)
    right = by_step(here.right())
    moments = moments_of(here.network, here.batch)
    assert list(right) == list(walk(len(moments)))
    for step, result in right.items():
        mine = CHAIN_RULE[step.name].right(moments[step.layer])
        np.testing.assert_array_equal(to_numpy(mine), to_numpy(result))


@pytest.mark.parametrize("name", list(CHAIN_RULE)[2:])
def test_a_step_goes_on_from_the_results_before_it_right_or_wrong(name: str) -> None:
    here = HABITATS["deep sigmoid"]
    moment: Any = moments_of(here.network, here.batch)[2]
    right = CHAIN_RULE[name].right(moment)
    doubled = replace(
        moment, downstream=2.0 * moment.downstream, gradient_wrt_z=2.0 * moment.gradient_wrt_z
    )
    np.testing.assert_allclose(CHAIN_RULE[name].right(doubled), 2.0 * right, rtol=1e-14)


def test_results_by_step_leave_out_what_was_not_computed() -> None:
    right = list(HABITATS["deep sigmoid"].right())
    whole = by_step(right)
    last = BackpropStep(4, "gradient_wrt_output")
    assert whole[last] is right[3].gradient_wrt_downstream_activations
    assert BackpropStep(1, "gradient_wrt_upstream_activations") not in whole
    right[1] = replace(right[1], gradient_wrt_z=None)
    assert set(whole) - set(by_step(right)) == {BackpropStep(2, "gradient_wrt_z")}
    nothing = LayerGradients(None, None, None, None, None)
    assert by_step([nothing]) == {}
