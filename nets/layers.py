"""One fully connected layer: forward and, right under it, backward.

Upstream is towards the data, downstream towards the cost: ``weights`` lead from
``upstream_activations`` to ``downstream_activations``. (Autodiff literature counts the other way
round: its "upstream gradient" is our ``gradient_wrt_downstream_activations``.)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from nets.activations import Activation
from nets.arrays import Array, array_namespace

__all__ = ["DenseLayer", "LayerGradients", "LayerTrace", "copied_with", "parameter_gradients"]


Record = TypeVar("Record")


def copied_with(record: Record, **changes: Any) -> Record:
    """A copy of a frozen record with other values, of the same class.

    Unlike ``dataclasses.replace`` it does not call ``__init__``, which a subclass may have changed,
    and it keeps what a subclass has added.
    """
    copy = object.__new__(type(record))
    vars(copy).update(vars(record), **changes)
    return copy


@dataclass(frozen=True)
class LayerTrace:
    """What one ``forward`` leaves for ``backward``; a column is an example."""

    upstream_activations: Array  # (n_upstream, batch)
    z: Array  # (n_downstream, batch)
    downstream_activations: Array  # (n_downstream, batch)


@dataclass(frozen=True)
class LayerGradients:
    """The five steps of the chain rule in one layer; each has the shape of what it is wrt to.

    ``gradient_wrt_upstream_activations`` is None where nobody is upstream to ask for it: the
    first layer is spared that product.
    """

    gradient_wrt_downstream_activations: Array  # (n_downstream, batch)
    gradient_wrt_z: Array  # (n_downstream, batch)
    gradient_wrt_weights: Array  # (n_downstream, n_upstream)
    gradient_wrt_biases: Array  # (n_downstream, 1)
    gradient_wrt_upstream_activations: Array | None  # (n_upstream, batch)


def parameter_gradients(gradients: Iterable[LayerGradients]) -> list[Array]:
    """Gradients wrt the weights and biases of layer 1, of layer 2, ..., each in their shape."""
    return [
        array
        for layer in gradients
        for array in (layer.gradient_wrt_weights, layer.gradient_wrt_biases)
    ]


@dataclass(frozen=True)
class DenseLayer:
    """``downstream_activations = activation(weights @ upstream_activations + biases)``.

    Attributes:
        weights: (n_downstream, n_upstream).
        biases: (n_downstream, 1).
        activation: the function applied to each z.

    """

    weights: Array
    biases: Array
    activation: Activation

    def with_parameters(self, weights: Array, biases: Array) -> Self:
        """The same layer, of the same class, over other arrays of the same shapes."""
        return copied_with(self, weights=weights, biases=biases)

    def forward(self, upstream_activations: Array) -> LayerTrace:
        """Send (n_upstream, batch) through the layer (book, equation 25)."""
        z = self.weights @ upstream_activations + self.biases  # (n_downstream, batch)
        return LayerTrace(upstream_activations, z, self.activation.value(z))

    def backward(
        self,
        trace: LayerTrace,
        gradient_wrt_downstream_activations: Array,
        *,
        wants_upstream: bool = True,
    ) -> LayerGradients:
        """Apply the chain rule, step by step, to one ``forward`` (book, chapter 2).

        In the book's terms, for one example: step 2 is BP1 in the last layer and, with step 5 of
        the layer behind it, BP2 in the others; step 3 is BP4, step 4 is BP3. Here all examples of
        a mini-batch go through at once, and the 1/m of its mean came in with the cost's gradient.

        Args:
            trace: what ``forward`` returned for these activations.
            gradient_wrt_downstream_activations: dC/da behind the layer, (n_downstream, batch).
            wants_upstream: whether the last step is taken; the first layer needs none.

        """
        xp = array_namespace(trace.z)
        # 1. What comes from downstream: dC/da, (n_downstream, batch).
        # 2. Through the activation function, entry by entry (BP1, BP2): (n_downstream, batch).
        slope = self.activation.derivative(trace.z, trace.downstream_activations)
        gradient_wrt_z = gradient_wrt_downstream_activations * slope
        # 3. Each weight has seen its upstream activation in every example (BP4):
        #    (n_downstream, batch) @ (batch, n_upstream) = (n_downstream, n_upstream).
        gradient_wrt_weights = gradient_wrt_z @ trace.upstream_activations.T
        # 4. Each bias has seen a 1 in every example (BP3): (n_downstream, 1).
        gradient_wrt_biases = xp.sum(gradient_wrt_z, axis=1, keepdims=True)
        # 5. Back through the weights to what lies upstream:
        #    (n_upstream, n_downstream) @ (n_downstream, batch) = (n_upstream, batch).
        gradient_wrt_upstream_activations = (
            self.weights.T @ gradient_wrt_z if wants_upstream else None
        )
        return LayerGradients(
            gradient_wrt_downstream_activations,
            gradient_wrt_z,
            gradient_wrt_weights,
            gradient_wrt_biases,
            gradient_wrt_upstream_activations,
        )
