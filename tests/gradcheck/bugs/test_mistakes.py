"""The arithmetic of the mistakes, where the zoo as a whole does not show all of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gradcheck.bugs import mistakes
from gradcheck.bugs.backprop_step import MiniBatch, Moment
from gradcheck.bugs.chain_rule import CHAIN_RULE
from gradcheck.bugs.walk_back import moments_of
from gradcheck.bugs.zoo import BUGS
from nets.arrays import HostArray
from nets.network import Network
from tests.gradcheck.bugs.by_hand import gradients_by_hand
from tests.gradcheck.bugs.habitats import HABITATS, Habitat

DEEP = HABITATS["deep sigmoid"]


def moment(layer: int) -> Moment:
    return moments_of(DEEP.network, DEEP.batch, DEEP.previous)[layer]


def right(layer: int, name: str) -> HostArray:
    result: HostArray = CHAIN_RULE[name].right(moment(layer))
    return result


REACH = st.floats(-6.0e4, 6.0e4, allow_subnormal=False) | st.floats(-1e-4, 1e-4)


@given(numbers=arrays(np.float64, (7,), elements=REACH))
def test_rounding_to_half_precision_is_numpy_s_own(numbers: HostArray) -> None:
    for dtype in (np.float64, np.float32):
        given_numbers = numbers.astype(dtype)
        rounded = mistakes.to_half_precision(moment(1), given_numbers)
        assert rounded.dtype == dtype
        np.testing.assert_array_equal(rounded, given_numbers.astype(np.float16).astype(dtype))


def test_one_example_alone_in_a_layer_with_one_neuron_before_it() -> None:
    """There the weights have the shape of the biases, and are not to be taken for them."""
    here = Habitat.of(2, 1, 3, activation="sigmoid", cost="quadratic")
    planted = here.with_bug(BUGS["weights-last-example-only"], 2)[1]
    by_hand = gradients_by_hand(here.network, here.batch, "weights-last-example-only", 2)[1]
    np.testing.assert_allclose(
        planted.gradient_wrt_weights, by_hand.gradient_wrt_weights, rtol=1e-12
    )
    assert np.all(planted.gradient_wrt_weights != planted.gradient_wrt_z[:, -1:])


# Fitted to a claim


def expect_close(fitted: HostArray | None, claim: HostArray) -> None:
    assert fitted is not None
    np.testing.assert_allclose(fitted, claim)


def test_the_examples_left_out_are_those_whose_column_is_zero() -> None:
    exact = right(4, "gradient_wrt_output")  # (3, 3)
    claim = exact.copy()
    claim[:, 1] = 0.0
    fitted = mistakes.nonzero_columns(moment(4), exact, 2.0 * claim)
    np.testing.assert_array_equal(fitted, claim)
    assert mistakes.nonzero_columns(moment(4), exact, 0.0 * claim) is None


def test_the_neurons_left_out_are_those_whose_row_is_zero() -> None:
    exact = right(2, "gradient_wrt_weights")
    claim = exact.copy()
    claim[2:] = 0.0
    fitted = mistakes.nonzero_rows(moment(2), exact, 2.0 * claim)
    np.testing.assert_array_equal(fitted, claim)
    assert mistakes.nonzero_rows(moment(2), exact, 0.0 * claim) is None


@pytest.mark.parametrize("shift", [1, 2])
def test_targets_in_another_order_are_recognised(shift: int) -> None:
    here, exact = moment(4), right(4, "gradient_wrt_output")
    targets = np.roll(here.batch.targets, shift, axis=1)
    claim = here.cost.gradient_wrt_output(here.output, targets)
    np.testing.assert_array_equal(mistakes.targets_in_some_order(here, exact, claim), claim)
    # Two examples that changed places, and one that did not.
    swapped = exact.copy()
    swapped[:, :2] = here.cost.gradient_wrt_output(here.output, here.batch.targets[:, [1, 0, 2]])[
        :, :2
    ]
    np.testing.assert_array_equal(mistakes.targets_in_some_order(here, exact, swapped), swapped)
    # One alone has nobody to change with.
    swapped[:, 0] = exact[:, 0]
    assert mistakes.targets_in_some_order(here, exact, swapped) is None


def test_clipping_is_recognised_by_the_largest_entry() -> None:
    exact = right(2, "gradient_wrt_weights")
    limit = 0.3 * np.max(np.abs(exact))
    claim = np.clip(exact, -limit, limit)
    np.testing.assert_array_equal(mistakes.clipped_somewhere(moment(2), exact, claim), claim)
    # Below the least of all entries nothing would be left of the gradient.
    least = 0.5 * np.min(np.abs(exact)) * np.sign(exact)
    assert mistakes.clipped_somewhere(moment(2), exact, least) is None


@pytest.mark.parametrize("decay", [0.3, -2.0])
def test_the_amount_of_weight_decay_is_found(decay: float) -> None:
    exact = right(2, "gradient_wrt_weights")
    claim = exact + decay * moment(2).layer.weights
    expect_close(mistakes.some_weight_decay(moment(2), exact, claim), claim)


def test_through_two_numbers_nothing_is_fitted() -> None:
    two, three = np.array([[1.0, 2.0]]), np.array([[1.0, 2.0, 3.0]])
    assert mistakes.with_fitted_multiple(two, two, 5.0 * two) is None
    assert mistakes.with_fitted_multiple(three, 0.0 * three, three) is None
    fitted = mistakes.with_fitted_multiple(three, three, 5.0 * three)
    expect_close(fitted, 5.0 * three)


@pytest.mark.parametrize("rate", [0.1, 3.0])
def test_the_learning_rate_of_an_early_update_is_found(rate: float) -> None:
    here, name = moment(2), "gradient_wrt_upstream_activations"
    updated = here.layer.weights - rate * right(2, "gradient_wrt_weights")
    claim = updated.T @ here.gradient_wrt_z
    fitted = mistakes.weights_after_some_update(here, right(2, name), claim)
    expect_close(fitted, claim)


# By the record, not by its name


def test_the_derivative_of_another_function_is_tanh_s_in_a_sigmoid_layer_alone() -> None:
    network = Network.create([3, 3], activation="tanh", seed=1)
    batch = MiniBatch(DEEP.batch.inputs[:3], DEEP.batch.targets)
    given_moment = moments_of(network, batch)[1]
    z, downstream = given_moment.trace.z, given_moment.downstream
    sigmoid = 1.0 / (1.0 + np.exp(-z))
    np.testing.assert_allclose(
        mistakes.slope_of_another_function(given_moment, downstream),
        downstream * sigmoid * (1.0 - sigmoid),
    )
    activations = moment(1).trace.downstream_activations
    np.testing.assert_allclose(
        mistakes.slope_of_another_function(moment(1), downstream),
        moment(1).downstream * (1.0 - activations**2),
    )
