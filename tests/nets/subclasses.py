"""A network and a layer with a backward pass of their own, as somebody may write who uses nets."""

from dataclasses import replace
from typing import Any

from nets.activations import Activation
from nets.layers import DenseLayer, LayerGradients, LayerTrace
from nets.network import Network

__all__ = ["DoublingLayer", "DoublingNetwork", "with_doubling_layers"]


class DoublingNetwork(Network):
    """Its backprop doubles every weights gradient. It is made in its own way, and has a note."""

    note: str

    def __init__(self, *sizes: int, note: str = "") -> None:
        made = Network.create(sizes, seed=3)
        object.__setattr__(self, "layers", made.layers)
        object.__setattr__(self, "cost_function", made.cost_function)
        object.__setattr__(self, "note", note)

    def backprop(self, inputs: Any, targets: Any) -> tuple[LayerGradients, ...]:
        return tuple(
            replace(each, gradient_wrt_weights=2.0 * each.gradient_wrt_weights)
            for each in super().backprop(inputs, targets)
        )


class DoublingLayer(DenseLayer):
    """Its backward doubles the weights gradient. It has a note, too."""

    note: str

    def __init__(
        self, weights: Any, biases: Any, activation: Activation, *, note: str = ""
    ) -> None:
        super().__init__(weights, biases, activation)
        object.__setattr__(self, "note", note)

    def backward(
        self,
        trace: LayerTrace,
        gradient_wrt_downstream_activations: Any,
        *,
        wants_upstream: bool = True,
    ) -> LayerGradients:
        right = super().backward(
            trace, gradient_wrt_downstream_activations, wants_upstream=wants_upstream
        )
        return replace(right, gradient_wrt_weights=2.0 * right.gradient_wrt_weights)


def with_doubling_layers(*sizes: int) -> Network:
    """A plain network of such layers, with the numbers of ``DoublingNetwork``."""
    plain = Network.create(sizes, seed=3)
    layers = [
        DoublingLayer(each.weights, each.biases, each.activation, note="a layer")
        for each in plain.layers
    ]
    return plain.with_layers(layers)
