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
# Coarse rounding can also hide a part of the change, so that the cost moves smoothly between
# jumps. An entry in doubt is evaluated up to so many steps away though it moves: 2^-16 of a
# parameter for (46). A cost that jumps for other reasons rarely does so this close.
STEPS_AWAY_IN_DOUBT = 2.0**5
# Rounding counts as coarse if it makes this many times the noise that was measured elsewhere. Two
# costs with the same noise hardly ever differ by 4 standard deviations of one, and 4 * 12^(-1/2) is
# 1.2 of them.
COARSER = 3.0
# Jumps on the two sides of an entry count as alike up to this factor: where the large number passes
# a power of two, its last digit doubles, and a jump may be of two digits.
ALIKE = 4.0
# On the other side jumps are looked for up to so many times as far: where they are rare, the entry
# may lie right beside one.
OTHER_SIDE = (1.0, 8.0)
# An interval is halved so often, and the half with the larger change is kept. The change that is
# left at the end is a jump if it is at least half of what it was 6 halvings before: a change that
# is no jump falls by 2^6.
HALVINGS = 20
HALVINGS_TO_COMPARE = 14
STAYS = 0.5
# A jump is no larger than this many times what the whole table spans. The line that is taken away
# may be wrong by as much as the jump itself, so that it is not 1.
GROWS = 4.0
# The slope between jumps is taken over these parts of the distance: the smaller one meets no jump,
# and the larger one is less disturbed by the noise that was measured before.
NEAREST = (2.0**-8, 2.0**-16)


def with_own_rounding(
    entries: Entries, measured: MeasuredSlopes, *, in_doubt: bool = False
) -> MeasuredSlopes:
    """The same slopes, with more noise at the entries whose own rounding makes more.

    Args:
        entries: all n of them.
        measured: what was measured at the n.
        in_doubt: whether to look farther, though the cost moves: see ``STEPS_AWAY_IN_DOUBT``.

    """
    steps = entries.steps(measured.epsilons)
    farthest = STEPS_AWAY_IN_DOUBT if in_doubt else 0.0
    own = _own_noise(entries, steps, to_numpy(measured.noise * steps), farthest)
    xp = array_namespace(measured.noise)
    noise = xp.asarray(own, device=device(measured.noise)) / steps
    # A slope of 0 may be one that rounding hides.
    lowest, highest = measured.lowest - noise, measured.highest + noise
    noisier = replace(measured, noise=noise, lowest=lowest, highest=highest)
    everywhere = np.arange(len(entries.entries))
    return measured.improved(everywhere, noisier, noise > COARSER * measured.noise)


def _own_noise(entries: Entries, steps: Array, noise: HostArray, farthest: float) -> HostArray:
    """The noise of C (n,) that jumps near the entries make; 0 where there are none.

    Args:
        entries: the n.
        steps: (n,) the step h of each.
        noise: (n,) the noise of C that was measured so far.
        farthest: up to so many steps away an entry is looked at again where no jump was found.

    """
    own, unclear = np.zeros(len(noise)), np.arange(len(noise))
    for away in STEPS_AWAY:
        if len(unclear) == 0:
            break
        nearby = _Neighbourhood(entries.at(unclear), away * flat_entries(steps, unclear))
        table = nearby.costs()
        inside = np.all(np.isfinite(table), axis=0)
        table = np.where(inside, table, 0.0)
        rough = np.flatnonzero(noise_beside_polynomials(table) > COARSER * noise[unclear])
        if len(rough):
            jumps = nearby.at(rough).jumps(table[:, rough])
            if farthest:
                jumps = nearby.at(rough).on_both_sides(jumps)
            own[unclear[rough]] = ROUNDING_TO_ONE * jumps
        silent = np.all(table == 0.0, axis=0)
        farther = silent | ((away < farthest) & (own[unclear] == 0.0))
        unclear = unclear[farther & inside]
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
        """C - C(w) at points (points, m) from the entry to the distance."""
        offsets: list[Offset] = [point / POINTS[-1] for point in POINTS[1:]]
        table = np.zeros((len(POINTS), len(self.entries.entries)))
        table[1:] = self._changes(self.distance, offsets)
        return table

    def jumps(self, table: HostArray) -> HostArray:
        """The largest jump (m,) that is found in the table (points, m); 0 where there is none.

        A jump is hard to see beside a slope: against the slope it makes a change smaller. So it is
        looked for after a straight line is taken away. Which line is the slope between the jumps
        is not known, so that several are tried.
        """
        points = np.array(POINTS) / POINTS[-1]
        overall = np.median(np.diff(table, axis=0) / np.diff(points)[:, None], axis=0)
        nearest = [self._slope_within(part) for part in NEAREST]
        lines = [np.zeros_like(overall), overall, *nearest]
        jumps = [self._jump_beside(line, table, points) for line in lines]
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

    def _jump_beside(self, line: HostArray, table: HostArray, points: HostArray) -> HostArray:
        """The jump (m,) in the interval with the largest change, beside a line (m,); or 0.

        Where jumps are so dense that all intervals change alike, it is the one farthest from the
        entry: what is found right beside the entry may be a singularity.
        """
        table = table - line * points[:, None]
        changes, span = np.abs(np.diff(table, axis=0)), np.ptp(table, axis=0)
        each, which = np.arange(table.shape[1]), len(changes) - 1 - np.argmax(changes[::-1], axis=0)
        low, high = points[which], points[which + 1]
        below, above = table[which, each], table[which + 1, each]
        before = np.abs(above - below)
        for halving in range(HALVINGS):
            if halving == HALVINGS_TO_COMPARE:
                before = np.abs(above - below)
            middle = (low + high) / 2.0
            xp = array_namespace(self.distance)
            there = xp.asarray(middle, device=device(self.distance)) * self.distance
            between = self._changes(there, [1.0])[0] - line * middle
            between = np.nan_to_num(between, nan=0.0, posinf=0.0, neginf=0.0)
            lower = np.abs(between - below) > np.abs(above - between)
            low, below = np.where(lower, low, middle), np.where(lower, below, between)
            high, above = np.where(lower, middle, high), np.where(lower, between, above)
        after = np.abs(above - below)
        # Right beside the entry a singularity, as of log near 0, changes by as much in each half.
        # At a pole the change grows the closer one looks; a jump stays as large as it was.
        is_jump = (after >= STAYS * before) & (after <= GROWS * span) & (low > 0.0)
        found: HostArray = np.where(is_jump, after, 0.0)
        return found

    def _changes(self, steps: Array, offsets: list[Offset]) -> HostArray:
        some = self.entries
        changes = some.engine.cost_changes(some.which, some.entries, steps, offsets)
        real: HostArray = to_numpy(real_part(changes))
        return real
