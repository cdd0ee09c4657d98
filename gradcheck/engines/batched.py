"""The batched engine: every partial derivative of a layered network, many at a time.

Each moved entry makes a perturbed copy of every example, one more column from the moved neuron on
(``moved_copies``). Here the entries are cut into blocks. On a CPU a block is so small that its
temporary arrays stay in the caches of a core, and all cores work; which thread takes which block
changes no digit of the result. On a GPU a block is as large as the memory allows, and nothing is
copied to the host between blocks.
"""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass, field
from functools import partial

from array_api_compat import is_numpy_array

from gradcheck.engines.blas_threads import one_blas_thread
from gradcheck.engines.blocks import (
    CPU_BLOCK,
    LEAST_COLUMNS,
    device_block,
    entry_blocks,
    even_blocks,
)
from gradcheck.engines.engine import Offset, Progress, displacements, expect_finite, flat_entries
from gradcheck.engines.moved_copies import MovedArray
from gradcheck.engines.moved_entries import MovedEntries
from gradcheck.engines.moving_copies import few_enough
from gradcheck.engines.numpy_buffers import small_buffers
from gradcheck.engines.shared_work import SharedWork
from gradcheck.engines.unperturbed import Unperturbed
from gradcheck.engines.within_memory import WithinMemory
from nets.arrays import Array, HostArray, array_namespace, place_of
from nets.errors import BadInput, expect_function, in_one_line, is_whole
from nets.network import Network

__all__ = ["MANY_AT_ONCE", "Batched"]

# A part of the copies. Where some are left out, a block has more entries, as if at least so many of
# their copies moved: two threads hinder each other if their operations are short. Chosen: the
# entries themselves take memory too.
LEAST_SHARE = 1.0 / 16.0
# A factor. Such a block has so many times the numbers of others. tests/benchmarks/resting measures
# it: with two threads 2 is better than 1 and 4.
LONGER_BLOCKS = 2

# Numbers that each of several threads should have to compute, at least: those of the widest layer,
# over all perturbed copies. With fewer, one thread alone is as fast, because only one of them can
# run between NumPy's operations. `python -m tests.benchmarks.checker --only growth` times small and
# large networks with it.
WORTH_A_THREAD = 2**21


# Entries that are judged together. Vectors of so many numbers (1 MiB) stay in the caches, and the
# calls of NumPy, some ten thousand for each piece, take a small part of the engine's time.
MANY_AT_ONCE = 2**17


@dataclass
class _Tally:
    """How many costs have been evaluated, by all threads together.

    Attributes:
        progress: called with that number now and then.
        evaluations: the number.

    """

    progress: Progress | None
    evaluations: int = 1
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def add(self, evaluations: int) -> None:
        """Count some more, and report the progress; threads take turns."""
        with self._turn:
            self.evaluations += evaluations
            if self.progress is not None:
                self.progress(self.evaluations)


class Batched:
    """Cost changes of a network of ``nets``, by blocks of perturbed columns.

    Attributes:
        name: ``batched``.
        base_cost: C, unperturbed.
        most_at_once: entries of an array that are judged together.
        joins_arrays: true, its time for small arrays is that of calls.

    """

    name = "batched"
    most_at_once, joins_arrays = MANY_AT_ONCE, True

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
        """Run the forward pass and keep its traces.

        Args:
            network: in float64.
            inputs: (n_input, batch), float64.
            targets: (n_output, batch), float64.
            progress: called now and then with the number of costs evaluated so far.
            columns: perturbed columns in a block; by default what suits the device.
            threads: how many threads work; by default as many as there are cores if the work is
                large enough. Only arrays of NumPy are worked on by more than one.

        Raises:
            BadInput: the cost is not finite, or ``threads`` is not a whole number above 0.

        """
        expect_function("progress", progress, optional=True)
        if threads is not None and (not is_whole(threads) or threads < 1):
            raise BadInput(f"{in_one_line(threads)} threads do nothing; give at least 1")
        self._parameters = network.parameters
        self._unperturbed = Unperturbed.of(network, inputs, targets)
        output = self._unperturbed.output
        self.base_cost = expect_finite(float(network.cost_of(output, targets)))
        self._batch_size = int(output.shape[1])
        self._kept: dict[int, MovedArray] = {}
        self._on_cpu = is_numpy_array(output)
        self._block = CPU_BLOCK if self._on_cpu else device_block(place_of(output).free_memory())
        self._within_memory = WithinMemory()
        self._columns = columns
        self._threads = threads if self._on_cpu else 1
        self._tally, self._stop = _Tally(progress), threading.Event()

    @property
    def evaluations(self) -> int:
        """How many costs have been evaluated."""
        return self._tally.evaluations

    @property
    def threads(self) -> int:
        """How many threads work where there is enough work for them."""
        return self._threads or os.cpu_count() or 1

    def for_one_of(self, workers: int, stop: threading.Event) -> "Batched":
        """The same engine for one of several workers, which are threads that use it at once.

        They share its threads and its count.

        Args:
            workers: how many there are.
            stop: once it is set, the engine raises ``CancelledError`` before its next block.

        """
        own = copy(self)
        own._threads, own._stop = max(1, self.threads // workers), stop
        return own

    def cost_changes(
        self,
        which: int,
        entries: HostArray,
        steps: Array,
        offsets: Sequence[Offset],
        *,
        blocks: Sequence[slice] | None = None,
    ) -> Array:
        """Cost changes (offsets, n): see ``Engine.cost_changes``. Ascending entries are fastest.

        The blocks are those of ``pieces``; by default they are made here.
        """
        array = self._moved_array(which)
        values = flat_entries(self._parameters[which], entries)
        moved = MovedEntries.of(entries, array.n_upstream, displacements(values, steps, offsets))
        columns = self._columns_of(array)
        work = SharedWork(
            partial(self._block_changes, array, moved, columns),
            blocks or self._blocks(array, moved.neurons, len(offsets)),
            setting=small_buffers if self._on_cpu else nullcontext,
        )
        # The threads are ours. Threads of BLAS beside them would only slow them down.
        with one_blas_thread():
            changes = work.results(self._thread_count(moved.copies * array.widest))
        return array_namespace(values).concat(changes, axis=1)

    def pieces(
        self, which: int, entries: HostArray, offsets: int, numbers: int
    ) -> list[list[slice]]:
        """The blocks of entries that ``cost_changes`` works on, in pieces of some blocks each.

        Args:
            which: the position of the array among all parameter arrays.
            entries: (n,) positions in the flattened array.
            offsets: by how many offsets each entry is moved.
            numbers: of the widest layer, over all perturbed copies, that a piece has at most; if
                one block has more, it is a piece by itself.

        """
        array = self._moved_array(which)
        each = offsets * self._batch_size * array.widest
        pieces: list[list[slice]] = []
        for block in self._blocks(array, entries // array.n_upstream, offsets):
            if not pieces or each * (block.stop - pieces[-1][0].start) > numbers:
                pieces.append([])
            pieces[-1].append(block)
        return pieces

    def _columns_of(self, array: MovedArray) -> int:
        """Perturbed columns in a block."""
        return self._columns or max(LEAST_COLUMNS, self._block // array.widest)

    def _moved_array(self, which: int) -> MovedArray:
        """What is needed to move an array's entries. It is kept, with that of others if small."""
        kept = self._kept
        if which not in kept:
            array = self._unperturbed.moved_array(which)
            numbers = sum(each.numbers for each in (array, *kept.values()))
            # Another thread may read the old ones, so they stay as they are.
            kept = self._kept = {**(kept if numbers <= self._block else {}), which: array}
        return kept[which]

    def _blocks(self, array: MovedArray, neurons: HostArray, offsets: int) -> list[slice]:
        """Which entries of an array are evaluated together, from the neuron (n,) of each."""
        columns = self._columns_of(array)
        if self._on_cpu:
            most, numbers, share = columns // offsets, array.widest, array.moving_share
            if not few_enough(share):
                return entry_blocks(neurons, max(1, most), numbers * self._batch_size)
            # Where copies are left out, each example is computed by itself, without them.
            most = int(LONGER_BLOCKS * most / max(share, LEAST_SHARE))
            return entry_blocks(neurons, max(1, most), max(1.0, numbers * share))
        # All examples of a few entries: numbers that depend on the entry alone are fetched once.
        return even_blocks(len(neurons), max(1, columns // (offsets * self._batch_size)))

    def _thread_count(self, numbers_each_example: int) -> int:
        """How many threads work on temporary arrays of so many numbers for each example."""
        if self._threads is not None:
            return self._threads
        numbers = numbers_each_example * self._batch_size
        return max(1, min(os.cpu_count() or 1, numbers // WORTH_A_THREAD))

    def _block_changes(
        self, array: MovedArray, moved: MovedEntries, columns: int, some: slice
    ) -> Array:
        """The cost changes (offsets, n) of a block of n entries. They are counted here, too."""
        if self._stop.is_set():
            raise CancelledError
        block = moved[some]
        changes = self._within_memory.cost_changes(array, block, columns)
        self._tally.add(block.copies)
        return changes
