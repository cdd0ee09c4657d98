"""Jumps of the cost near entries, as rounding makes them: two points differ however near they are.

An interval in which the cost changes much is halved again and again. A jump stays in one half; the
change of a smooth cost, of a kink or of a singularity does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import Offset, flat_entries
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.noise import POINTS
from nets.arrays import Array, HostArray, array_namespace, real_part, to_numpy

__all__ = ["Neighbourhood"]

# The points at which the cost has to be evaluated: at the first one it is C(w).
EVALUATED = POINTS[1:]
# A factor. Jumps on the two sides of an entry count as alike if they differ by less: where the
# large number passes a power of two, its last digit doubles, and a jump may have the size of two
# last digits.
ALIKE = 4.0
# On the other side jumps are looked for up to so many times as far away: where jumps are rare, the
# entry may lie right beside one, and the next is far.
OTHER_SIDE = (1.0, 8.0)
# An interval is halved this often, and each time the half with the larger change is kept. The
# change that is left at the end is a jump if it is at least half of what it was 6 halvings before:
# a change that is no jump falls by 2^6. Chosen: 14 halvings leave 6e-5 of the distance.
HALVINGS = 14
HALVINGS_TO_COMPARE, STAYS = 6, 0.5
# What looks like a jump then is halved this often once more. After all three runs 2^-40 of the
# distance is left: even a cost that goes up and down a million times within the distance is smooth
# there.
HALVINGS_TO_CONFIRM = 20
# A jump is at most this many times as large as the range of the whole table. It is not 1, because
# the line that is subtracted may be wrong by as much as the jump itself.
GROWS = 4.0
# The slope between jumps is taken over these parts of the distance: the smaller one meets no jump,
# and the larger one is less disturbed by the noise that was measured before.
NEAREST = (2.0**-8, 2.0**-16)


@dataclass(frozen=True)
class Neighbourhood:
    """What lies within some distance (m,) of m entries."""

    entries: Entries
    distance: Array

    def at(self, positions: HostArray) -> "Neighbourhood":
        """Some of them, by their positions (k,) among the m."""
        return Neighbourhood(self.entries.at(positions), flat_entries(self.distance, positions))

    def costs(self) -> HostArray:
        """C - C(w) at points (points, m) from the entry to the distance."""
        table: HostArray = self.costs_up_to([1.0])[0]
        return table

    def costs_up_to(self, distances: Sequence[float]) -> HostArray:
        """C - C(w) at points, for k distances, (k, points, m); all are evaluated in one call.

        Args:
            distances: powers of two; each is a factor on the distance (m,).

        """
        offsets: list[Offset] = [
            far * (point / POINTS[-1]) for far in distances for point in EVALUATED
        ]
        tables = np.zeros((len(distances), len(POINTS), len(self.entries)))
        changes = self._changes(self.distance, offsets)
        tables[:, 1:] = changes.reshape(len(tables), len(EVALUATED), -1)
        return tables

    def jumps(self, table: HostArray) -> HostArray:
        """The largest jump (m,) that is found in the table (points, m); 0 where there is none.

        A jump is hard to see beside a slope: a jump against the slope makes a change smaller. So a
        straight line is subtracted before jumps are looked for. The slope between the jumps is not
        known, so several lines are tried.
        """
        points = np.array(POINTS) / POINTS[-1]
        overall = np.median(np.diff(table, axis=0) / np.diff(points)[:, None], axis=0)
        nearest = [self._slope_within(part) for part in NEAREST]
        lines = [np.zeros_like(overall), overall, *nearest]
        jumps = [self._jumps_beside(line, table, points) for line in lines]
        largest: HostArray = np.max(jumps, axis=0)
        return largest

    def on_both_sides(self, jumps: HostArray) -> HostArray:
        """Of jumps (m,) on one side, those that rounding may make; 0 for the others.

        A cost that is rounded jumps on the other side of the entry too, by about as much. The cost
        beside a pole, a stair or the end of its domain does not.
        """
        rounded = np.zeros_like(jumps)
        for farther in OTHER_SIDE:
            unclear = np.flatnonzero((jumps > 0.0) & (rounded == 0.0))
            if len(unclear) == 0:
                break
            some, here = self.at(unclear), jumps[unclear]
            mirrored = replace(some, distance=-farther * some.distance)
            table = mirrored.costs()
            inside = np.all(np.isfinite(table), axis=0)
            there = np.where(inside, mirrored.jumps(np.where(inside, table, 0.0)), 0.0)
            alike = np.maximum(here, there) <= ALIKE * np.minimum(here, there)
            rounded[unclear] = np.where(alike, here, 0.0)
        return rounded

    def _slope_within(self, part: float) -> HostArray:
        """How much C (m,) would change over the distance, as a part of it tells.

        There are three intervals, and a jump in one of them does not change the median.
        """
        before, after, far = self._changes(self.distance, [-part, part, 2.0 * part])
        slopes = np.median([-before, after, far - after], axis=0) / part
        return np.where(np.isfinite(slopes), slopes, 0.0)

    def _jumps_beside(self, line: HostArray, table: HostArray, points: HostArray) -> HostArray:
        """The jump (m,) in the interval with the largest change, beside a line (m,); or 0.

        Where jumps are so dense that all intervals change alike, it is the one farthest from the
        entry: what is found right beside the entry may be a singularity.
        """
        table = table - line * points[:, None]
        changes, span = np.abs(np.diff(table, axis=0)), np.ptp(table, axis=0)
        each, which = np.arange(table.shape[1]), len(changes) - 1 - np.argmax(changes[::-1], axis=0)
        ends = _Interval(
            points[which], points[which + 1], table[which, each], table[which + 1, each]
        )
        wide = self._halved(ends, line, HALVINGS)
        narrow = self._halved(wide, line, HALVINGS_TO_COMPARE)
        # Right beside the entry a singularity, as of log near 0, changes by as much in each half.
        # At a pole the change grows the closer one looks; a jump stays as large as it was.
        stays = (narrow.change >= STAYS * wide.change) & (narrow.change <= GROWS * span)
        found = np.zeros(table.shape[1])
        likely = np.flatnonzero(stays & (narrow.low > 0.0) & (narrow.change > 0.0))
        if len(likely):
            some, before = self.at(likely), narrow.at(likely)
            after = some._halved(before, line[likely], HALVINGS_TO_CONFIRM)
            found[likely] = np.where(after.change >= STAYS * before.change, after.change, 0.0)
        return found

    def _halved(self, interval: "_Interval", line: HostArray, times: int) -> "_Interval":
        """Intervals (m,) halved so often; of each, the half with the larger change is kept."""
        low, high, below, above = interval.low, interval.high, interval.below, interval.above
        xp = array_namespace(self.distance)
        for _ in range(times):
            middle = (low + high) / 2.0
            there = xp.asarray(middle, device=device(self.distance)) * self.distance
            between = self._changes(there, [1.0])[0] - line * middle
            between = np.nan_to_num(between, nan=0.0, posinf=0.0, neginf=0.0)
            lower = np.abs(between - below) > np.abs(above - between)
            low, below = np.where(lower, low, middle), np.where(lower, below, between)
            high, above = np.where(lower, middle, high), np.where(lower, between, above)
        return _Interval(low, high, below, above)

    def _changes(self, steps: Array, offsets: list[Offset]) -> HostArray:
        real: HostArray = to_numpy(real_part(self.entries.changes(steps, offsets)))
        return real


@dataclass(frozen=True)
class _Interval:
    """Intervals of the distance, (m,) each: their two ends, and C beside a line there."""

    low: HostArray
    high: HostArray
    below: HostArray
    above: HostArray

    @property
    def change(self) -> HostArray:
        """How much C changes over each, (m,)."""
        size: HostArray = np.abs(self.above - self.below)
        return size

    def at(self, positions: HostArray) -> "_Interval":
        """Some of them."""
        return _Interval(*(array[positions] for array in vars(self).values()))
