"""A network of dense layers and a cost: forward, and right under it, backward.

Backprop is ``forward``, which keeps what every layer computed, and then ``backward``, which goes
through the layers in the opposite order. What happens inside one layer is in ``layers.py``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np

from nets.activations import ACTIVATIONS
from nets.arrays import (
    CPU,
    Array,
    Place,
    array_namespace,
    place_of,
)
from nets.costs import COSTS, Cost
from nets.devices.memory import keep_freed_memory
from nets.errors import BadInput, expect_one_of, expect_whole
from nets.fitting_layers import fitting_layers
from nets.initialisation import INITIALISATIONS
from nets.layers import DenseLayer, LayerGradients, LayerTrace, copied_with
from nets.plain_arrays import expect_place
from nets.shapes import expect_columns, expect_free_memory, expect_sizes, parameter_count

__all__ = ["Network"]


@dataclass(frozen=True)
class Network:
    """Dense layers, from upstream to downstream, and the cost of the last layer's output.

    >>> network = Network.create([784, 40, 10])
    >>> network.parameter_count
    31810
    """

    layers: tuple[DenseLayer, ...]
    cost_function: Cost

    def __post_init__(self) -> None:
        """Check that the layers fit each other.

        Raises:
            BadInput: they do not, or there are none, or the cost function is no ``Cost``.

        """
        object.__setattr__(self, "layers", fitting_layers(self.layers))
        if not isinstance(self.cost_function, Cost):
            kind = type(self.cost_function).__name__
            raise BadInput(f"the cost function is a {kind}; give a nets.Cost, such as one of COSTS")

    @classmethod
    def create(
        cls,
        sizes: Sequence[int],
        *,
        activation: str = "sigmoid",
        cost: str = "quadratic",
        initialisation: str = "book",
        seed: int = 0,
        where: Place = CPU,
    ) -> Self:
        """Draw a network; the same seed gives the same numbers on every device.

        Args:
            sizes: neurons in each layer, the input first; two or more, each at least 1.
            activation: a name in ``ACTIVATIONS``, for every layer. Under a fused cost the last
                layer is the identity.
            cost: a name in ``COSTS``.
            initialisation: a name in ``INITIALISATIONS``.
            seed: of the random draw, which is made in float64 on the host and then moved.
            where: the array library, device and dtype.

        Raises:
            BadInput: the sizes or a name cannot be used.

        """
        sizes = expect_sizes(sizes)
        expect_whole("seed", seed, least=0)
        expect_place("where", where)
        hidden = ACTIVATIONS[expect_one_of("activation", activation, ACTIVATIONS)]
        cost_function = COSTS[expect_one_of("cost", cost, COSTS)]
        draw = INITIALISATIONS[expect_one_of("initialisation", initialisation, INITIALISATIONS)]
        last = hidden if cost_function.fused_activation is None else ACTIVATIONS["identity"]
        expect_free_memory(sizes)
        functions = [*(hidden for _ in sizes[2:]), last]
        generator = np.random.default_rng(seed)
        layers = []
        for function, (n_upstream, n_downstream) in zip(functions, pairwise(sizes), strict=True):
            weights, biases = draw(generator, n_downstream, n_upstream)
            layers.append(DenseLayer(where.put(weights), where.put(biases), function))
        return cls(tuple(layers), cost_function)

    # What it is made of

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons in each layer, the input first."""
        downstream = tuple(layer.weights.shape[0] for layer in self.layers)
        return (self.layers[0].weights.shape[1], *downstream)

    @property
    def parameter_count(self) -> int:
        """How many weights and biases there are."""
        return parameter_count(self.sizes)

    @property
    def place(self) -> Place:
        """The array library, device and dtype of the parameters."""
        return place_of(self.layers[0].weights)

    @property
    def parameters(self) -> tuple[Array, ...]:
        """The arrays themselves: weights and biases of layer 1, of layer 2, ...

        Weights have the shape (n_downstream, n_upstream), biases (n_downstream, 1).
        """
        return tuple(array for layer in self.layers for array in (layer.weights, layer.biases))

    # From inputs to C

    def forward(self, inputs: Array) -> tuple[LayerTrace, ...]:
        """The trace of every layer, upstream to downstream, for inputs (n_input, batch).

        The first call in a process asks the allocator to keep freed memory (``devices.memory``).

        Raises:
            BadInput: the inputs have another shape.

        """
        self.expect_inputs(inputs)
        keep_freed_memory()
        traces: list[LayerTrace] = []
        activations = inputs
        for layer in self.layers:
            traces.append(layer.forward(activations))
            activations = traces[-1].downstream_activations
        return tuple(traces)

    def feedforward(self, inputs: Array) -> Array:
        """The output, (n_output, batch), for inputs (n_input, batch)."""
        return self.forward(inputs)[-1].downstream_activations

    def cost(self, inputs: Array, targets: Array) -> Array:
        """C of inputs (n_input, batch) and targets (n_output, batch), a 0-dimensional array.

        C is the mean over the mini-batch of the cost per example.
        """
        return self.cost_of(self.feedforward(inputs), targets)

    def cost_of(self, output: Array, targets: Array) -> Array:
        """C of an output and targets, both (n_output, batch), a 0-dimensional array."""
        self._expect_targets(targets, batch=output.shape[1])
        xp = array_namespace(output)
        return xp.sum(self.cost_function.per_example(output, targets)) / output.shape[1]

    # And back: the gradient of C

    def backprop(self, inputs: Array, targets: Array) -> tuple[LayerGradients, ...]:
        """The gradients of every layer, upstream to downstream: one forward, one backward pass.

        Args:
            inputs: (n_input, batch), a column an example.
            targets: (n_output, batch).

        """
        return self.backward(self.forward(inputs), targets)

    def backward(self, traces: Sequence[LayerTrace], targets: Array) -> tuple[LayerGradients, ...]:
        """The gradients of every layer, upstream to downstream, from the traces of ``forward``.

        Args:
            traces: of every layer, upstream to downstream.
            targets: (n_output, batch).

        Raises:
            BadInput: the targets have another shape.

        """
        output = traces[-1].downstream_activations
        self._expect_targets(targets, batch=output.shape[1])
        gradients: list[LayerGradients] = []
        gradient = self.cost_function.gradient_wrt_output(output, targets)
        for position in reversed(range(len(self.layers))):
            gradients.append(
                self.layers[position].backward(
                    traces[position], gradient, wants_upstream=position > 0
                )
            )
            gradient = gradients[-1].gradient_wrt_upstream_activations
        return tuple(reversed(gradients))

    # The same network over other arrays

    def with_parameters(self, parameters: Sequence[Array]) -> Self:
        """The same network over other arrays, in the order and shapes of ``parameters``.

        The network and each layer keep their class, so a subclass's own ``backprop`` or
        ``backward`` stays in use.
        """
        return self.with_layers(
            layer.with_parameters(weights, biases)
            for layer, weights, biases in zip(
                self.layers, parameters[0::2], parameters[1::2], strict=True
            )
        )

    def with_layers(self, layers: Iterable[DenseLayer]) -> Self:
        """The same network, of the same class, with other layers."""
        return copied_with(self, layers=tuple(layers))

    def with_dtype(self, name: str) -> Self:
        """The same network with its parameters in another floating-point dtype."""
        xp, dtype = self.place.namespace, self.place.with_dtype(name).dtype
        return self.with_parameters([xp.astype(array, dtype) for array in self.parameters])

    def plain(self) -> "Network | None":
        """This network as a ``Network`` of ``DenseLayer``, which computes the same cost.

        A subclass may do its backward pass in its own way; the plain network does the one in
        ``layers.py``. None if a subclass has its own forward pass or cost: then no plain network
        computes the same.
        """
        forward = ("feedforward", "forward", "cost", "cost_of")
        own = any(getattr(type(self), name) is not getattr(Network, name) for name in forward)
        own = own or any(type(layer).forward is not DenseLayer.forward for layer in self.layers)
        if own:
            return None
        layers = (DenseLayer(each.weights, each.biases, each.activation) for each in self.layers)
        return Network(tuple(layers), self.cost_function)

    # Shapes

    def expect_examples(self, inputs: Array, targets: Array) -> None:
        """Check that inputs are (n_input, batch) and targets (n_output, batch).

        Raises:
            BadInput: they are not.

        """
        self.expect_inputs(inputs)
        self._expect_targets(targets, batch=inputs.shape[1])

    def expect_inputs(self, inputs: Array) -> None:
        """Check that inputs are (n_input, batch), with one example or more.

        Raises:
            BadInput: they are not.

        """
        # Not self.sizes: it makes a tuple of all sizes, which small mini-batches would feel.
        expect_columns("inputs", inputs, self.layers[0].weights.shape[1])

    def _expect_targets(self, targets: Array, batch: int) -> None:
        expect_columns("targets", targets, self.layers[-1].weights.shape[0], batch)
