"""A network with the constants of its activations folded into its weights.

A sigmoid is a tanh of half the argument, halved and shifted. With the halves in the weights on
either side, one tanh is left for each number: the cheapest form there is, which is what the batched
engine, with its billions of activations, evaluates.
"""

from dataclasses import dataclass

from nets.activations import ACTIVATIONS, Activation
from nets.arrays import Array, array_namespace
from nets.layers import DenseLayer
from nets.network import Network

__all__ = ["Form", "folded"]


@dataclass(frozen=True)
class Form:
    """An activation written as ``outer * function(inner * z) + shift``."""

    function: Activation
    inner: float = 1.0
    outer: float = 1.0
    shift: float = 0.0

    @classmethod
    def of(cls, activation: Activation) -> "Form":
        """The form that costs least to evaluate: sigmoid(z) = tanh(z / 2) / 2 + 1 / 2."""
        if activation.name == "sigmoid":
            return cls(ACTIVATIONS["tanh"], inner=0.5, outer=0.5, shift=0.5)
        return cls(activation)

    def finish(self, function_values: Array) -> Array:
        """The activations, from the values of ``function``."""
        if (self.outer, self.shift) == (1.0, 0.0):
            return function_values
        activations = self.outer * function_values
        activations += self.shift
        return activations


def folded(network: Network) -> tuple[Network, tuple[Form, ...]]:
    """The network with the constants of its activations folded into weights and biases.

    Its layers give ``function(inner z)``; what the last one gives is still to be finished. Only
    halves and quarters are multiplied with, which costs no digit.
    """
    forms = tuple(Form.of(layer.activation) for layer in network.layers)
    layers = []
    before = Form(ACTIVATIONS["identity"])
    for layer, form in zip(network.layers, forms, strict=True):
        xp = array_namespace(layer.weights)
        weights = layer.weights * (form.inner * before.outer)
        shifted = layer.biases + before.shift * xp.sum(layer.weights, axis=1, keepdims=True)
        layers.append(DenseLayer(weights, shifted * form.inner, form.function))
        before = form
    return Network(tuple(layers), network.cost_function), forms
