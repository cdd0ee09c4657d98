"""A network and its mini-batch in one dtype, and a count of the costs that are evaluated."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from gradcheck.engines.engine import Engine, Progress, flat_entries
from gradcheck.engines.kinds import engine_for
from nets.arrays import Array, HostArray, array_namespace, to_numpy
from nets.layers import parameter_gradients
from nets.network import Network

__all__ = ["Problem", "Tally", "joined"]


class Tally:
    """Counts the costs that several engines evaluate, one engine after the other."""

    def __init__(self, progress: Progress | None) -> None:
        """Call ``progress``, if there is one, with the number of costs evaluated so far."""
        self._progress, self.done = progress, 0
        self.interrupted = False  # by Ctrl-C: what was measured until then is kept

    def __call__(self, evaluations: int) -> None:
        """Report the evaluations of the engine that is working now."""
        if self._progress is not None:
            self._progress(self.done + evaluations)

    def add(self, engine: Engine) -> None:
        """Count the evaluations of an engine that has finished."""
        self.done += engine.evaluations


@dataclass(frozen=True)
class Problem:
    """A network with a mini-batch, all of one dtype.

    Attributes:
        network: the network.
        inputs: (n_input, batch).
        targets: (n_output, batch).

    """

    network: Network
    inputs: Array
    targets: Array

    def with_dtype(self, name: str) -> "Problem":
        """The same numbers in another dtype; in a shorter one they are rounded."""
        xp = array_namespace(self.inputs)
        inputs, targets = (
            xp.astype(array, getattr(xp, name)) for array in (self.inputs, self.targets)
        )
        return Problem(self.network.with_dtype(name), inputs, targets)

    def engine(self, name: str, progress: Progress) -> Engine:
        """The engine of that name, which evaluates the cost in this dtype."""
        kind = engine_for(name, self.network)
        return kind.start(self.network, self.inputs, self.targets, progress)

    def backprop(self, entries: list[HostArray]) -> HostArray:
        """The gradient by backprop at some entries of each array: (n,), on the host."""
        gradients = parameter_gradients(self.network.backprop(self.inputs, self.targets))
        return joined(map(flat_entries, gradients, entries))


def joined(pieces: Iterable[Array]) -> HostArray:
    """One-dimensional arrays, joined to one on the host in float64: (n,)."""
    return np.concatenate([to_numpy(piece).astype(np.float64) for piece in pieces])
