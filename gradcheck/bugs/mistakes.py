"""The arithmetic of the mistakes in the zoo: the wrong result of one step of backprop.

Every mistake takes the ``Moment`` of its step and the right result, and gives the wrong result in
the same shape. Those that are fitted take the claimed result as well, also in that shape. They find
the unknown in the mistake (which row, which example, what factor) that comes nearest to the claim,
and give None where no value of it makes sense.
"""

from collections.abc import Callable

import numpy as np

from gradcheck.bugs.backprop_step import Moment
from gradcheck.bugs.chain_rule import CHAIN_RULE
from gradcheck.bugs.conditions import has_softmax_in_cost, layer_of_same_shape
from nets.activations import ACTIVATIONS, Activation, sigmoid
from nets.arrays import Array, HostArray, array_namespace

# How much of the weights a planted weight decay adds to the gradient; 1 is all of them. Small, as
# in training.
WEIGHT_DECAY = 0.01
# The step of gradient descent in a planted update that comes too early: the part of the gradient
# that is subtracted from the weights.
LEARNING_RATE = 0.5
# The derivative of an activation function as a formula in the activation a, as textbooks give it.
FORMULAS_IN_A: tuple[tuple[Activation, Callable[[Array], Array]], ...] = (
    (ACTIVATIONS["sigmoid"], lambda a: a * (1.0 - a)),
    (ACTIVATIONS["tanh"], lambda a: 1.0 - a * a),
)
# Shifts of the targets that are tried to explain a claim: one of them for each example. More take
# more time; targets that moved further are not recognised.
MOST_SHIFTS = 64


# The gradient of the cost.


def column(array: Array, which: int) -> Array:
    """One column (n, 1) of a matrix (n, batch)."""
    return array[:, which:][:, :1]


def without_column(moment: Moment, right: Array) -> Array:
    """Leave out the last example: (n, batch) with a last column of zeros."""
    xp = array_namespace(right)
    return xp.concat([right[:, :-1], xp.zeros_like(right[:, -1:])], axis=1)


def nonzero_columns(moment: Moment, right: HostArray, claim: HostArray) -> HostArray | None:
    """Leave out the examples whose column of the claim (n, batch) is zero."""
    kept = np.any(claim != 0.0, axis=0, keepdims=True)
    return np.where(kept, right, 0.0) if np.any(kept) else None


def shuffled_targets(moment: Moment, right: Array) -> Array:
    """Compare each output with the target of the example before it: (n_output, batch)."""
    xp = array_namespace(right)
    targets = xp.roll(moment.batch.targets, 1, axis=1)
    return moment.cost.gradient_wrt_output(moment.output, targets)


def targets_in_some_order(moment: Moment, right: HostArray, claim: HostArray) -> HostArray | None:
    """Give each example the target that explains its column of the claim (n_output, batch) best."""
    nearest, distance = right.copy(), np.full(right.shape[1], np.inf)
    for shift in range(min(right.shape[1], MOST_SHIFTS)):
        targets = np.roll(moment.batch.targets, shift, axis=1)
        candidate = moment.cost.gradient_wrt_output(moment.output, targets)
        apart = np.max(np.abs(candidate - claim), axis=0)
        closer = apart < distance
        nearest[:, closer], distance[closer] = candidate[:, closer], apart[closer]
    # One example alone cannot have changed places.
    moved = np.count_nonzero(np.any(nearest != right, axis=0))
    return nearest if moved > 1 else None


def softmax(z: Array) -> Array:
    """exp(z) / sum(exp(z)) of each column, (n_output, batch)."""
    xp = array_namespace(z)
    exponentials = xp.exp(z - xp.max(z, axis=0, keepdims=True))
    return exponentials / xp.sum(exponentials, axis=0, keepdims=True)


def softmax_diagonal(moment: Moment, right: Array) -> Array:
    """Use only the diagonal of softmax's derivative: (n_output, batch)."""
    return -moment.batch.targets * (1.0 - softmax(moment.output)) / moment.batch.size


def fused_derivative_once_more(moment: Moment, right: Array) -> Array:
    """Multiply by a (1 - a), which had cancelled: (n_output, batch)."""
    z = moment.output  # a fused cost takes z, and contains the function itself
    activations = softmax(z) if has_softmax_in_cost(moment) else sigmoid(z)
    return right * activations * (1.0 - activations)


# Through the activation function.


def slope_at_activation(moment: Moment, right: Array) -> Array:
    """Take the derivative at the activation instead of at z: (n_downstream, batch)."""
    activations = moment.trace.downstream_activations
    function = moment.layer.activation
    return moment.downstream * function.derivative(activations, function.value(activations))


def formula_in_a(moment: Moment) -> Callable[[Array], Array] | None:
    """The derivative of the layer's activation function as a formula in a; None if it has none.

    The formula takes an array of any shape, and its result has this shape too.
    """
    function = moment.layer.activation
    return next((formula for each, formula in FORMULAS_IN_A if each == function), None)


def formula_at_z(moment: Moment, right: Array) -> Array:
    """Use the formula in the activation a, but with z in the place of a: (n_downstream, batch)."""
    formula = formula_in_a(moment)
    assert formula is not None
    return moment.downstream * formula(moment.trace.z)


def activation_for_slope(moment: Moment, right: Array) -> Array:
    """Multiply by the activation instead of the derivative: (n_downstream, batch)."""
    return moment.downstream * moment.trace.downstream_activations


def slope_of_another_function(moment: Moment, right: Array) -> Array:
    """Take a derivative that is left over from another program: (n_downstream, batch).

    In a layer of sigmoids that is tanh's, written as 1 - a^2; elsewhere the sigmoid's at z.
    """
    if moment.layer.activation == ACTIVATIONS["sigmoid"]:
        activations = moment.trace.downstream_activations
        return moment.downstream * (1.0 - activations * activations)
    return moment.downstream * sigmoid(moment.trace.z) * sigmoid(-moment.trace.z)


def slope_before(moment: Moment, right: Array) -> Array:
    """Take the derivative at the z of the mini-batch before: (n_downstream, batch)."""
    assert moment.previous is not None
    return moment.downstream * moment.previous.slope


# The gradient of the weights.


def weights_gradient(moment: Moment) -> Array:
    """The right one, (n_downstream, n_upstream)."""
    return CHAIN_RULE["gradient_wrt_weights"].right(moment)


def z_for_activations(moment: Moment, right: Array) -> Array:
    """Use z of the layer before instead of its activations: (n_downstream, n_upstream)."""
    return moment.gradient_wrt_z @ moment.traces[moment.position - 1].z.T


def activations_before(moment: Moment, right: Array) -> Array:
    """Use the upstream activations of the mini-batch before: (n_downstream, n_upstream)."""
    assert moment.previous is not None
    return moment.gradient_wrt_z @ moment.previous.trace.upstream_activations.T


def added_to_the_one_before(moment: Moment, right: Array) -> Array:
    """Add the gradient of the mini-batch before: (n_downstream, n_upstream)."""
    assert moment.previous is not None
    return right + weights_gradient(moment.previous)


def row_of_zeros(moment: Moment, right: Array) -> Array:
    """Leave out the first neuron: (n_downstream, n_upstream) with a first row of zeros."""
    xp = array_namespace(right)
    return xp.concat([xp.zeros_like(right[:1, :]), right[1:, :]], axis=0)


def nonzero_rows(moment: Moment, right: HostArray, claim: HostArray) -> HostArray | None:
    """Leave out the neurons whose row of the claim (n_downstream, n_upstream) is zero."""
    kept = np.any(claim != 0.0, axis=1, keepdims=True)
    return np.where(kept, right, 0.0) if np.any(kept) else None


def clipped(moment: Moment, right: Array) -> Array:
    """Cut all entries off at half of the largest: (n_downstream, n_upstream)."""
    xp = array_namespace(right)
    limit = 0.5 * xp.max(xp.abs(right))
    return xp.minimum(xp.maximum(right, -limit), limit)


def clipped_somewhere(moment: Moment, right: HostArray, claim: HostArray) -> HostArray | None:
    """Cut all entries off at the largest of the claim: (n_downstream, n_upstream)."""
    limit = float(np.max(np.abs(claim)))
    untouched = np.abs(right) < limit
    return np.clip(right, -limit, limit) if np.any(untouched) else None


def to_half_precision(moment: Moment, right: Array) -> Array:
    """Round to float16's 11 significant bits, and below its normal numbers to 2^-24.

    The result has the shape of the right one, (n_downstream, n_upstream).
    """
    xp = array_namespace(right)
    double = xp.astype(right, xp.float64)  # the constant below splits float64's 53 bits
    split = double * (2.0**42 + 1.0)
    rounded = split - (split - double)
    small = xp.round(double * 2.0**24) / 2.0**24
    return xp.astype(xp.where(xp.abs(double) < 2.0**-14, small, rounded), right.dtype)


def some_weight_decay(moment: Moment, right: HostArray, claim: HostArray) -> HostArray | None:
    """Add the multiple of the weights nearest to the claim: (n_downstream, n_upstream)."""
    return with_fitted_multiple(right, moment.layer.weights, claim)


def with_fitted_multiple(
    right: HostArray, direction: HostArray, claim: HostArray
) -> HostArray | None:
    """``right`` plus the multiple of ``direction`` that comes nearest to the claim; same shapes."""
    size = float(np.sum(direction * direction))
    # One or two numbers can be fitted whatever they are.
    if np.count_nonzero(direction) < 3 or size == 0.0:
        return None
    fitted: HostArray = right + float(np.sum((claim - right) * direction)) / size * direction
    return fitted


# One example instead of the sum over all.


def weights_of_example(which: int) -> Callable[[Moment, Array], Array]:
    """The weights' gradient of one example alone, (n_downstream, n_upstream)."""

    def wrong(moment: Moment, right: Array) -> Array:
        upstream = column(moment.trace.upstream_activations, which)
        return column(moment.gradient_wrt_z, which) @ upstream.T

    return wrong


def biases_of_example(which: int) -> Callable[[Moment, Array], Array]:
    """The biases' gradient of one example alone, (n_downstream, 1)."""

    def wrong(moment: Moment, right: Array) -> Array:
        return column(moment.gradient_wrt_z, which)

    return wrong


# Back through the weights.


def weights_of_another_layer(moment: Moment, right: Array) -> Array:
    """Use another layer's weights of the same shape: (n_upstream, batch)."""
    other = layer_of_same_shape(moment)
    assert other is not None
    return other.weights.T @ moment.gradient_wrt_z


def updated_weights(moment: Moment, right: Array) -> Array:
    """Use the weights after a step of gradient descent: (n_upstream, batch)."""
    updated = moment.layer.weights - LEARNING_RATE * weights_gradient(moment)
    return updated.T @ moment.gradient_wrt_z


def weights_after_some_update(
    moment: Moment, right: HostArray, claim: HostArray
) -> HostArray | None:
    """Use the weights after the step of gradient descent that explains the claim best.

    The result is the gradient wrt the upstream activations, (n_upstream, batch).
    """
    change = weights_gradient(moment).T @ moment.gradient_wrt_z
    return with_fitted_multiple(right, change, claim)
