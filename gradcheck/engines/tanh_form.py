"""A network with the constants of its activations folded into its weights.

A sigmoid is a tanh of half the argument, halved and shifted. With the halves in the weights on
either side, one tanh is left for each number: the cheapest form there is, which is what the batched
engine, with its billions of activations, evaluates.
"""

from dataclasses import dataclass

from nets.activations import IDENTITY, Form
from nets.arrays import Array, array_namespace
from nets.layers import DenseLayer
from nets.network import Network

__all__ = ["Folded", "folded"]


UNCHANGED = Form(IDENTITY)


@dataclass(frozen=True)
class Folded:
    """A network and its targets with the constants of the activations folded in.

    Attributes:
        network: its layers give ``function(inner z)``.
        forms: of each layer's activation.
        targets: for what the last layer gives, (n_output, batch).
        unit: what a cost of 1 is in the cost of the network as it was.
        output: what is still to be done with what the last layer gives.

    """

    network: Network
    forms: tuple[Form, ...]
    targets: Array
    unit: float
    output: Form


def folded(network: Network, targets: Array) -> Folded:
    """Fold the constants of the activations into weights, biases and targets.

    Weights are multiplied by halves and quarters only, which costs no digit. A cost of the
    distance between output and targets takes the last layer's constants too.
    """
    forms = tuple(layer.activation.form for layer in network.layers)
    layers = []
    before = UNCHANGED
    for layer, form in zip(network.layers, forms, strict=True):
        xp = array_namespace(layer.weights)
        weights = layer.weights * (form.inner * before.outer)
        shifted = layer.biases + before.shift * xp.sum(layer.weights, axis=1, keepdims=True)
        layers.append(DenseLayer(weights, shifted * form.inner, form.function))
        before = form
    cost = network.cost_function
    inside = Network(tuple(layers), cost)
    if cost.distance_power is None:
        return Folded(inside, forms, targets, 1.0, before)
    moved = (targets - before.shift) / before.outer
    return Folded(inside, forms, moved, before.outer**cost.distance_power, UNCHANGED)
