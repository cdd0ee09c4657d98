"""Entries whose cost is rounded more coarsely than that of the entries at which noise was measured.

In ``sum(large + x)``, with another large number for each x, every x is rounded to the last digit of
its own large number. Such a cost jumps: however close together two points are between which the
last digit changes, the costs there differ by it. A kink makes no jump, and neither does an entry
that the cost does not depend on.
"""

from dataclasses import dataclass, replace

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import Offset, flat_entries
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.measured_slopes import MeasuredSlopes
from gradcheck.slopes.noise import POINTS, ROUNDING_TO_ONE, noise_beside_polynomials
from nets.arrays import Array, HostArray, array_namespace, real_part, to_numpy

__all__ = ["with_own_rounding"]

# The cost is evaluated up to one step from the entry. Where it does not move at all, it is
# evaluated up to so many steps away: coarse rounding can hide the whole change.
STEPS_AWAY = (1.0, 2.0**5, 2.0**10, 2.0**15)
# Rounding counts as coarse if it makes this many times the noise that was measured elsewhere. Two
# costs with the same noise hardly ever differ by 4 standard deviations of one, and 4 * 12^(-1/2) is
# 1.2 of them.
COARSER = 3.0
# An interval is halved so often, and the half with the larger change is kept. The change that is
# left at the end is a jump if it is at least half of what it was 6 halvings before: a change that
# is no jump falls by 2^6.
HALVINGS = 20
HALVINGS_TO_COMPARE = 14
STAYS = 0.5


def with_own_rounding(
    entries: Entries, measured: MeasuredSlopes, positions: HostArray
) -> MeasuredSlopes:
    """The same slopes, with more noise at the entries whose own rounding makes more.

    Args:
        entries: all n of them.
        measured: what was measured at the n.
        positions: (m,) positions among the n of the entries to look at.

    """
    some = measured.at(positions)
    steps = entries.at(positions).steps(some.epsilons)
    own = _own_noise(entries.at(positions), steps, to_numpy(some.noise * steps))
    xp = array_namespace(some.noise)
    noise = xp.asarray(own, device=device(some.noise)) / steps
    # A slope of 0 may be one that rounding hides.
    noisier = replace(some, noise=noise, lowest=some.lowest - noise, highest=some.highest + noise)
    return measured.improved(positions, noisier, noise > COARSER * some.noise)


def _own_noise(entries: Entries, steps: Array, noise: HostArray) -> HostArray:
    """The noise of C (m,) that jumps near the entries make; 0 where there are none.

    Args:
        entries: the m.
        steps: (m,) the step h of each.
        noise: (m,) the noise of C that was measured so far.

    """
    own, silent = np.zeros(len(noise)), np.arange(len(noise))
    for away in STEPS_AWAY:
        if len(silent) == 0:
            break
        nearby = _Neighbourhood(entries.at(silent), away * flat_entries(steps, silent))
        table = nearby.costs()
        rough = np.flatnonzero(noise_beside_polynomials(table) > COARSER * noise[silent])
        if len(rough):
            own[silent[rough]] = ROUNDING_TO_ONE * nearby.at(rough).jumps(table[:, rough])
        silent = silent[np.all(table == 0.0, axis=0)]
    return own


@dataclass(frozen=True)
class _Neighbourhood:
    """What lies within some distance (m,) of m entries."""

    entries: Entries
    distance: Array

    def at(self, positions: HostArray) -> "_Neighbourhood":
        """Some of them, by their positions among the m."""
        return _Neighbourhood(self.entries.at(positions), flat_entries(self.distance, positions))

    def costs(self) -> HostArray:
        """C - C(w) at points (points, m) from the entry to the distance; 0 if not finite."""
        offsets: list[Offset] = [point / POINTS[-1] for point in POINTS[1:]]
        table = np.zeros((len(POINTS), len(self.entries.entries)))
        table[1:] = self._changes(self.distance, offsets)
        return table

    def jumps(self, table: HostArray) -> HostArray:
        """The jump (m,) in the interval of the table (points, m) with the largest change, or 0."""
        each, which = np.arange(table.shape[1]), np.argmax(np.abs(np.diff(table, axis=0)), axis=0)
        points = np.array(POINTS) / POINTS[-1]
        low, high = points[which], points[which + 1]
        below, above = table[which, each], table[which + 1, each]
        before = np.abs(above - below)
        for halving in range(HALVINGS):
            if halving == HALVINGS_TO_COMPARE:
                before = np.abs(above - below)
            middle = (low + high) / 2.0
            xp = array_namespace(self.distance)
            there = xp.asarray(middle, device=device(self.distance)) * self.distance
            between = self._changes(there, [1.0])[0]
            lower = np.abs(between - below) >= np.abs(above - between)
            low, below = np.where(lower, low, middle), np.where(lower, below, between)
            high, above = np.where(lower, middle, high), np.where(lower, between, above)
        after = np.abs(above - below)
        return np.where(after >= STAYS * before, after, 0.0)

    def _changes(self, steps: Array, offsets: list[Offset]) -> HostArray:
        some = self.entries
        changes = some.engine.cost_changes(some.which, some.entries, steps, offsets)
        return np.nan_to_num(to_numpy(real_part(changes)), nan=0.0, posinf=0.0, neginf=0.0)
