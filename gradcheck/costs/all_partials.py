"""How long (46) takes for all parameters, timed piece by piece."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gradcheck.costs.cost_row import Measured
from gradcheck.costs.sampled_time import Timing
from gradcheck.costs.timing import LEAST_SAMPLES, Clock, garbage_kept, repeated
from gradcheck.engines.engine import Engine, flat_entries, steps_for
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import HostArray
from nets.network import Network

__all__ = ["all_partials"]

# How many entries a piece has at first, when nothing is known of the engine's speed.
FIRST_ENTRIES = 10
# Pieces are merged while the budget still has room for this many. Full passes are cut into many
# short pieces, so that a short disturbance spoils few of them. An engine that measures many entries
# at once is only as fast as it can be on long pieces.
PIECES_OF_FULL_PASSES, PIECES_OF_MANY_AT_ONCE = 300, 10
# More pieces than these would hardly change the result.
MOST_PIECES = 1000
# A part of 1: the work that (46) is compared with is repeated beside each piece for this part of
# the piece's time. A larger part gives a steadier ratio, and leaves less of the budget for (46).
BESIDE = 0.25


def all_partials(
    engine: Engine,
    network: Network,
    budget: float,
    *,
    full_passes: bool,
    beside: Callable[[], object] | None = None,
    clock: Clock = time.perf_counter,
    wall: Clock | None = None,
) -> Measured:
    """Measure how long (46) takes for all parameters.

    A piece is the same share of every array's entries, and its seconds are scaled to all entries:
    so each piece is a sample of the whole time. If the budget suffices every entry is measured;
    if not, the time is an estimate.

    Args:
        engine: evaluates the cost.
        network: its parameters are moved.
        budget: seconds, about; at least five pieces are measured anyway.
        full_passes: whether each cost is a forward pass of its own (``EngineKind.full_passes``).
        beside: the work that (46) is compared with. It is called after each piece, so that
            whatever slows the machine for a while slows both.
        clock: gives the time in seconds.
        wall: the clock for the budget; by default the same.

    """
    wall = wall or clock
    timed = _TimedPieces(engine, network, clock)
    wanted = PIECES_OF_FULL_PASSES if full_passes else PIECES_OF_MANY_AT_ONCE
    samples: list[float] = []
    others: list[float] = []
    with garbage_kept():
        pieces, whole = timed.as_long_as(budget / wanted)
        least = max(LEAST_SAMPLES, pieces if whole <= budget else 0)
        begun = wall()
        while len(samples) < least or (wall() - begun < budget and len(samples) < MOST_PIECES):
            whole = timed.whole_from(len(samples) % pieces, pieces)
            samples.append(whole)
            if beside is not None:
                others.append(repeated(beside, BESIDE * whole / pieces, clock))
    timing = Timing.of(samples)
    times = timing.over(Timing.of(others)) if others else None
    return Measured(timing, len(samples) < pieces, times)


@dataclass(frozen=True)
class _TimedPieces:
    """(46) for all parameters of a network, in pieces that can be timed."""

    engine: Engine
    network: Network
    clock: Clock

    def as_long_as(self, seconds: float) -> tuple[int, float]:
        """Merge pieces until two of them would take longer than the given time.

        Returns:
            The number of pieces, and the seconds for all entries, scaled from the first piece.

        """
        pieces = max(1, self.network.parameter_count // FIRST_ENTRIES)
        self.whole_from(0, pieces)  # to warm up
        whole = self.whole_from(0, pieces)
        while pieces > 1 and 2 * whole / pieces <= seconds:
            pieces = math.ceil(pieces / 2)
            whole = self.whole_from(0, pieces)
        return pieces, whole

    def whole_from(self, piece: int, pieces: int) -> float:
        """Time one piece, counted from 0, and scale its seconds to all entries."""
        seconds = 0.0
        for which, array in enumerate(self.network.parameters):
            size = int(array.size)
            start = size * piece // pieces
            # An array with fewer entries than pieces still gives each piece one entry.
            stop = max(start + 1, size * (piece + 1) // pieces)
            before = self.clock()
            self._evaluate(which, np.arange(start, stop))
            seconds += (self.clock() - before) * size / (stop - start)
        return seconds

    def _evaluate(self, which: int, entries: HostArray) -> None:
        """Measure C(w + h e_j) - C(w) at entries (n,) of one array, and wait for the result."""
        values = flat_entries(self.network.parameters[which], entries)
        steps = steps_for(values, SCHEMES["forward"].epsilon)
        changes = self.engine.cost_changes(which, entries, steps, [1.0])
        float(changes[0, 0])  # a GPU has finished only when a number has come back
