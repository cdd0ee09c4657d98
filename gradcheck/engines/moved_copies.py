"""What lies around a parameter array while its entries move, and what the cost makes of that.

Moving weight w_jk of a layer by d moves only z_j of that layer, by d times the upstream
activation k, in each example. So a perturbed copy of an example is one more column, and

1. nothing upstream of the layer is computed again; in the layer itself one activation is;
2. the next layer's z is the old one plus a rank-one term: column j of its weights times the change
   of activation j;
3. from there on the columns go through the ordinary forward pass, in matrix products.

A bias is a weight whose upstream activation is 1. Behind the last layer only one output moves: if
the cost is a sum over the outputs, that one is evaluated; if not (softmax), the output takes the
place of the next z, and the identity that of the weights. An array of perturbed copies has the
axes (neuron, example, offset, entry): the last is contiguous and long, which keeps every operation
in step with the memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from array_api_compat import device

from gradcheck.engines.blocks import Moves, even_blocks
from gradcheck.engines.tanh_form import Folded, folded
from nets.arrays import Array, array_namespace
from nets.layers import DenseLayer, LayerTrace
from nets.network import Network

__all__ = ["Passes", "Surroundings"]


@dataclass(frozen=True)
class Surroundings:
    """What the cost changes by as entries of one parameter array move.

    All that is said of layers is of the folded network's, whose z is half of a sigmoid's own.

    Attributes:
        folded: the folded network.
        layers: its layers from the array's own on.
        upstream: (batch, 1, n_upstream), what z changes by for each unit of a weight; for biases
            (batch, 1, 1).
        z: (batch, 1, n_downstream), unperturbed.
        values: (batch, 1, n_downstream), what the layer's function makes of z.
        targets: (batch, 1, n_output), where the cost of each output is its own; None elsewhere.
        downstream: what comes behind; None where the cost of each output is its own.

    """

    folded: Folded
    layers: tuple[DenseLayer, ...]
    upstream: Array
    z: Array
    values: Array
    targets: Array | None
    downstream: "Downstream | None"

    @property
    def widest(self) -> int:
        """The most neurons that a perturbed column passes through."""
        if self.downstream is None:
            return 1
        behind: list[int] = [layer.weights.shape[0] for layer in self.layers[1:]]
        return max(int(self.downstream.base.shape[0]), *behind, 1)

    def cost_changes(self, block: Moves, examples_each: int) -> Array:
        """The cost changes (offsets, n) as each entry moves, alone, by each of its moves.

        Args:
            block: the entries, and their moves.
            examples_each: how many examples go through at a time, each with all its copies.

        """
        xp = array_namespace(self.z)
        # (batch, 1, entries or 1): of an example and an entry, whatever the offset.
        upstream = block.at_upstreams(self.upstream)
        z, values = block.at_neurons(self.z), block.at_neurons(self.values)
        if self.downstream is None:
            targets = block.at_neurons(self.targets)
        else:
            weights = block.at_neurons(self.downstream.weights)
        batch_size = z.shape[0]
        totals = []
        for some in even_blocks(batch_size, examples_each):
            moved = upstream[some, ...] * block.by  # (examples, offsets, entries)
            moved += z[some, ...]
            moved = self.layers[0].activation.value(moved)
            # The difference is taken in each example, where the digits still are.
            if self.downstream is None:
                costs = self._own_costs(moved, targets[some, ...])
                costs -= self._own_costs(values[some, ...], targets[some, ...])
            else:
                moved -= values[some, ...]
                perturbed = weights * moved  # (n_next, examples, offsets, entries)
                perturbed += self.downstream.base[:, some, ...]
                costs = self._cost(self._output(perturbed), self.downstream.targets[:, some, ...])
                costs -= self.downstream.costs[some, ...]
            totals.append(xp.sum(costs, axis=0))
        total = totals[0] if len(totals) == 1 else xp.sum(xp.stack(totals), axis=0)
        return total / (batch_size / self.folded.unit)

    def _output(self, perturbed: Array) -> Array:
        """The output, from the perturbed z of the next layer or, behind the last, its values."""
        if len(self.layers) > 1:
            perturbed = self.layers[1].activation.value(perturbed)
        if len(self.layers) > 2:
            xp, copies = array_namespace(perturbed), perturbed.shape[1:]
            for layer in self.layers[2:]:
                columns = xp.reshape(perturbed, (perturbed.shape[0], -1))
                perturbed = layer.weights @ columns
                perturbed += layer.biases
                perturbed = layer.activation.value(perturbed)
            perturbed = xp.reshape(perturbed, (perturbed.shape[0], *copies))
        return self.folded.output.finish(perturbed)

    def _cost(self, output: Array, targets: Array) -> Array:
        """What each example costs, in the unit of the folded network."""
        return self.folded.network.cost_function.per_example(output, targets)

    def _own_costs(self, values: Array, targets: Array) -> Array:
        """What output neurons cost by themselves, in the shape of their values."""
        output = self.folded.output.finish(values)
        return self._cost(output[None, ...], targets[None, ...])


@dataclass(frozen=True)
class Downstream:
    """What comes behind a layer, unperturbed.

    Attributes:
        weights: (n_next, 1, 1, n_downstream), of the next folded layer; the identity behind the
            last.
        base: (n_next, batch, 1, 1), the next layer's z; the last layer's own values behind it.
        targets: (n_output, batch, 1, 1).
        costs: (batch, 1, 1), of each example.

    """

    weights: Array
    base: Array
    targets: Array
    costs: Array


@dataclass(frozen=True)
class Passes:
    """The forward pass of a network and of the same folded: what surroundings are made from.

    Attributes:
        traces: of the network.
        folded: the folded network.
        folded_traces: of that.
        costs: (batch,), of each example there.

    """

    traces: tuple[LayerTrace, ...]
    folded: Folded
    folded_traces: tuple[LayerTrace, ...]
    costs: Array

    @classmethod
    def of(cls, network: Network, inputs: Array, targets: Array) -> "Passes":
        """The passes of inputs (n_input, batch), for targets (n_output, batch), in float64."""
        inside = folded(network, targets)
        traces = inside.network.forward(inputs)
        output = inside.output.finish(traces[-1].downstream_activations)
        costs = inside.network.cost_function.per_example(output, inside.targets)
        return cls(network.forward(inputs), inside, traces, costs)

    def around(self, which: int) -> Surroundings:
        """The surroundings of a parameter array, as ``network.parameters`` counts."""
        position, is_biases = divmod(which, 2)
        trace = self.folded_traces[position]
        # Of the network itself, not finished from the folded layer's: a small sigmoid would have
        # lost its digits.
        upstream = self.traces[position].upstream_activations
        if is_biases:
            upstream = array_namespace(upstream).ones_like(upstream[:1, :])
        downstream = _downstream(self.folded, self.folded_traces[position:], self.costs)
        return Surroundings(
            self.folded,
            self.folded.network.layers[position:],
            upstream=by_example(upstream * self.folded.forms[position].inner),
            z=by_example(trace.z),
            values=by_example(trace.downstream_activations),
            targets=by_example(self.folded.targets) if downstream is None else None,
            downstream=downstream,
        )


def _downstream(inside: Folded, traces: Sequence[LayerTrace], costs: Array) -> Downstream | None:
    """What comes behind the first of these layers, the last ones of the network."""
    if len(traces) > 1:
        position = len(inside.network.layers) - len(traces) + 1
        weights, base = inside.network.layers[position].weights, traces[1].z
    elif inside.network.cost_function.separable:
        return None
    else:
        base = traces[0].downstream_activations
        weights = array_namespace(base).eye(base.shape[0], dtype=base.dtype, device=device(base))
    return Downstream(
        weights[:, None, None, :],
        base[:, :, None, None],
        inside.targets[:, :, None, None],
        costs[:, None, None],
    )


def by_example(array: Array) -> Array:
    """An array (n, batch) as (batch, 1, n), its rows contiguous: a flattened copy is."""
    n, batch_size = array.shape
    xp = array_namespace(array)
    return xp.reshape(xp.reshape(array.T, (-1,)), (batch_size, 1, n))
