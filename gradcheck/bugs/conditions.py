"""Where a mistake can be made: what the layer of a moment must have for it."""

from gradcheck.bugs.backprop_step import Moment
from nets.activations import IDENTITY
from nets.layers import DenseLayer

__all__ = [
    "has_activation_function",
    "has_batch",
    "has_fused_cost",
    "has_kinked_activation",
    "has_layer_of_same_shape",
    "has_previous",
    "has_previous_of_its_size",
    "has_quadratic_cost",
    "has_softmax_in_cost",
    "has_upstream_function",
    "is_square",
    "layer_of_same_shape",
]


def has_batch(moment: Moment) -> bool:
    """Whether the mini-batch has more than one example."""
    return moment.batch.size > 1


def has_activation_function(moment: Moment) -> bool:
    """Whether the layer has an activation function other than the identity."""
    return moment.layer.activation != IDENTITY


def has_kinked_activation(moment: Moment) -> bool:
    """Whether the layer's activation function has a kink, as ReLU has."""
    return bool(moment.layer.activation.kinks)


def has_upstream_function(moment: Moment) -> bool:
    """Whether the layer before has an activation function other than the identity."""
    upstream = moment.network.layers[: moment.position][-1:]
    return any(layer.activation != IDENTITY for layer in upstream)


def is_square(moment: Moment) -> bool:
    """Whether the weights are a square matrix, so that a transposed one has the same shape."""
    n_downstream, n_upstream = moment.layer.weights.shape
    return bool(n_downstream == n_upstream)


def has_previous(moment: Moment) -> bool:
    """Whether there was a mini-batch before."""
    return moment.previous is not None


def has_previous_of_its_size(moment: Moment) -> bool:
    """Whether the mini-batch before has as many examples."""
    return moment.previous is not None and moment.previous.batch.size == moment.batch.size


def has_quadratic_cost(moment: Moment) -> bool:
    """Whether the cost grows with the square of the distance between output and target."""
    return moment.cost.distance_power == 2


def has_fused_cost(moment: Moment) -> bool:
    """Whether the cost contains the activation function of the last layer."""
    return moment.cost.fused_activation is not None


def has_softmax_in_cost(moment: Moment) -> bool:
    """Whether that function sees all outputs at once, as softmax does and the sigmoid does not."""
    return has_fused_cost(moment) and not moment.cost.separable


def has_layer_of_same_shape(moment: Moment) -> bool:
    """Whether another layer's weights have the same shape."""
    return layer_of_same_shape(moment) is not None


def layer_of_same_shape(moment: Moment) -> DenseLayer | None:
    """Another layer whose weights have the same shape, the next one downstream first."""
    layers = moment.network.layers
    others = [*layers[moment.position + 1 :], *layers[: moment.position]]
    shape = moment.layer.weights.shape
    return next((layer for layer in others if layer.weights.shape == shape), None)
