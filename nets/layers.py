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

__all__ = [
    "DenseLayer",
    "LayerGradients",
    "LayerTrace",
    "copied_with",
    "parameter_gradients",
]


Record = TypeVar("Record")


def copied_with(record: Record, **changes: Any) -> Record:
    """A copy of a frozen record with other values, of the same class.

    Unlike ``dataclasses.replace`` this does not call ``__init__``, which a subclass may have
    changed, and it keeps the attributes that a subclass has added.
    """
    copy = object.__new__(type(record))
    vars(copy).update(vars(record), **changes)
    return copy


@dataclass(frozen=True)
class LayerTrace:
    """What ``forward`` computed and ``backward`` needs; a column is an example."""

    upstream_activations: Array  # (n_upstream, batch)
    z: Array  # (n_downstream, batch)
    downstream_activations: Array  # (n_downstream, batch)


@dataclass(frozen=True)
class LayerGradients:
    """The five steps of the chain rule in one layer.

    Each gradient has the shape of the array that it is with respect to (wrt). The first layer has
    no layer upstream that needs ``gradient_wrt_upstream_activations``: there it is None, and the
    product is saved.
    """

    gradient_wrt_downstream_activations: Array  # (n_downstream, batch)
    gradient_wrt_z: Array  # (n_downstream, batch)
    gradient_wrt_weights: Array  # (n_downstream, n_upstream)
    gradient_wrt_biases: Array  # (n_downstream, 1)
    gradient_wrt_upstream_activations: Array | None  # (n_upstream, batch)


def parameter_gradients(gradients: Iterable[LayerGradients]) -> list[Array]:
    """The gradients wrt weights and biases of layer 1, of layer 2, ..., from those of each layer.

    They are in the order of ``Network.parameters`` and have the same shapes.
    """
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
        activation: the function that is applied to every entry of z.

    """

    weights: Array
    biases: Array
    activation: Activation

    def with_parameters(self, weights: Array, biases: Array) -> Self:
        """The same layer, of the same class, over other weights and biases of the same shapes."""
        return copied_with(self, weights=weights, biases=biases)

    def forward(self, upstream_activations: Array) -> LayerTrace:
        """The trace of upstream activations (n_upstream, batch) (book, equation 25)."""
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

        The book's equations are for one example. Step 2 is BP1 in the last layer; in the other
        layers it is BP2, together with step 5 of the next layer downstream. Step 3 is BP4, step 4
        is BP3. Here all examples of a mini-batch go through at once. The 1/m of the mean over the
        mini-batch is already in the gradient that arrives: the cost's gradient contains it.

        Args:
            trace: what ``forward`` returned for these activations.
            gradient_wrt_downstream_activations: dC/da of the layer's output,
                (n_downstream, batch).
            wants_upstream: whether to take step 5; the first layer does not need it.

        """
        xp = array_namespace(trace.z)
        # 1. dC/da arrives from downstream: (n_downstream, batch).
        # 2. Through the activation function, entry by entry (BP1, BP2): (n_downstream, batch).
        slope = self.activation.derivative(trace.z, trace.downstream_activations)
        gradient_wrt_z = gradient_wrt_downstream_activations * slope
        # 3. A weight multiplies its upstream activation in every example (BP4):
        #    (n_downstream, batch) @ (batch, n_upstream) = (n_downstream, n_upstream).
        gradient_wrt_weights = gradient_wrt_z @ trace.upstream_activations.T
        # 4. A bias multiplies a 1 in every example (BP3): (n_downstream, 1).
        gradient_wrt_biases = xp.sum(gradient_wrt_z, axis=1, keepdims=True)
        # 5. Back through the weights to the upstream activations:
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
