"""What workers get of a check: the network once, and then pieces of entries to move."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from gradcheck.engines.engine import Engine, Offset
from gradcheck.engines.kinds import EngineKind, engine_named
from nets.arrays import Array, HostArray, place, to_numpy
from nets.devices.memory import keep_freed_memory_on_worker
from nets.network import Network

__all__ = ["EnginePiece", "EngineThere", "MovedPiece", "NetworkJob"]


@dataclass(frozen=True)
class EngineThere:
    """The engine of a worker.

    Attributes:
        kind: of engine.
        network: in float64, where the worker computes.
        batch: inputs (n_input, batch) and targets (n_output, batch), likewise.
        put: brings an array there.
        engine: the engine itself.

    """

    kind: EngineKind
    network: Network
    batch: tuple[Array, Array]
    put: Callable[[HostArray], Array]
    engine: Engine

    @cached_property
    def reference(self) -> Engine | None:
        """An engine to compare it with; see ``EngineKind.reference``."""
        return self.kind.reference(self.network, *self.batch)


class EnginePiece(Protocol):
    """A piece of work for the engine of a worker."""

    def done_at(self, there: EngineThere) -> Any:
        """Do it; the result must be small, and on the host."""
        ...


@dataclass(frozen=True)
class MovedPiece:
    """Some entries of one array that are to be moved.

    Attributes:
        which: the position of the array among the parameters.
        entries: (n,) positions in the flattened array; where they are consecutive, the first.
        steps: (n,) the step of each; where all are equal, one number.
        count: n.
        offsets: in units of the steps.
        blocks: where the blocks of entries begin and end; None where the engine has none.

    """

    which: int
    entries: HostArray | int
    steps: HostArray | float
    count: int
    offsets: tuple[Offset, ...]
    blocks: tuple[slice, ...] | None

    @classmethod
    def of(
        cls,
        which: int,
        entries: HostArray,
        steps: HostArray,
        offsets: Sequence[Offset],
        blocks: Sequence[slice] | None,
    ) -> "MovedPiece":
        """Entries (n,) and steps (n,) in fewer bytes, where they are regular."""
        n = len(entries)
        in_a_row = int(entries[-1]) - int(entries[0]) == n - 1 and bool(
            np.all(np.diff(entries) == 1)
        )
        return cls(
            which,
            int(entries[0]) if in_a_row else entries,
            float(steps[0]) if bool(np.all(steps == steps[0])) else steps,
            n,
            tuple(offsets),
            None if blocks is None else tuple(blocks),
        )

    def done_at(self, there: EngineThere) -> HostArray:
        """The cost changes (offsets, n)."""
        entries, steps = self.arguments()
        more = {} if self.blocks is None else {"blocks": list(self.blocks)}
        return to_numpy(
            there.engine.cost_changes(self.which, entries, there.put(steps), self.offsets, **more)
        )

    def arguments(self) -> tuple[HostArray, HostArray]:
        """The entries (n,) and the steps (n,)."""
        entries, steps = self.entries, self.steps
        if isinstance(entries, int):
            entries = np.arange(entries, entries + self.count)
        if isinstance(steps, float):
            steps = np.full(self.count, steps)
        return entries, steps


@dataclass(frozen=True, eq=False)
class NetworkJob:
    """A network and its mini-batch, as workers need them: a ``gradcheck.cluster.job.Job``.

    Attributes:
        engine: its name.
        network: in float64, its arrays on the host.
        inputs: (n_input, batch), on the host.
        targets: (n_output, batch), on the host.
        device: where a worker computes: ``cpu`` or ``gpu``.
        threads: of each worker.

    """

    engine: str
    network: Network
    inputs: HostArray
    targets: HostArray
    device: str
    threads: int

    def started(self) -> Callable[[EnginePiece, threading.Event], tuple[Any, int]]:
        """See ``Job.started``: one forward pass is all that is done here.

        The function returns the result of a piece, and how many costs were evaluated for it.
        """
        keep_freed_memory_on_worker()
        where, kind = place(self.device), engine_named(self.engine)
        put = where.put if self.device == "gpu" else np.asarray
        network = self.network.with_parameters([put(array) for array in self.network.parameters])
        batch = put(self.inputs), put(self.targets)
        with kind.at_work():
            there = EngineThere(
                kind, network, batch, put, kind.start(network, *batch, threads=self.threads)
            )

        def done(piece: EnginePiece, stop: threading.Event) -> tuple[Any, int]:
            before = there.engine.evaluations
            with kind.at_work():
                result = piece.done_at(there)
            return result, there.engine.evaluations - before

        return done
