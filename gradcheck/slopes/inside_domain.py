"""Steps that leave the domain of the cost: smaller ones, or steps to the side that is defined.

Where C is a logarithm, a root or a barrier, a step can lead to where C is NaN or infinite. Then the
step shrinks. At the very edge of the domain C is defined on one side only; there the slope is
measured by two steps to that side.
"""

import numpy as np

from gradcheck.engines.engine import Offset
from gradcheck.slopes.cost_change_to_slope import SMALLEST_EPSILON, Entries, Step
from gradcheck.slopes.error_bars import TRUNCATION_SLACK, extremes
from gradcheck.slopes.measured_slopes import MeasuredSlopes, measured_again
from gradcheck.slopes.other_steps import is_better
from nets.arrays import Array, HostArray, array_namespace, to_numpy

__all__ = ["inside_domain"]

# Parts of the first step: the smaller steps that are tried, as long as they are not lost in
# rounding. Chosen: each is 64 times smaller, so that the edge of the domain is found in six tries.
SMALLER = tuple(2.0**-exponent for exponent in (6, 12, 18, 24, 30, 36))
# The edge is often at 0, as for log and sqrt. So steps are tried that are these parts of the entry.
# Chosen: all are narrower than the entry, and the last is near the best step of (46), 2^-21.
PARTS_OF_ENTRY = tuple(2.0**-exponent for exponent in (4, 10, 17, 24))
# From slopes s(h) and s(2h) to one side the estimate is 2 s(h) - s(2h), which is exact for a
# parabola. Its rounding error is at most this many times that of s(h): (2^2 + (1/2)^2)^(1/2).
ONE_SIDED_NOISE = 2.1


def inside_domain(entries: Entries, epsilon: float, measured: MeasuredSlopes) -> MeasuredSlopes:
    """Measure entries again whose cost was not finite, with the steps at which it is.

    Of the steps that are tried, from wide to narrow, the one with the smallest error bar is kept,
    unless a narrower one contradicts it.

    Args:
        entries: all n of them.
        epsilon: the relative step of the first measurement.
        measured: what it has found at the n.

    """
    outside = np.flatnonzero(~np.isfinite(to_numpy(measured.bars)))
    for smaller in _smaller_steps(entries.at(outside), epsilon) if len(outside) else ():
        again = measured_again(entries, measured, outside, smaller)
        measured = measured.improved(outside, again, is_better(again, measured.at(outside)))
    edge = np.flatnonzero(~np.isfinite(to_numpy(measured.bars)))
    for smaller in (epsilon, *_smaller_steps(entries.at(edge), epsilon)) if len(edge) else ():
        for side in (1.0, -1.0):
            again = _to_one_side(entries, measured, edge, smaller, side)
            measured = measured.improved(edge, again, is_better(again, measured.at(edge)))
    return measured


def _smaller_steps(some: Entries, epsilon: float) -> list[Step]:
    """The relative steps (m,) to try at m entries, none so small that it is lost in rounding."""
    values = some.values
    xp = array_namespace(values)
    relative_size = xp.abs(values) / some.steps(1.0)  # of the entry, in units of its own scale
    least = SMALLEST_EPSILON * xp.where(relative_size > 0.0, relative_size, 1.0)
    parts = [part * relative_size for part in PARTS_OF_ENTRY]
    tried = [xp.full_like(values, smaller * epsilon) for smaller in SMALLER] + parts
    bounded = [xp.maximum(xp.minimum(step, epsilon + 0.0 * values), least) for step in tried]
    in_order = xp.sort(xp.stack(bounded), axis=0)
    return [in_order[position, :] for position in reversed(range(len(bounded)))]


def _to_one_side(
    entries: Entries,
    measured: MeasuredSlopes,
    edge: HostArray,
    epsilon: Step,
    side: float,
) -> MeasuredSlopes:
    """The slopes at m entries by steps of one and of two to one side."""
    offsets: tuple[Offset, Offset] = (side, 2.0 * side)
    slopes = entries.at(edge).slopes(epsilon, offsets)
    near, far = slopes[offsets[0]], slopes[offsets[1]]
    noise = ONE_SIDED_NOISE * measured.noise_at(edge, epsilon)
    xp = array_namespace(noise)
    lowest, highest = extremes(slopes)
    kinked: Array = xp.zeros_like(near) > 0.0
    bent = TRUNCATION_SLACK * xp.abs(far - near)
    steps = xp.zeros_like(noise) + epsilon
    return MeasuredSlopes(2.0 * near - far, bent, noise, lowest, highest, steps, kinked, kinked)
