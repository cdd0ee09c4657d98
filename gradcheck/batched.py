"""The batched engine: every partial derivative of a layered network, many at a time.

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
in step with the memory. On a CPU, blocks of columns are small enough for their temporaries to stay
in a processor's cache, and go to all cores; which thread takes which block changes no digit.
Elsewhere (a GPU) they are as large as the memory allows, and nothing comes back to the host between
them.
"""

import os
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass

from array_api_compat import device, is_numpy_array

from gradcheck.blocks import (
    CPU_BLOCK,
    LEAST_COLUMNS,
    Moves,
    device_block,
    entry_blocks,
    even_blocks,
)
from gradcheck.cores import one_blas_thread, small_buffers
from gradcheck.folding import folded
from gradcheck.perturbation import Progress, expect_finite, flat_entries
from gradcheck.sampling import is_whole
from gradcheck.schemes import Offset, displacements
from nets.arrays import Array, HostArray, array_namespace, place_of
from nets.errors import BadInput
from nets.layers import DenseLayer
from nets.network import Network

__all__ = ["Batched"]

# Threads get into each other's way; below this many numbers each, one alone is as fast.
WORTH_A_THREAD = 2**21


@dataclass(frozen=True)
class Surroundings:
    """What lies around a parameter array while one of its entries moves.

    Attributes:
        upstream: (batch, 1, n_upstream), what z changes by for each unit of a weight; for biases
            (batch, 1, 1).
        z: (batch, 1, n_downstream), unperturbed, of the folded layer.
        values: (batch, 1, n_downstream), its function's values.
        layers: the folded layers from this one on.
        next_weights: (n_next, 1, 1, n_downstream), of the layer behind; the identity behind the
            last.
        next_base: (n_next, batch, 1, 1), its unperturbed z; the last layer's own values behind the
            last.
        targets: (n_output, batch, 1, 1), of the folded network.
        base_costs: (batch, 1, 1), of each example, unperturbed.
        alone: the targets, (batch, 1, n_downstream), where the cost of each output is its own.

    """

    upstream: Array
    z: Array
    values: Array
    layers: tuple[DenseLayer, ...]
    next_weights: Array
    next_base: Array
    targets: Array
    base_costs: Array
    alone: Array | None = None

    @property
    def widest(self) -> int:
        """The most neurons that a perturbed column passes through."""
        if self.alone is not None:
            return 1
        behind: list[int] = [layer.weights.shape[0] for layer in self.layers[1:]]
        return max(int(self.next_base.shape[0]), *behind, 1)


def transposed(array: Array) -> Array:
    """The transpose (n, m) of an array (m, n), its rows contiguous: a flattened copy is."""
    xp = array_namespace(array)
    return xp.reshape(xp.reshape(array.T, (-1,)), array.T.shape)


class Batched:
    """Cost changes of one of our networks, by blocks of perturbed columns.

    Attributes:
        name: ``batched``.
        base_cost: C, unperturbed.
        evaluations: how many costs have been evaluated.

    """

    name = "batched"

    def __init__(
        self,
        network: Network,
        inputs: Array,
        targets: Array,
        progress: Progress | None = None,
        *,
        columns: int | None = None,
        threads: int | None = None,
    ) -> None:
        """Run one forward pass and keep its traces.

        Args:
            network: in float64.
            inputs: (n_input, batch), float64.
            targets: (n_output, batch), float64.
            progress: called now and then with the number of costs evaluated so far.
            columns: perturbed columns in a block; by default what suits the device.
            threads: threads to work in, by default as many as there are cores where the work is
                large. Only NumPy's arrays are worked on in more than one.

        Raises:
            BadInput: the cost is not finite, or there are no threads.

        """
        if threads is not None and (not is_whole(threads) or threads < 1):
            raise BadInput(f"{threads} threads do nothing; give at least 1")
        self._network, self._folded = network, folded(network, targets)
        self._traces = self._folded.network.forward(inputs)
        self._activations = [trace.downstream_activations for trace in network.forward(inputs)]
        output = self._folded.output.finish(self._traces[-1].downstream_activations)
        self._base_per_example = self._cost(output, self._folded.targets)
        self.base_cost = expect_finite(float(network.cost_of(self._activations[-1], targets)))
        self._batch_size = int(output.shape[1])
        self._surroundings = [self._around(which) for which in range(len(network.parameters))]
        self._on_cpu = is_numpy_array(output)
        self._block = CPU_BLOCK if self._on_cpu else device_block(place_of(output).free_memory())
        # Numbers in the largest temporary that there is memory for, as far as is known.
        self._most = sys.maxsize
        self._columns = columns
        self._threads = threads if self._on_cpu else 1
        self._progress, self._counting = progress, threading.Lock()
        self.evaluations = 1

    def cost_changes(
        self, which: int, entries: HostArray, steps: Array, offsets: Sequence[Offset]
    ) -> Array:
        """See ``Engine.cost_changes``; any order of entries will do, ascending is fastest."""
        around = self._surroundings[which]
        values = flat_entries(self._network.parameters[which], entries)
        xp = array_namespace(values)
        by = displacements(values, steps, offsets)
        moves = Moves.of(entries, around.upstream.shape[2], by)
        columns = self._columns or max(LEAST_COLUMNS, self._block // around.widest)
        if self._on_cpu:
            blocks = entry_blocks(moves.rows, max(1, columns // len(offsets)))
        else:
            # All examples of a few entries: what does not depend on the example is fetched once.
            each = len(offsets) * self._batch_size
            blocks = even_blocks(len(moves), max(1, columns // each))
        results: list[Array] = [None] * len(blocks)
        stop = threading.Event()

        def work(first: int, stride: int) -> None:
            with small_buffers() if self._on_cpu else nullcontext():
                for position in range(first, len(blocks), stride):
                    if stop.is_set():
                        return
                    block = moves[blocks[position]]
                    results[position] = self._changes(around, block, columns)
                    self._count(block.copies)

        workers = min(len(blocks), self._workers(moves.copies * around.widest))
        # Ours are the threads; BLAS's own would only get in their way.
        with one_blas_thread():
            if workers == 1:
                work(0, 1)
            else:
                with ThreadPoolExecutor(workers - 1) as pool:
                    try:
                        others = [pool.submit(work, first, workers) for first in range(1, workers)]
                        work(0, workers)
                        for other in others:
                            other.result()
                    finally:
                        stop.set()
        return xp.concat(results, axis=1)

    def _workers(self, numbers_each_example: int) -> int:
        """How many threads some work is shared among."""
        if self._threads is not None:
            return self._threads
        numbers = numbers_each_example * self._batch_size
        return max(1, min(os.cpu_count() or 1, numbers // WORTH_A_THREAD))

    def _around(self, which: int) -> Surroundings:
        """The surroundings of a parameter array, as ``network.parameters`` counts."""
        position, is_biases = divmod(which, 2)
        trace = self._traces[position]
        xp = array_namespace(trace.z)
        upstream = trace.upstream_activations
        if is_biases:
            upstream = xp.ones_like(upstream[:1, :])
        elif position > 0:
            # Not finished from the folded layer's: a small sigmoid would have lost its digits.
            upstream = self._activations[position - 1]
        layers = self._folded.network.layers[position:]
        if len(layers) > 1:
            next_weights, next_base = layers[1].weights, self._traces[position + 1].z
        else:
            next_base = trace.downstream_activations
            next_weights = xp.eye(
                next_base.shape[0], dtype=next_base.dtype, device=device(next_base)
            )
        return Surroundings(
            upstream=transposed(upstream * self._folded.forms[position].inner)[:, None, :],
            z=transposed(trace.z)[:, None, :],
            values=transposed(trace.downstream_activations)[:, None, :],
            layers=layers,
            next_weights=next_weights[:, None, None, :],
            next_base=next_base[:, :, None, None],
            targets=self._folded.targets[:, :, None, None],
            base_costs=self._base_per_example[:, None, None],
            alone=transposed(self._folded.targets)[:, None, :]
            if len(layers) == 1 and self._network.cost_function.separable
            else None,
        )

    def _count(self, evaluations: int) -> None:
        with self._counting:
            self.evaluations += evaluations
            if self._progress is not None:
                self._progress(self.evaluations)

    def _changes(self, around: Surroundings, block: Moves, columns: int) -> Array:
        """The cost changes (offsets, n) of a block; in halves once memory has run out."""
        most = max(1, self._most // around.widest)
        if block.copies > most and len(block) > 1:
            middle = len(block) // 2
            halves = (block[:middle], block[middle:])
            return array_namespace(around.z).concat(
                [self._changes(around, half, columns) for half in halves], axis=1
            )
        columns = min(columns, most)
        try:
            return self._block_changes(around, block, columns)
        except MemoryError:
            examples_each = self._examples_each(block, columns)
            if len(block) * examples_each == 1:
                raise
            held = block.copies * examples_each
        # Not within the clause above, where the traceback still holds the temporaries.
        self._most = min(self._most, around.widest * held // 2)
        return self._changes(around, block, columns)

    def _examples_each(self, block: Moves, columns: int) -> int:
        """How many examples a block goes through at a time, each with all its copies."""
        pieces = -(-self._batch_size // max(1, columns // block.copies))
        return -(-self._batch_size // min(self._batch_size, pieces))

    def _block_changes(self, around: Surroundings, block: Moves, columns: int) -> Array:
        """The cost changes (offsets, n) as each entry moves, alone, by each of its moves."""
        xp = array_namespace(around.z)
        # (batch, 1, entries or 1): of an example and an entry, whatever the offset.
        upstream = block.of_columns(around.upstream)
        z, values = block.of_rows(around.z), block.of_rows(around.values)
        if around.alone is None:
            next_weights = block.of_rows(around.next_weights)
        else:
            targets = block.of_rows(around.alone)
        examples_each = self._examples_each(block, columns)
        totals = []
        for start in range(0, self._batch_size, examples_each):
            some = slice(start, min(start + examples_each, self._batch_size))
            moved = upstream[some, ...] * block.by  # (examples, offsets, entries)
            moved += z[some, ...]
            moved = around.layers[0].activation.value(moved)
            # The difference is taken in each example, where the digits still are.
            if around.alone is not None:
                costs = self._own_costs(moved, targets[some, ...])
                costs -= self._own_costs(values[some, ...], targets[some, ...])
            else:
                moved -= values[some, ...]
                # The next layer's z: the old one plus a rank-one term.
                perturbed = next_weights * moved  # (n_next, examples, offsets, entries)
                perturbed += around.next_base[:, some, ...]
                costs = self._cost(self._finished(around, perturbed), around.targets[:, some, ...])
                costs -= around.base_costs[some, ...]
            totals.append(xp.sum(costs, axis=0))
        total = totals[0] if len(totals) == 1 else xp.sum(xp.stack(totals), axis=0)
        return total / (self._batch_size / self._folded.unit)

    def _cost(self, output: Array, targets: Array) -> Array:
        """What each example costs, in the unit of the folded network."""
        return self._network.cost_function.per_example(output, targets)

    def _own_costs(self, values: Array, targets: Array) -> Array:
        """What output neurons cost by themselves, in the shape of their values."""
        output = self._folded.output.finish(values)
        return self._cost(output[None, ...], targets[None, ...])

    def _finished(self, around: Surroundings, perturbed: Array) -> Array:
        """The output, from the perturbed z of the next layer or, behind the last, its values."""
        if len(around.layers) > 1:
            perturbed = around.layers[1].activation.value(perturbed)
        if len(around.layers) > 2:
            xp, copies = array_namespace(perturbed), perturbed.shape[1:]
            for layer in around.layers[2:]:
                columns = xp.reshape(perturbed, (perturbed.shape[0], -1))
                perturbed = layer.weights @ columns
                perturbed += layer.biases
                perturbed = layer.activation.value(perturbed)
            perturbed = xp.reshape(perturbed, (perturbed.shape[0], *copies))
        return self._folded.output.finish(perturbed)
