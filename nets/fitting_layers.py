"""The check that layers make a network: each is a layer, and fits the one before."""

from nets.activations import Activation
from nets.arrays import array_namespace
from nets.errors import BadInput, listed
from nets.layers import DenseLayer
from nets.plain_arrays import expect_plain

__all__ = ["fitting_layers"]


def fitting_layers(layers: object) -> tuple[DenseLayer, ...]:
    """The layers of a network, one or more, if each fits the one before.

    Args:
        layers: ``DenseLayer`` objects, upstream to downstream.

    Raises:
        BadInput: they make no network.

    """
    found = tuple(listed("layers", layers, "nets.DenseLayer"))
    if not found:
        raise BadInput("the network has no layers; give one or more")
    n_upstream = None
    for number, layer in enumerate(found, start=1):
        _expect_layer(number, layer)
        columns = layer.weights.shape[1]
        if n_upstream is not None and columns != n_upstream:
            raise BadInput(
                f"the weights of layer {number} have {columns} columns; they should have "
                f"{n_upstream}, one for each neuron of layer {number - 1}"
            )
        n_upstream = layer.weights.shape[0]
    return found


def _expect_layer(number: int, layer: object) -> None:
    """Check that a layer is a ``DenseLayer`` whose arrays can be used."""
    if not isinstance(layer, DenseLayer):
        raise BadInput(f"layer {number} is a {type(layer).__name__}; give a nets.DenseLayer")
    for name, array in (("weights", layer.weights), ("biases", layer.biases)):
        expect_plain(f"layer {number} {name}", array)
        if not array_namespace(array).isdtype(array.dtype, "real floating"):
            raise BadInput(
                f"layer {number} {name} has dtype {array.dtype}; give floating-point numbers"
            )
    if len(layer.weights.shape) != 2 or 0 in layer.weights.shape:
        raise BadInput(
            f"layer {number} weights has shape {tuple(layer.weights.shape)}; it should be "
            "(n_downstream, n_upstream), with both at least 1"
        )
    expected = (layer.weights.shape[0], 1)
    if tuple(layer.biases.shape) != expected:
        raise BadInput(
            f"layer {number} biases has shape {tuple(layer.biases.shape)}; it should be {expected}"
        )
    if not isinstance(layer.activation, Activation):
        kind = type(layer.activation).__name__
        raise BadInput(f"layer {number} activation is a {kind}; give a nets.Activation")
