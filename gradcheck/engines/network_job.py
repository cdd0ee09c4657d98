"""What workers get of a check: the network once, and then pieces of entries to move."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.engines.engine import Offset
from gradcheck.engines.kinds import engine_named
from nets.arrays import HostArray, place, to_numpy
from nets.devices.memory import keep_freed_memory_on_worker
from nets.network import Network

__all__ = ["MovedPiece", "NetworkJob"]


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
        """The same in fewer bytes, where the entries or the steps are regular."""
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

    def started(self) -> Callable[[MovedPiece, threading.Event], tuple[HostArray, int]]:
        """See ``Job.started``: one forward pass is all that is done here."""
        keep_freed_memory_on_worker()
        where, kind = place(self.device), engine_named(self.engine)
        put = where.put if self.device == "gpu" else np.asarray
        network = self.network.with_parameters([put(array) for array in self.network.parameters])
        with kind.at_work():
            engine = kind.start(network, put(self.inputs), put(self.targets), threads=self.threads)

        def done(piece: MovedPiece, stop: threading.Event) -> tuple[HostArray, int]:
            """The cost changes (offsets, n) of a piece, and how many costs were evaluated."""
            before = engine.evaluations
            entries, steps = piece.arguments()
            more = {} if piece.blocks is None else {"blocks": list(piece.blocks)}
            with kind.at_work():
                changes = engine.cost_changes(
                    piece.which, entries, put(steps), piece.offsets, **more
                )
            return to_numpy(changes), engine.evaluations - before

        return done
