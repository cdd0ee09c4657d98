"""Cost changes as a z or an activation inside the network is moved, instead of a parameter.

The examples of a mini-batch do not influence each other. So an activation or a z of one example can
be moved by itself: that example's column is moved, and it alone runs through the layers downstream.
This gives numerical gradients with respect to z and to activations, which the intermediate steps of
backprop are compared with.
"""

from collections.abc import Sequence

from array_api_compat import device

from gradcheck.engines.batched import MANY_AT_ONCE
from gradcheck.engines.blocks import CPU_BLOCK, even_blocks
from gradcheck.engines.engine import Offset, displacements, flat_entries
from nets.arrays import Array, HostArray, array_namespace
from nets.network import Network

__all__ = ["Intermediate"]


class Intermediate:
    """Cost changes as one z, or one activation, of one example is moved.

    It is an ``Engine``. Its arrays are not parameters but, layer by layer, z and the downstream
    activations, each (n_downstream, batch).

    Attributes:
        name: ``intermediate``.
        base_cost: C, unperturbed.
        evaluations: how many costs have been evaluated.
        most_at_once: entries of an array that are judged together.
        joins_arrays: false, each array that is finished is kept.

    """

    name = "intermediate"
    most_at_once, joins_arrays = MANY_AT_ONCE, False

    def __init__(self, network: Network, inputs: Array, targets: Array) -> None:
        """Run one forward pass and keep its traces.

        Args:
            network: in float64.
            inputs: (n_input, batch), float64.
            targets: (n_output, batch), float64.

        """
        self._network, self._targets = network, targets
        self._traces = network.forward(inputs)
        output = self._traces[-1].downstream_activations
        self.base_cost = float(network.cost_of(output, targets))
        self.evaluations = 1

    @property
    def arrays(self) -> list[Array]:
        """Z of layer 1, activations of layer 1, z of layer 2, ...: each (n_downstream, batch)."""
        return [
            array for trace in self._traces for array in (trace.z, trace.downstream_activations)
        ]

    def cost_changes(
        self, which: int, entries: HostArray, steps: Array, offsets: Sequence[Offset]
    ) -> Array:
        """Cost changes (offsets, n): see ``Engine.cost_changes``. ``which`` counts ``arrays``."""
        array = self.arrays[which]
        values = flat_entries(array, entries)
        xp = array_namespace(array)
        widest = max(self._network.sizes)
        blocks = even_blocks(len(entries), max(1, CPU_BLOCK // widest))
        moves = displacements(values, steps, offsets)
        changes = [
            xp.concat(
                [self._block_changes(which, entries[some], moves[row, some]) for some in blocks]
            )
            for row in range(len(offsets))
        ]
        self.evaluations += len(offsets) * len(entries)
        return xp.stack(changes)

    def _block_changes(self, which: int, entries: HostArray, moves: Array) -> Array:
        """The cost changes (n,) as each of n entries is moved by its move: a column for each."""
        array = self.arrays[which]
        xp = array_namespace(array)
        n_neurons, batch_size = array.shape
        neurons = xp.asarray(entries // batch_size, device=device(array))
        examples = xp.asarray(entries % batch_size, device=device(array))
        columns = xp.take(array, examples, axis=1)  # (n_neurons, n)
        targets = xp.take(self._targets, examples, axis=1)  # (n_output, n)
        all_neurons = xp.arange(n_neurons, device=device(array))[:, None]
        moved = columns + xp.where(all_neurons == neurons[None, :], moves[None, :], 0.0)
        # The unmoved columns go through the same products again: then equal numbers are rounded in
        # the same way on both sides, and cancel.
        change = self._costs(which, moved, targets) - self._costs(which, columns, targets)
        return change / batch_size

    def _costs(self, which: int, columns: Array, targets: Array) -> Array:
        """The cost (n,) of each column (n_neurons, n), which is a z or the activations of a layer.

        The targets are (n_output, n).
        """
        position, is_activation = divmod(which, 2)
        layer = self._network.layers[position]
        activations = columns if is_activation else layer.activation.value(columns)
        for downstream in self._network.layers[position + 1 :]:
            activations = downstream.forward(activations).downstream_activations
        return self._network.cost_function.per_example(activations, targets)
