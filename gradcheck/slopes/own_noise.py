"""The noise of the cost at single entries, as far as a step leads and somewhat farther.

The noise of an array is measured at a few of its entries, and close to them, where kinks are rare.
In a saturated network the cost of some entries jumps where an activation near 1 is rounded to
another number, and between these places it is smooth. Only a wider step shows it.
"""

from dataclasses import replace

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import Offset, displacements
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.measured_slopes import MeasuredSlopes
from gradcheck.slopes.noise import POINTS, rests_beside_polynomials
from nets.arrays import HostArray, array_namespace, to_numpy

__all__ = ["with_own_noise"]

# The cost is evaluated up to so many steps from the entry (chosen), ...
STEPS_AWAY = 8.0
# ... but no farther than this, relative to the parameter's scale, or up to one step if that is
# farther: a smooth cost differs from a polynomial of degree 3 by the fourth power of it, 1e-18.
FARTHEST = 2.0**-15
# A table shows noise if what polynomials of degree 2 to 4 leave of it differs by no more than this
# factor. Of a smooth function each further degree leaves only a small part; of noise it leaves
# about as much. Chosen.
ALIKE = 4.0


def with_own_noise(
    entries: Entries, measured: MeasuredSlopes, positions: HostArray
) -> MeasuredSlopes:
    """The same slopes, with more noise at the entries whose own noise is larger.

    A kink on the way would look like noise.

    Args:
        entries: all n of them.
        measured: what was measured at the n.
        positions: (m,) positions among the n of the entries to look at.

    """
    some, there = measured.at(positions), entries.at(positions)
    xp, steps = array_namespace(some.noise), there.steps(some.epsilons)
    away = xp.clip(FARTHEST / some.epsilons, 1.0, STEPS_AWAY)
    offsets: list[Offset] = [point / POINTS[-1] for point in POINTS[1:]]
    table = np.zeros((len(POINTS), len(positions)))
    changes = there.changes(away * steps, offsets)
    # With steps near the last digit of a parameter the points do not lie exactly where they should.
    # The change of C by that is no noise: a slope is divided by the step that was really taken.
    moved = displacements(there.values, away * steps, offsets)
    nominal = xp.asarray(offsets, device=device(steps))[:, None] * away * steps
    table[1:] = to_numpy(changes - some.estimate * (moved - nominal))
    own = np.where(np.all(np.isfinite(table), axis=0), _noise_in(table), 0.0)
    noise = xp.asarray(own, device=device(some.noise)) / steps
    return measured.improved(positions, replace(some, noise=noise), noise > some.noise)


def _noise_in(table: HostArray) -> HostArray:
    """The noise (n,) that n tables (points, n) show; 0 where they may show a steep function."""
    rests = rests_beside_polynomials(np.where(np.isfinite(table), table, 0.0))
    least, median, most = np.sort(rests, axis=0)
    return np.where(most <= ALIKE * least, median, 0.0)
