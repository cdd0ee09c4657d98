"""Two engines compared at a few entries: the fast one must give what full forward passes give."""

from collections.abc import Sequence

import numpy as np

from gradcheck.engines.engine import Engine, flat_entries
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.slope_noise import noise_of, noise_of_cost
from gradcheck.verdicts.engine_comparison import EngineComparison
from gradcheck.verdicts.judged import Judged
from nets.arrays import HostArray, to_numpy

__all__ = ["compared_engines"]

# Entries of each array at which the engines are compared: enough to find an engine that is wrong,
# because each array goes its own way through the engine, and few enough to take nearly no time.
COMPARED = 2
# Standard deviations by which the two may differ through rounding alone. Each slope is rounded
# twice by either engine, and bounded rounding stays below two standard deviations.
REFERENCE_NOISE, ENGINE_NOISE = 4.0, 2.0


def compared_engines(
    names: Sequence[str],
    entries: Entries,
    reference: Engine,
    judged: Judged,
    generator: np.random.Generator,
) -> EngineComparison:
    """Measure a few entries of each array by another engine too.

    Args:
        names: of the arrays.
        entries: the n entries that the first engine has measured.
        reference: the other engine.
        judged: what the first engine has measured.
        generator: chooses the entries.

    """
    positions = np.concatenate([_drawn(run, generator) for _, run in entries.runs])
    some = entries.at(positions).by(reference)
    apart = _bars_apart(some, judged, positions)
    worst = int(np.argmax(np.nan_to_num(apart, nan=np.inf)))
    owner = int(some.owners[worst])
    entry = np.unravel_index(int(some.entries[worst]), some.arrays[owner].values.shape)
    index = tuple(int(i) for i in entry)
    return EngineComparison(len(positions), float(apart[worst]), names[owner], index)


def _drawn(run: slice, generator: np.random.Generator) -> HostArray:
    """A few positions of a run, in ascending order."""
    length = run.stop - run.start
    drawn: HostArray = generator.choice(length, min(COMPARED, length), replace=False)
    drawn.sort()
    drawn += run.start
    return drawn


def _bars_apart(some: Entries, judged: Judged, positions: HostArray) -> HostArray:
    """How many error bars apart the engines are at m entries, (m,)."""
    epsilon = flat_entries(judged.measured.epsilons, positions)
    estimate = to_numpy(some.estimates(epsilon))
    difference = np.abs(to_numpy(judged.judgement.numerical)[positions] - estimate)
    bars = to_numpy(judged.judgement.error_bar)[positions]
    if np.any(difference > bars):
        largest = some.largest(np.nan_to_num(np.abs(estimate), nan=0.0))
        noise = to_numpy(noise_of(some, noise_of_cost(some), epsilon, largest))
        own_noise = to_numpy(judged.measured.noise)[positions]
        bars = bars + REFERENCE_NOISE * noise + ENGINE_NOISE * own_noise
    apart = np.divide(
        difference, bars, out=np.where(difference == 0.0, 0.0, np.inf), where=bars > 0.0
    )
    # Where the cost is not finite, or nothing is resolved, neither engine can be wrong.
    return np.where(np.isfinite(bars) & np.isfinite(estimate), apart, 0.0)
