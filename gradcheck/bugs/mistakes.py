"""How the mistakes of the zoo come out: wrong results of one step of backprop.

Every function takes the ``Moment`` of the step and the right result, and gives the wrong one.
Those that are fitted take a claim as well, and find the unknown in the mistake (which row, which
example, what factor) that comes nearest to it.
"""

from collections.abc import Callable

import numpy as np

from gradcheck.bugs.backprop_step import Moment
from nets.activations import sigmoid
from nets.arrays import Array, HostArray, array_namespace
from nets.layers import DenseLayer

WEIGHT_DECAY = 0.01
LEARNING_RATE = 0.5


# Where a mistake can be made.


def has_batch(moment: Moment) -> bool:
    return moment.batch.size > 1


def has_function(moment: Moment) -> bool:
    return moment.layer.activation.name != "identity"


def is_square(moment: Moment) -> bool:
    n_downstream, n_upstream = moment.layer.weights.shape
    return bool(n_downstream == n_upstream)


def has_previous(moment: Moment) -> bool:
    return moment.previous is not None


def has_previous_of_its_size(moment: Moment) -> bool:
    return moment.previous is not None and moment.previous.batch.size == moment.batch.size


def is_quadratic(moment: Moment) -> bool:
    return moment.cost.name == "quadratic"


def has_twin(moment: Moment) -> bool:
    return twin_of(moment) is not None


def twin_of(moment: Moment) -> DenseLayer | None:
    """Another layer whose weights have the same shape, the next one downstream first."""
    layers = moment.network.layers
    others = [*layers[moment.position + 1 :], *layers[: moment.position]]
    shape = moment.layer.weights.shape
    return next((layer for layer in others if layer.weights.shape == shape), None)


# The mistakes.


def column(array: Array, which: int) -> Array:
    """One column of a matrix, as a column."""
    return array[:, which:][:, :1]


def without_column(moment: Moment, right: Array) -> Array:
    xp = array_namespace(right)
    return xp.concat([right[:, :-1], xp.zeros_like(right[:, -1:])], axis=1)


def columns_that_are_there(moment: Moment, right: HostArray, claim: HostArray) -> HostArray | None:
    there = np.any(claim != 0.0, axis=0, keepdims=True)
    return np.where(there, right, 0.0) if np.any(there) else None


def rows_that_are_there(moment: Moment, right: HostArray, claim: HostArray) -> HostArray | None:
    there = np.any(claim != 0.0, axis=1, keepdims=True)
    return np.where(there, right, 0.0) if np.any(there) else None


def shuffled_targets(moment: Moment, right: Array) -> Array:
    xp = array_namespace(right)
    targets = xp.roll(moment.batch.targets, 1, axis=1)
    return moment.cost.gradient_wrt_output(moment.traces[-1].downstream_activations, targets)


def targets_in_some_order(moment: Moment, right: HostArray, claim: HostArray) -> HostArray | None:
    """Give each example those of the targets that its claim comes nearest to."""
    output, targets = moment.traces[-1].downstream_activations, moment.batch.targets
    nearest, distance = right.copy(), np.full(right.shape[1], np.inf)
    for shift in range(min(right.shape[1], 64)):
        candidate = moment.cost.gradient_wrt_output(output, np.roll(targets, shift, axis=1))
        apart = np.max(np.abs(candidate - claim), axis=0)
        closer = apart < distance
        nearest[:, closer], distance[closer] = candidate[:, closer], apart[closer]
    # One example alone cannot have changed places.
    moved = np.count_nonzero(np.any(nearest != right, axis=0))
    return nearest if moved > 1 else None


def softmax_diagonal(moment: Moment, right: Array) -> Array:
    z, targets = moment.traces[-1].downstream_activations, moment.batch.targets
    return -targets * (1.0 - softmax(z)) / z.shape[1]


def softmax(z: Array) -> Array:
    xp = array_namespace(z)
    exponentials = xp.exp(z - xp.max(z, axis=0, keepdims=True))
    return exponentials / xp.sum(exponentials, axis=0, keepdims=True)


def fused_derivative_once_more(moment: Moment, right: Array) -> Array:
    z = moment.traces[-1].downstream_activations
    output = sigmoid(z) if moment.cost.fused_activation == "sigmoid" else softmax(z)
    return right * output * (1.0 - output)


def slope_at_activation(moment: Moment, right: Array) -> Array:
    activations = moment.trace.downstream_activations
    function = moment.layer.activation
    return moment.downstream * function.derivative(activations, function.value(activations))


def slope_of_another_function(moment: Moment, right: Array) -> Array:
    # What is left over from another program: the sigmoid's of z, or tanh's of the activation.
    if moment.layer.activation.name == "sigmoid":
        activations = moment.trace.downstream_activations
        return moment.downstream * (1.0 - activations * activations)
    return moment.downstream * sigmoid(moment.trace.z) * sigmoid(-moment.trace.z)


def slope_before(moment: Moment, right: Array) -> Array:
    assert moment.previous is not None
    return moment.downstream * moment.previous.slope


def z_for_activations(moment: Moment, right: Array) -> Array:
    return moment.gradient_wrt_z @ moment.traces[moment.position - 1].z.T


def activations_before(moment: Moment, right: Array) -> Array:
    assert moment.previous is not None
    return moment.gradient_wrt_z @ moment.previous.trace.upstream_activations.T


def added_to_the_one_before(moment: Moment, right: Array) -> Array:
    assert moment.previous is not None
    return right + moment.previous.right("gradient_wrt_weights")


def some_weight_decay(moment: Moment, right: HostArray, claim: HostArray) -> HostArray | None:
    weights = moment.layer.weights
    return fitted_multiple(right, weights, claim)


def fitted_multiple(right: HostArray, direction: HostArray, claim: HostArray) -> HostArray | None:
    """``right`` and the multiple of a direction that comes nearest to the claim."""
    size = float(np.sum(direction * direction))
    # Through one or two numbers a fit goes whatever they are.
    if np.count_nonzero(direction) < 3 or size == 0.0:
        return None
    fitted: HostArray = right + float(np.sum((claim - right) * direction)) / size * direction
    return fitted


def row_of_zeros(moment: Moment, right: Array) -> Array:
    xp = array_namespace(right)
    return xp.concat([xp.zeros_like(right[:1, :]), right[1:, :]], axis=0)


def to_half_precision(moment: Moment, right: Array) -> Array:
    """Round to float16's 11 significant bits, and below its normal numbers to 2^-24."""
    xp = array_namespace(right)
    double = xp.astype(right, xp.float64)  # the constant below splits float64's 53 bits
    split = double * (2.0**42 + 1.0)
    rounded = split - (split - double)
    small = xp.round(double * 2.0**24) / 2.0**24
    return xp.astype(xp.where(xp.abs(double) < 2.0**-14, small, rounded), right.dtype)


def clipped(moment: Moment, right: Array) -> Array:
    xp = array_namespace(right)
    limit = 0.5 * xp.max(xp.abs(right))
    return xp.minimum(xp.maximum(right, -limit), limit)


def clipped_somewhere(moment: Moment, right: HostArray, claim: HostArray) -> HostArray | None:
    limit = float(np.max(np.abs(claim)))
    untouched = np.abs(right) < limit
    return np.clip(right, -limit, limit) if np.any(untouched) else None


def one_example_alone(which: int) -> Callable[[Moment, Array], Array]:
    def wrong(moment: Moment, right: Array) -> Array:
        alone = column(moment.gradient_wrt_z, which)
        if right.shape[1] == 1:
            return alone
        return alone @ column(moment.trace.upstream_activations, which).T

    return wrong


def bias_of_example(which: int) -> Callable[[Moment, Array], Array]:
    def wrong(moment: Moment, right: Array) -> Array:
        return column(moment.gradient_wrt_z, which)

    return wrong


def weights_of_the_twin(moment: Moment, right: Array) -> Array:
    twin = twin_of(moment)
    assert twin is not None
    return twin.weights.T @ moment.gradient_wrt_z


def updated_weights(moment: Moment, right: Array) -> Array:
    updated = moment.layer.weights - LEARNING_RATE * moment.right("gradient_wrt_weights")
    return updated.T @ moment.gradient_wrt_z


def weights_after_some_update(
    moment: Moment, right: HostArray, claim: HostArray
) -> HostArray | None:
    change = moment.right("gradient_wrt_weights").T @ moment.gradient_wrt_z
    return fitted_multiple(right, change, claim)
