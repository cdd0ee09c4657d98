"""The steps of backprop, in their order, and what each has at hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nets.activations import ACTIVATIONS
from nets.arrays import Array
from nets.costs import Cost
from nets.layers import DenseLayer, LayerTrace
from nets.network import Network

__all__ = [
    "COST_STEP",
    "OUTSIDE",
    "STEPS",
    "BackpropStep",
    "MiniBatch",
    "Moment",
    "moments_of",
    "walk",
]

# The steps of one layer in the order in which backprop takes them.
STEPS = (
    "gradient_wrt_downstream_activations",
    "gradient_wrt_z",
    "gradient_wrt_weights",
    "gradient_wrt_biases",
    "gradient_wrt_upstream_activations",
)


# The gradient of the cost itself: step 1 of the last layer.
COST_STEP = "gradient_wrt_output"


@dataclass(frozen=True)
class MiniBatch:
    """Examples with what is wanted for them."""

    inputs: Array  # (n_input, batch)
    targets: Array  # (n_output, batch)

    @property
    def size(self) -> int:
        """How many examples there are."""
        return int(self.inputs.shape[1])


@dataclass(frozen=True)
class Moment:
    """What a step of backprop has at hand: all that came before it.

    Attributes:
        network: the network.
        batch: the mini-batch.
        position: of the layer, from 0.
        traces: of all layers for this mini-batch.
        downstream: the gradient wrt the layer's downstream activations; None in the cost's step.
        gradient_wrt_z: the layer's; None until that step is done.
        previous: the same moment in a right backprop of the mini-batch before; None where none
            is known.

    """

    network: Network
    batch: MiniBatch
    position: int
    traces: tuple[LayerTrace, ...]
    downstream: Array | None = None
    gradient_wrt_z: Array | None = None
    previous: "Moment | None" = None

    @property
    def layer(self) -> DenseLayer:
        """The layer."""
        return self.network.layers[self.position]

    @property
    def trace(self) -> LayerTrace:
        """What the layer's forward left."""
        return self.traces[self.position]

    @property
    def cost(self) -> Cost:
        """The cost function."""
        return self.network.cost_function

    @property
    def is_last(self) -> bool:
        """Whether the layer is the output layer."""
        return self.position == len(self.network.layers) - 1

    @property
    def slope(self) -> Array:
        """The derivative of the activation function at the layer's z, (n_downstream, batch)."""
        return self.layer.activation.derivative(self.trace.z, self.trace.downstream_activations)

    def right(self, step: str) -> Array:
        """The result of a step, done right with what is at hand.

        Step 1 of a layer that is not the last is what the layer behind it handed on.
        """
        if step == COST_STEP:
            output = self.traces[-1].downstream_activations
            return self.cost.gradient_wrt_output(output, self.batch.targets)
        if step == "gradient_wrt_z":
            return self.layer.backward(
                self.trace, self.downstream, wants_upstream=False
            ).gradient_wrt_z
        # Behind z the layer is a linear one: steps 3 to 5 of a layer without a function.
        linear = replace(self.layer, activation=ACTIVATIONS["identity"])
        upstream = step == "gradient_wrt_upstream_activations"
        gradients = linear.backward(self.trace, self.gradient_wrt_z, wants_upstream=upstream)
        return getattr(gradients, step)


def moments_of(
    network: Network, batch: MiniBatch, previous: MiniBatch | None = None
) -> dict[int, Moment]:
    """The moments of a right backprop at each layer's steps, by the layer's number from 1."""
    before = {} if previous is None else moments_of(network, previous)
    traces = network.forward(batch.inputs)
    gradients = network.backprop(batch.inputs, batch.targets)
    return {
        position + 1: Moment(
            network,
            batch,
            position,
            traces,
            layer_gradients.gradient_wrt_downstream_activations,
            layer_gradients.gradient_wrt_z,
            before.get(position + 1),
        )
        for position, layer_gradients in enumerate(gradients)
    }


BackpropStep = tuple[int, str]  # layer, step


# The steps whose results leave backprop.
OUTSIDE = ("gradient_wrt_weights", "gradient_wrt_biases")


def walk(layers: int) -> Iterator[BackpropStep]:
    """All steps in the order in which backprop takes them."""
    for layer in range(layers, 0, -1):
        for step in STEPS:
            if layer == layers and step == STEPS[0]:
                yield layer, COST_STEP
            elif layer > 1 or step != STEPS[-1]:
                yield layer, step
