"""A network of dense layers and a cost: feedforward, forward, backprop."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from numbers import Integral
from typing import Self

import numpy as np

from nets.activations import ACTIVATIONS
from nets.arrays import CPU, Array, HostArray, Place, array_namespace, place_of
from nets.costs import COSTS, Cost
from nets.devices.memory import keep_freed_memory
from nets.errors import BadInput, expect_one_of
from nets.layers import DenseLayer, LayerGradients, LayerTrace, copied_with

__all__ = ["INITIALISATIONS", "Network", "parameter_count"]

Initialisation = Callable[[np.random.Generator, int, int], tuple[HostArray, HostArray]]


def book_initialisation(
    generator: np.random.Generator, n_downstream: int, n_upstream: int
) -> tuple[HostArray, HostArray]:
    """Weights and biases from N(0, 1), as in chapter 1 of the book."""
    weights = generator.standard_normal((n_downstream, n_upstream))
    biases = generator.standard_normal((n_downstream, 1))
    return weights, biases


def scaled_initialisation(
    generator: np.random.Generator, n_downstream: int, n_upstream: int
) -> tuple[HostArray, HostArray]:
    """Weights of variance 1/n_upstream, so that z keeps its size; biases zero."""
    weights = generator.standard_normal((n_downstream, n_upstream)) / np.sqrt(n_upstream)
    return weights, np.zeros((n_downstream, 1))


INITIALISATIONS: dict[str, Initialisation] = {
    "book": book_initialisation,
    "scaled": scaled_initialisation,
}


def parameter_count(sizes: Sequence[int]) -> int:
    """How many weights and biases a network of these sizes has.

    >>> parameter_count([784, 40, 10])
    31810
    """
    return sum(n_downstream * (n_upstream + 1) for n_upstream, n_downstream in pairwise(sizes))


@dataclass(frozen=True)
class Network:
    """Dense layers, upstream to downstream, and the cost of what comes out of the last.

    >>> network = Network.create([784, 40, 10])
    >>> network.parameter_count
    31810
    """

    layers: tuple[DenseLayer, ...]
    cost_function: Cost

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
    ) -> "Network":
        """Draw a network: same seed, same numbers, wherever its arrays are to lie.

        Args:
            sizes: neurons in each layer, the input first; two or more, each at least 1.
            activation: a name in ``ACTIVATIONS``, for every layer; under a fused cost the last
                layer is the identity.
            cost: a name in ``COSTS``.
            initialisation: a name in ``INITIALISATIONS``.
            seed: of the random draw, made in float64 on the host and then moved.
            where: the array library, device and dtype.

        Raises:
            BadInput: sizes or a name that cannot be used.

        """
        whole = not isinstance(sizes, str) and all(isinstance(size, Integral) for size in sizes)
        if not whole or len(sizes) < 2 or min(sizes) < 1:
            raise BadInput(
                f"sizes {sizes!r} make no network; give two or more whole numbers of at least 1, "
                "such as [784, 30, 10]"
            )
        hidden = ACTIVATIONS[expect_one_of("activation", activation, ACTIVATIONS)]
        cost_function = COSTS[expect_one_of("cost", cost, COSTS)]
        draw = INITIALISATIONS[expect_one_of("initialisation", initialisation, INITIALISATIONS)]
        last = hidden if cost_function.fused_activation is None else ACTIVATIONS["identity"]
        generator = np.random.default_rng(seed)
        layers = []
        functions = [*(hidden for _ in sizes[2:]), last]
        for function, (n_upstream, n_downstream) in zip(functions, pairwise(sizes), strict=True):
            weights, biases = draw(generator, n_downstream, n_upstream)
            layers.append(DenseLayer(where.put(weights), where.put(biases), function))
        return cls(tuple(layers), cost_function)

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
        """Where the parameters lie."""
        return place_of(self.layers[0].weights)

    @property
    def parameters(self) -> tuple[Array, ...]:
        """The arrays themselves: weights and biases of layer 1, of layer 2, ..."""
        return tuple(array for layer in self.layers for array in (layer.weights, layer.biases))

    def with_parameters(self, parameters: Sequence[Array]) -> Self:
        """The same network over other arrays, in the order and shapes of ``parameters``.

        The network and each layer keep their class, so that a subclass's own ``backprop`` or
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

    def plain(self) -> "Network | None":
        """This network as a ``Network`` of ``DenseLayer``, which computes the same cost.

        A subclass may do its backward pass in its own way; the plain network's is the chain rule
        as written in ``layers.py``. None if a subclass has its own forward pass or cost: then no
        plain network computes the same.
        """
        forward = ("feedforward", "forward", "cost", "cost_of")
        own = any(getattr(type(self), name) is not getattr(Network, name) for name in forward)
        own = own or any(type(layer).forward is not DenseLayer.forward for layer in self.layers)
        if own:
            return None
        layers = (DenseLayer(each.weights, each.biases, each.activation) for each in self.layers)
        return Network(tuple(layers), self.cost_function)

    def with_dtype(self, name: str) -> Self:
        """The same network with its parameters in another floating-point dtype."""
        xp, dtype = self.place.namespace, self.place.with_dtype(name).dtype
        return self.with_parameters([xp.astype(array, dtype) for array in self.parameters])

    def feedforward(self, inputs: Array) -> Array:
        """The output, (n_output, batch), for inputs (n_input, batch)."""
        return self.forward(inputs)[-1].downstream_activations

    def forward(self, inputs: Array) -> tuple[LayerTrace, ...]:
        """The trace of every layer, upstream to downstream, for inputs (n_input, batch).

        The first one in a process asks the allocator to keep freed memory (``devices.memory``).

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

    def backprop(self, inputs: Array, targets: Array) -> tuple[LayerGradients, ...]:
        """The gradients of every layer, upstream to downstream: one forward, one backward pass.

        Args:
            inputs: (n_input, batch), a column an example.
            targets: (n_output, batch).

        """
        return self.backward(self.forward(inputs), targets)

    def backward(self, traces: Sequence[LayerTrace], targets: Array) -> tuple[LayerGradients, ...]:
        """The gradients of every layer, upstream to downstream, from what ``forward`` left.

        Args:
            traces: of every layer, upstream to downstream.
            targets: (n_output, batch).

        Raises:
            BadInput: the targets have another shape.

        """
        output = traces[-1].downstream_activations
        self._expect("targets", targets, self.layers[-1].weights.shape[0], batch=output.shape[1])
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

    def cost(self, inputs: Array, targets: Array) -> Array:
        """C, a 0-dimensional array: the mean over the mini-batch of the cost per example."""
        return self.cost_of(self.feedforward(inputs), targets)

    def cost_of(self, output: Array, targets: Array) -> Array:
        """C of an output (n_output, batch)."""
        self._expect("targets", targets, self.layers[-1].weights.shape[0], batch=output.shape[1])
        xp = array_namespace(output)
        return xp.sum(self.cost_function.per_example(output, targets)) / output.shape[1]

    def expect_inputs(self, inputs: Array) -> None:
        """See that inputs are (n_input, batch).

        Raises:
            BadInput: they are not.

        """
        # Not self.sizes, which makes a tuple of all: small mini-batches would feel it.
        self._expect("inputs", inputs, self.layers[0].weights.shape[1])

    def expect_examples(self, inputs: Array, targets: Array) -> None:
        """See that inputs are (n_input, batch), and targets (n_output, batch).

        Raises:
            BadInput: they are not.

        """
        self.expect_inputs(inputs)
        self._expect("targets", targets, self.layers[-1].weights.shape[0], batch=inputs.shape[1])

    def _expect(self, name: str, array: Array, rows: int, batch: int | None = None) -> None:
        shape = tuple(array.shape)
        # Without a batch to match, any will do that has an example in it.
        fits = len(shape) == 2 and shape[0] == rows and shape[1] > 0
        if not fits or (batch is not None and shape[1] != batch):
            wanted = f"({rows}, {batch or 'batch'})"
            raise BadInput(
                f"{name} have shape {shape}; wanted is {wanted}, a row for each neuron and a "
                "column for each example"
            )
