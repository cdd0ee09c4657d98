"""The batched engine: every partial derivative of a layered network, many at a time.

A perturbed copy of an example is one more column from the moved neuron on (``surroundings.py``).
Here the columns are made into blocks. On a CPU these are small enough for their temporaries to stay
in a core's caches, and go to all cores; which thread takes which block changes no digit.
Elsewhere (a GPU) they are as large as the memory allows, and nothing comes back to the host between
them.
"""

import os
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

from array_api_compat import is_numpy_array

from gradcheck.engines.blas_threads import one_blas_thread, small_buffers
from gradcheck.engines.blocks import (
    CPU_BLOCK,
    LEAST_COLUMNS,
    Moves,
    device_block,
    entry_blocks,
    even_blocks,
)
from gradcheck.engines.engine import Offset, Progress, displacements, expect_finite, flat_entries
from gradcheck.engines.entries import is_whole
from gradcheck.engines.moved_copies import Passes, Surroundings
from nets.arrays import Array, HostArray, array_namespace, place_of
from nets.errors import BadInput
from nets.network import Network

__all__ = ["Batched"]

# Threads get into each other's way; below this many numbers each, one alone is as fast.
WORTH_A_THREAD = 2**21


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
        self._network, self._passes = network, Passes.of(network, inputs, targets)
        output = self._passes.traces[-1].downstream_activations
        self.base_cost = expect_finite(float(network.cost_of(output, targets)))
        self._batch_size = int(output.shape[1])
        self._latest: tuple[int, Surroundings] | None = None
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
        around = self._around(which)
        values = flat_entries(self._network.parameters[which], entries)
        xp = array_namespace(values)
        by = displacements(values, steps, offsets)
        moves = Moves.of(entries, around.upstream.shape[2], by)
        columns = self._columns or max(LEAST_COLUMNS, self._block // around.widest)
        if self._on_cpu:
            blocks = entry_blocks(moves.neurons, max(1, columns // len(offsets)))
        else:
            # All examples of a few entries: what does not depend on the example is fetched once.
            each = len(offsets) * self._batch_size
            blocks = even_blocks(len(moves), max(1, columns // each))
        results: list[Array] = [None] * len(blocks)
        stop = threading.Event()

        def work(first: int, stride: int) -> None:
            try:
                with small_buffers() if self._on_cpu else nullcontext():
                    for position in range(first, len(blocks), stride):
                        if stop.is_set():
                            return
                        block = moves[blocks[position]]
                        results[position] = self._changes(around, block, columns)
                        self._count(block.copies)
            except BaseException:
                stop.set()  # for the others: what they do would be thrown away
                raise

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
                        stop.set()  # an interruption may come while others are awaited, too
        return xp.concat(results, axis=1)

    def _around(self, which: int) -> Surroundings:
        """The surroundings of an array, kept until it is another's turn: they are copies."""
        latest = self._latest
        if latest is None or latest[0] != which:
            self._latest = latest = (which, self._passes.around(which))
        return latest[1]

    def _workers(self, numbers_each_example: int) -> int:
        """How many threads some work is shared among."""
        if self._threads is not None:
            return self._threads
        numbers = numbers_each_example * self._batch_size
        return max(1, min(os.cpu_count() or 1, numbers // WORTH_A_THREAD))

    def _count(self, evaluations: int) -> None:
        with self._counting:
            self.evaluations += evaluations
            if self._progress is not None:
                self._progress(self.evaluations)

    def _changes(self, around: Surroundings, block: Moves, columns: int) -> Array:
        """The cost changes (offsets, n) of a block; in halves once memory has run out."""
        most = max(1, self._most // around.widest)
        if block.copies > most:
            first, second, axis = block.halves()
            parts = [self._changes(around, half, columns) for half in (first, second)]
            return array_namespace(block.by).concat(parts, axis=axis)
        examples_each = self._examples_each(block, min(columns, most))
        try:
            return around.cost_changes(block, examples_each)
        except MemoryError:
            held = block.copies * examples_each
            if held == 1:
                raise
        # Not within the clause above, where the traceback still holds the temporaries.
        self._most = min(self._most, around.widest * held // 2)
        return self._changes(around, block, columns)

    def _examples_each(self, block: Moves, columns: int) -> int:
        """How many examples a block goes through at a time, each with all its copies."""
        pieces = -(-self._batch_size // max(1, columns // block.copies))
        # As many in each piece: a short last one would pay for its calls alone.
        return -(-self._batch_size // pieces)
