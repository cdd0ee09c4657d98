"""Kinks told from curvature, by smaller and smaller steps."""

import numpy as np

from gradcheck.slopes.cost_change_to_slope import SMALLEST_EPSILON, Entries
from gradcheck.slopes.measured_slopes import MeasuredSlopes, measured_again, suspects_kink
from nets.arrays import array_namespace, to_numpy

__all__ = ["told_from_kinks"]

# Where a kink is suspected, the step shrinks by this factor at each closer look. Curvature then
# leaves 1/8 of the distance between the slopes, a kink leaves all of it.
CLOSER = 8
# The distance has persisted if more than this part of it is left: about the geometric mean of what
# curvature and a kink leave, (1/8 * 1)^(1/2) = 0.354.
PERSISTS = 0.35
# If the distance has grown by more than this factor, the tangent is vertical: the slopes of
# sqrt(|w|), for instance, grow by 8^(1/2) = 2.8 as the step shrinks, those at a kink stay.
GROWS = 2.0
# One closer look at which the distance persists might be chance, where kinks lie close together.
LOOKS_THAT_PERSIST = 2


def told_from_kinks(entries: Entries, epsilon: float, measured: MeasuredSlopes) -> MeasuredSlopes:
    """Tell kinks from curvature where left and right slopes differ, by smaller and smaller steps.

    Where the slopes look rough the step shrinks as well, until no kink lies within it, or until
    rounding hides them.

    The left and the right slope of a smooth function come nearer to each other in proportion to the
    step. The slopes on the two sides of a kink do not. The slopes of the smaller step are kept,
    because they are more accurate.

    Args:
        entries: all n of them.
        epsilon: the step at which they were measured.
        measured: what was measured at the n.

    """
    usual = to_numpy(measured.epsilons) == epsilon
    suspects = np.flatnonzero(to_numpy(suspects_kink(measured) | measured.rough) & usual)
    apart = to_numpy(measured.truncation)[suspects]
    persisted = np.zeros(len(suspects), dtype=int)
    while len(suspects) and epsilon / CLOSER > SMALLEST_EPSILON:
        epsilon /= CLOSER
        near = measured_again(entries, measured, suspects, epsilon)
        still_apart = to_numpy(near.truncation)
        stays = (still_apart > PERSISTS * apart) & (still_apart < GROWS * apart)
        persisted = np.where(stays, persisted + 1, 0)
        suspect = to_numpy(suspects_kink(near))
        kinked = suspect & (persisted == LOOKS_THAT_PERSIST)
        finite = array_namespace(near.noise).isfinite(near.bars)
        measured = measured.improved(suspects, near.marked(kinked), finite)
        unclear = (suspect | to_numpy(near.rough)) & ~kinked
        suspects, apart, persisted = suspects[unclear], still_apart[unclear], persisted[unclear]
    return measured
