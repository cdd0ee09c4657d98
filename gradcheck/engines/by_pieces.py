"""Another engine's work, cut into pieces that the workers of an executor do.

The pieces are cut along the blocks of the batched engine itself, and a worker computes these very
blocks. So the digits are those of the engine alone, however many workers there are.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np
from array_api_compat import device, is_cupy_array, is_numpy_array

from gradcheck.cluster.exchange import Exchange
from gradcheck.engines.batched import Batched
from gradcheck.engines.blocks import even_blocks
from gradcheck.engines.engine import Engine, Offset, Progress
from gradcheck.engines.kinds import EngineKind
from gradcheck.engines.network_job import EnginePiece, MovedPiece, NetworkJob
from nets.arrays import Array, HostArray, array_namespace, to_numpy
from nets.network import Network

__all__ = ["ByPieces", "start_engine"]

# Numbers that the batched engine computes for a piece: those of the widest layer, over all
# perturbed copies. They are about 50 ms of work on one core; Dask takes about 1 ms for a task.
# `python -m tests.benchmarks.cluster` measures both.
PIECE_NUMBERS = 2**25
# The same where workers have GPUs, which compute some 30 times as many numbers a second. This is an
# estimate.
DEVICE_PIECE_NUMBERS = 2**31
# The same for full passes: multiply-adds of a piece, ...
PIECE_MULTIPLY_ADDS = 2**30
# ... and costs of a piece, which take 10 microseconds each however small the network is.
PIECE_COSTS = 2**13


class ByPieces:
    """An engine whose work is done by the workers of an executor; a little of it is done here.

    Attributes:
        name: of the engine whose work it is.
        base_cost: C, unperturbed.
        evaluations: how many costs have been evaluated, here and by the workers.
        most_at_once, joins_arrays: as those of the engine alone.

    """

    def __init__(
        self,
        engine: Engine,
        exchange: Exchange,
        costs_each: int,
        progress: Progress | None = None,
    ) -> None:
        """Send nothing yet.

        Args:
            engine: does what is too little for two pieces.
            exchange: with the workers, of a ``NetworkJob``.
            costs_each: the most costs of a piece, where the engine has no blocks.
            progress: called now and then with the number of costs evaluated so far.

        """
        self.name, self.base_cost = engine.name, engine.base_cost
        self._engine, self._exchange, self._progress = engine, exchange, progress
        self._costs_each, self.evaluations = costs_each, engine.evaluations
        self.most_at_once, self.joins_arrays = engine.most_at_once, engine.joins_arrays

    def cost_changes(
        self, which: int, entries: HostArray, steps: Array, offsets: Sequence[Offset]
    ) -> Array:
        """Cost changes (offsets, n) at entries (n,): see ``Engine.cost_changes``."""
        numbers = PIECE_NUMBERS if is_numpy_array(steps) else DEVICE_PIECE_NUMBERS
        pieces = list(self._pieces(which, entries, len(offsets), numbers))
        if len(pieces) < 2:
            before = self._engine.evaluations
            changes = self._engine.cost_changes(which, entries, steps, offsets)
            self._count(self._engine.evaluations - before)
            return changes
        on_host, made = (
            to_numpy(steps),
            (
                MovedPiece.of(which, entries[some], to_numpy(steps)[some], offsets, blocks)
                for some, blocks in pieces
            ),
        )
        is_complex = any(isinstance(offset, complex) for offset in offsets)
        dtype = np.complex128 if is_complex else on_host.dtype
        found = np.empty((len(offsets), len(entries)), dtype)
        for number, changes in self.results(made):
            found[:, pieces[number][0]] = changes
        return array_namespace(steps).asarray(found, device=device(steps))

    def _pieces(
        self, which: int, entries: HostArray, offsets: int, numbers: int
    ) -> Iterator[tuple[slice, list[slice] | None]]:
        """The entries of each piece, with its blocks, counted from its first entry."""
        if not isinstance(self._engine, Batched):
            for some in even_blocks(len(entries), max(1, self._costs_each // offsets)):
                yield some, None
            return
        for blocks in self._engine.pieces(which, entries, offsets, numbers):
            first, last = blocks[0].start, blocks[-1].stop
            yield (
                slice(first, last),
                [slice(each.start - first, each.stop - first) for each in blocks],
            )

    def _count(self, evaluations: int) -> None:
        self.evaluations += evaluations
        if self._progress is not None:
            self._progress(self.evaluations)

    def results(self, pieces: Iterable[EnginePiece]) -> Iterator[tuple[int, Any]]:
        """The number of each piece, counted from 0, with its result, as workers do them."""
        for number, (result, evaluations) in self._exchange.results(pieces):
            self._count(evaluations)
            yield number, result


def start_engine(
    kind: EngineKind,
    network: Network,
    batch: tuple[Array, Array],
    progress: Progress | None,
    threads: int | None,
    executor: Executor | None,
) -> Engine:
    """An engine, whose work is done by the workers of an executor if there is one.

    Args:
        kind: of engine.
        network: in float64.
        batch: inputs (n_input, batch) and targets (n_output, batch), float64.
        progress: called now and then with the number of costs evaluated so far.
        threads: of the engine; with an executor those of each worker, by default one.
        executor: threads, processes or a cluster; None to work here.

    Raises:
        BadInput: as ``EngineKind.start``.

    """
    if executor is None:
        return kind.start(network, *batch, progress, threads=threads)
    engine, inputs = kind.start(network, *batch, threads=threads), batch[0]
    job = NetworkJob(
        kind.name,
        network.with_parameters([to_numpy(array) for array in network.parameters]),
        to_numpy(batch[0]),
        to_numpy(batch[1]),
        "gpu" if is_cupy_array(inputs) else "cpu",
        threads or 1,
    )
    multiply_adds = network.parameter_count * int(inputs.shape[1])
    costs_each = max(1, min(PIECE_COSTS, PIECE_MULTIPLY_ADDS // multiply_adds))
    return ByPieces(engine, Exchange(executor, job), costs_each, progress)
