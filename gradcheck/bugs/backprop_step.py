"""One step of backprop in one layer, and everything that a step can use: a ``Moment``."""

from dataclasses import dataclass
from typing import NamedTuple

from nets.arrays import Array
from nets.checked_examples import expect_real_examples
from nets.costs import Cost
from nets.errors import BadInput
from nets.layers import DenseLayer, LayerTrace
from nets.network import Network

__all__ = ["BackpropStep", "MiniBatch", "Moment", "expect_mini_batch"]


class BackpropStep(NamedTuple):
    """One step of backprop in one layer.

    Attributes:
        layer: counted from 1.
        name: a name in ``gradcheck.bugs.chain_rule.CHAIN_RULE``.

    """

    layer: int
    name: str


@dataclass(frozen=True)
class MiniBatch:
    """Examples and their targets.

    Attributes:
        inputs: (n_input, batch).
        targets: (n_output, batch).

    """

    inputs: Array
    targets: Array

    @property
    def size(self) -> int:
        """How many examples there are."""
        return int(self.inputs.shape[1])


def expect_mini_batch(name: str, batch: object, network: Network) -> None:
    """Check that a mini-batch fits a network.

    Args:
        name: what messages call it.
        batch: what was given.
        network: whose inputs and targets it should hold.

    Raises:
        BadInput: it is no ``MiniBatch``, or its arrays do not fit the network.

    """
    if not isinstance(batch, MiniBatch):
        raise BadInput(
            f"{name} is a {type(batch).__name__}; give a gradcheck.MiniBatch(inputs, targets)"
        )
    expect_real_examples(network, batch.inputs, batch.targets)


@dataclass(frozen=True)
class Moment:
    """What the steps of backprop in one layer can use.

    A gradient is None until its step has been taken.

    Attributes:
        network: the network.
        batch: the mini-batch.
        position: of the layer, from 0.
        traces: what the forward pass of the mini-batch left, for every layer.
        handed_on: the gradient that the next layer hands back, (n_downstream, batch); None in the
            last layer.
        downstream: the gradient wrt the layer's downstream activations, (n_downstream, batch).
        gradient_wrt_z: (n_downstream, batch).
        previous: the same layer in a right backprop of the mini-batch before; None if there was
            no mini-batch before.

    """

    network: Network
    batch: MiniBatch
    position: int
    traces: tuple[LayerTrace, ...]
    handed_on: Array | None = None
    downstream: Array | None = None
    gradient_wrt_z: Array | None = None
    previous: "Moment | None" = None

    @property
    def layer(self) -> DenseLayer:
        """The layer."""
        return self.network.layers[self.position]

    @property
    def number(self) -> int:
        """The number of the layer, from 1."""
        return self.position + 1

    @property
    def trace(self) -> LayerTrace:
        """What the forward pass left for the layer."""
        return self.traces[self.position]

    @property
    def output(self) -> Array:
        """What the last layer gave, (n_output, batch)."""
        return self.traces[-1].downstream_activations

    @property
    def cost(self) -> Cost:
        """The cost function."""
        return self.network.cost_function

    @property
    def is_last(self) -> bool:
        """Whether the layer is the output layer."""
        return self.number == len(self.network.layers)

    @property
    def first_step(self) -> str:
        """The name of the first step in this layer."""
        return "gradient_wrt_output" if self.is_last else "gradient_wrt_downstream_activations"

    @property
    def slope(self) -> Array:
        """The derivative of the activation function at the layer's z, (n_downstream, batch)."""
        return self.layer.activation.derivative(self.trace.z, self.trace.downstream_activations)
