"""A step in a layer, and what it can use."""

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import BackpropStep, MiniBatch, Moment
from tests.gradcheck.bugs.habitats import HABITATS, Habitat

DEEP = HABITATS["deep sigmoid"]  # 4-4-4-4-3


def moment(here: Habitat, position: int) -> Moment:
    traces = here.network.forward(here.batch.inputs)
    return Moment(here.network, here.batch, position, traces)


def test_a_step_has_a_layer_and_a_name_and_is_found_by_them() -> None:
    step = BackpropStep(layer=2, name="gradient_wrt_z")
    assert (step.layer, step.name) == (2, "gradient_wrt_z")
    assert {step: "found"}[BackpropStep(2, "gradient_wrt_z")] == "found"
    assert step != BackpropStep(1, "gradient_wrt_z")


def test_the_size_of_a_mini_batch_is_the_number_of_its_columns() -> None:
    assert MiniBatch(np.ones((4, 7)), np.ones((2, 7))).size == 7


@pytest.mark.parametrize("position", [0, 1, 2, 3])
def test_a_moment_knows_its_layer(position: int) -> None:
    here = moment(DEEP, position)
    assert here.layer is DEEP.network.layers[position]
    assert here.trace is here.traces[position]
    assert here.number == position + 1
    assert here.is_last == (position == 3)
    assert here.cost is DEEP.network.cost_function
    np.testing.assert_array_equal(here.output, DEEP.network.feedforward(DEEP.batch.inputs))


def test_the_first_step_is_the_cost_s_in_the_last_layer_alone() -> None:
    names = [moment(DEEP, position).first_step for position in range(4)]
    assert names == [*["gradient_wrt_downstream_activations"] * 3, "gradient_wrt_output"]


@pytest.mark.parametrize("habitat", HABITATS)
def test_the_slope_is_the_derivative_of_the_activation_function_at_z(habitat: str) -> None:
    here = moment(HABITATS[habitat], 1)
    z, value = here.trace.z, here.layer.activation.value
    # A step small enough that no z of these networks crosses a kink.
    measured = (value(z + 1e-6) - value(z - 1e-6)) / 2e-6
    np.testing.assert_allclose(here.slope, measured, atol=1e-8)
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(2.0 * here.slope, measured, atol=1e-8)
