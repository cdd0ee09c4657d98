"""How a moved activation changes the cost of its example.

One activation of a layer has changed, in every perturbed copy of an example. There are two ways to
the cost:

- ``Downstream``: the next layer's z is the old one plus a rank-one term, column j of its weights
  times the change of activation j. From there on the copies are the columns of an ordinary forward
  pass, in matrix products.
- ``OutputNeurons``: behind the last layer, if the cost is a sum over the output neurons, only the
  moved neuron's own term changes. If it is no such sum (softmax), ``Downstream`` serves here too:
  the output takes the place of the next z, and the identity matrix that of the weights.

An array of perturbed copies has the axes (neuron, example, offset, entry). The last axis is
contiguous and long: operations read and write the memory in order.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from array_api_compat import device

from gradcheck.engines.engine import there
from gradcheck.engines.moved_entries import MovedEntries
from gradcheck.engines.tanh_form import FoldedNetwork
from nets.arrays import Array, HostArray, array_namespace
from nets.layers import DenseLayer

__all__ = ["Downstream", "OutputNeurons", "WayToTheCost", "WeightsBehind"]

# Where the moved neurons are at most this part of the next layer's neurons, a matrix product brings
# their weights to the perturbed columns; else each column gets a copy of them.
# tests/benchmarks/resting measures it.
FEW_MOVED = 1.0 / 16.0


@dataclass(frozen=True)
class OutputNeurons:
    """Output neurons each of which has a term of its own in the cost.

    Attributes:
        folded: the network, in its cheaper form.
        targets: (batch, 1, n_output).

    """

    folded: FoldedNetwork
    targets: Array

    @property
    def widest(self) -> int:
        """How many neurons a perturbed column passes through: the moved one alone."""
        return 1

    def constants_of(self, block: MovedEntries) -> Array:
        """The targets of n moved neurons, (batch, 1, n); (batch, 1, 1) if they are all one."""
        return block.at_neurons(self.targets)

    def cost_changes(self, targets: Array, before: Array, after: Array, some: slice) -> Array:
        """How the cost of each example changes.

        Args:
            targets: from ``constants_of``.
            before: (examples, 1, n or 1), the activation of each moved neuron, unperturbed.
            after: (examples, offsets, n), the same, perturbed.
            some: which examples of the mini-batch these are.

        Returns:
            (examples, offsets, n), in the unit of the folded network.

        """
        costs = self._costs(after, targets[some, ...])
        costs -= self._costs(before, targets[some, ...])
        return costs

    def _costs(self, activations: Array, targets: Array) -> Array:
        """The terms of single output neurons, in the shape of their activations."""
        output = self.folded.output.finish(activations)
        cost = self.folded.network.cost_function
        return cost.per_example(output[None, ...], targets[None, ...])


@dataclass(frozen=True)
class Downstream:
    """The layers downstream of a layer, and their unperturbed z and costs.

    Attributes:
        folded: the network, in its cheaper form.
        layers: its layers downstream; none behind the last layer.
        weights: (n_next, n_downstream), of the next layer; the identity matrix behind the last.
        z: (n_next, batch, 1, 1), of the next layer; the last layer's own activations behind it.
        targets: (n_output, batch, 1, 1).
        costs: (batch, 1, 1), of each example, in the unit of the folded network.

    """

    folded: FoldedNetwork
    layers: tuple[DenseLayer, ...]
    weights: Array
    z: Array
    targets: Array
    costs: Array

    @cached_property
    def widest(self) -> int:
        """The most neurons of one layer that a perturbed column passes through."""
        return max(int(self.z.shape[0]), *(int(each.weights.shape[0]) for each in self.layers), 1)

    def constants_of(self, block: MovedEntries) -> "WeightsBehind":
        """The weights that n moved neurons are multiplied with."""
        if block.of_one_neuron:
            neuron = int(block.neurons[0])
            return WeightsBehind(self.weights[:, neuron : neuron + 1], None)
        first, last = int(block.neurons.min()), int(block.neurons.max())
        return WeightsBehind(self.weights[:, first : last + 1], block.neurons_on_device - first)

    def cost_changes(
        self, weights: "WeightsBehind", before: Array, after: Array, some: slice
    ) -> Array:
        """How the cost of each example changes.

        Args:
            weights: from ``constants_of``.
            before: (examples, 1, n or 1), the activation of each moved neuron, unperturbed.
            after: (examples, offsets, n), the same, perturbed; overwritten.
            some: which examples of the mini-batch these are.

        Returns:
            (examples, offsets, n), in the unit of the folded network.

        """
        after -= before
        output = self._output(weights.next_z(self.z[:, some, ...], after))
        cost = self.folded.network.cost_function
        costs = cost.per_example(output, self.targets[:, some, ...])
        costs -= self.costs[some, ...]
        return costs

    def _output(self, z: Array) -> Array:
        """The output (n_output, examples, offsets, n).

        Args:
            z: (n_next, examples, offsets, n), perturbed, as the attribute ``z`` is unperturbed.

        """
        if not self.layers:
            return self.folded.output.finish(z)
        following, *others = self.layers
        activations = following.activation.value(z)
        if others:
            xp, copies = array_namespace(activations), activations.shape[1:]
            for layer in others:
                columns = xp.reshape(activations, (activations.shape[0], -1))
                activations = layer.weights @ columns
                activations += layer.biases
                activations = layer.activation.value(activations)
            activations = xp.reshape(activations, (activations.shape[0], *copies))
        return self.folded.output.finish(activations)


@dataclass(frozen=True)
class WeightsBehind:
    """The weights of the next layer that the neurons of n moved entries are multiplied with.

    Attributes:
        columns: (n_next, neurons), of neighbouring neurons of the layer.
        owners: (n,) the position of each entry's neuron among these; None if there is only one.

    """

    columns: Array
    owners: Array | None

    def at(self, positions: HostArray) -> "WeightsBehind":
        """The same for some of the entries, by their positions (m,) among the n."""
        if self.owners is None:
            return self
        where = there(positions, self.owners)
        return WeightsBehind(self.columns, array_namespace(where).take(self.owners, where))

    def next_z(self, z: Array, moved: Array) -> Array:
        """The next layer's z where activations have moved: a rank-one term is added to each.

        Args:
            z: (n_next, examples, 1, 1), unperturbed.
            moved: (examples, offsets, n), by how much the activation of each entry's neuron moved.

        Returns:
            (n_next, examples, offsets, n).

        """
        n_next, neurons = self.columns.shape
        if self.owners is None:
            perturbed = self.columns[:, :, None, None] * moved
        elif z.shape[1] > 1 or neurons > FEW_MOVED * n_next:
            each = array_namespace(moved).take(self.columns, self.owners, axis=1)
            perturbed = each[:, None, None, :] * moved
        else:
            return self._in_one_product(z, moved, self.owners)
        perturbed += z
        return perturbed

    def _in_one_product(self, z: Array, moved: Array, owners: Array) -> Array:
        """The next layer's z for one example, as the matrix product [weights z] [moved 1].

        In each column of the right matrix only two numbers are not 0: the change of the activation,
        and the 1 below it. So the result has the same digits as a product and a sum.
        """
        xp = array_namespace(moved)
        neurons = int(self.columns.shape[1])
        numbers = xp.arange(neurons, dtype=owners.dtype, device=device(moved))
        apart = xp.where(numbers[:, None, None] == owners, moved, 0.0)
        right = xp.reshape(xp.concat([apart, xp.ones_like(moved)]), (neurons + 1, -1))
        product = xp.concat([self.columns, z[:, :, 0, 0]], axis=1) @ right
        return xp.reshape(product, (-1, *moved.shape))


WayToTheCost: TypeAlias = OutputNeurons | Downstream
