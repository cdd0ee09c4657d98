"""Entries whose cost is rounded more coarsely than that of the entries at which noise was measured.

In ``sum(large + x)``, with another large number for each x, every x is rounded to the last digit of
its own large number. Such a cost jumps where the last digit changes: two points on either side have
different costs, however close together they are. A kink makes no jump. An entry that the cost does
not depend on makes none either.
"""

from dataclasses import replace

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import flat_entries
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.jumps import Neighbourhood
from gradcheck.slopes.measured_slopes import MeasuredSlopes
from gradcheck.slopes.noise import POINTS, ROUNDING_TO_ONE, noise_beside_polynomials
from nets.arrays import Array, HostArray, array_namespace, to_numpy

__all__ = ["with_own_rounding"]

# The cost is evaluated up to one step from the entry. Where it does not move at all, it is
# evaluated up to so many steps away: coarse rounding can hide the whole change. The farthest is
# 2^-6 of a parameter for (46), like the widest step of ``wider_looks``. Chosen.
STEPS_AWAY = (1.0, 2.0**5, 2.0**10, 2.0**15)
# Coarse rounding can also hide a part of the change, so that the cost moves smoothly between
# jumps. An entry in doubt is evaluated up to so many steps away, even if the cost moves: 2^-16 of a
# parameter for (46). A cost that jumps for other reasons rarely does so this close.
STEPS_AWAY_IN_DOUBT = 2.0**5
# Rounding counts as coarse if it makes this many times the noise that was measured elsewhere. Two
# costs with the same noise hardly ever differ by 4 standard deviations of one, and 4 * 12^(-1/2) is
# 1.2 of them.
COARSER = 3.0


def with_own_rounding(
    entries: Entries, measured: MeasuredSlopes, *, in_doubt: bool = False
) -> MeasuredSlopes:
    """The same slopes, with more noise at the entries whose own rounding makes more.

    Args:
        entries: all n of them.
        measured: what was measured at the n.
        in_doubt: whether to look farther even if the cost moves: see ``STEPS_AWAY_IN_DOUBT``.

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
        farthest: how many steps away, at most, the cost is evaluated again if no jump was found.

    """
    own, unclear = np.zeros(len(noise)), np.arange(len(noise))
    tables: dict[float, HostArray] = {}
    for away in STEPS_AWAY:
        if len(unclear) == 0:
            break
        if away not in tables:
            tables |= _tables(entries, steps, unclear, away)
        table = tables[away][:, unclear]
        inside = np.all(np.isfinite(table), axis=0)
        table = np.where(inside, table, 0.0)
        rough = np.flatnonzero(noise_beside_polynomials(table) > COARSER * noise[unclear])
        if len(rough):
            found = unclear[rough]
            nearby = Neighbourhood(entries.at(found), away * flat_entries(steps, found))
            jumps = nearby.jumps(table[:, rough])
            own[found] = ROUNDING_TO_ONE * (nearby.on_both_sides(jumps) if farthest else jumps)
        silent = np.all(table == 0.0, axis=0)
        farther = silent | ((away < farthest) & (own[unclear] == 0.0))
        unclear = unclear[farther & inside]
    return own


def _tables(
    entries: Entries, steps: Array, unclear: HostArray, away: float
) -> dict[float, HostArray]:
    """Tables of C - C(w), (points, n) each, by how many steps away they reach.

    A cost that does not move at the first look rarely moves at the next. So an engine for which a
    call takes longer than a few costs evaluates all other tables in one call. Other engines
    evaluate one table, because each cost takes time there.

    Args:
        entries: the n.
        steps: (n,) the step h of each.
        unclear: (m,) positions of those that are looked at; the numbers of others are 0.
        away: how many steps away the first of these tables reaches.

    """
    at_once = entries.engine.joins_arrays and away > STEPS_AWAY[0]
    distances = [each for each in STEPS_AWAY if each == away or (at_once and each > away)]
    nearby = Neighbourhood(entries.at(unclear), flat_entries(steps, unclear))
    tables = np.zeros((len(distances), len(POINTS), len(entries)))
    tables[:, :, unclear] = nearby.costs_up_to(distances)
    return dict(zip(distances, tables, strict=True))
