"""Slopes measured again: with a wider step where rounding hides them, a narrower one in doubt."""

import numpy as np

from gradcheck.engines.engine import flat_entries
from gradcheck.slopes.error_bars import (
    BARS_ALLOWED,
    KINK_IN_SLOPE,
    error_bars,
    extremes,
    looks_kinked,
    truncation,
)
from gradcheck.slopes.measured import (
    SMALLEST_EPSILON,
    Entries,
    MeasuredSlopes,
    Step,
    measured_again,
)
from nets.arrays import Array, HostArray, array_namespace, to_numpy

__all__ = ["narrowed", "widened"]

# A doubtful slope is measured again with a step so many times narrower. Truncation then falls at
# least 8 times, and noise grows 8 times.
NARROWER = 8.0
# At a kink the step is 8^3 = 512 times narrower: other kinks may lie much nearer than the first
# step, and the jump at a kink, unlike a slope's truncation, does not shrink into the noise.
NARROWER_AT_KINK = NARROWER**3
# Two slopes at a kink have changed if they differ by more than this many standard deviations of
# both: rounding is bounded, and stays below 4.
NOISE_OF_CHANGE = 4.0


def widened(
    entries: Entries, epsilon: float, measured: MeasuredSlopes, unclear: HostArray
) -> MeasuredSlopes:
    """Measure some entries again with a wider step, at which rounding hides less of the slope.

    The wider step is kept only where its truncation is below the noise that it removes, and where
    no kink shows.

    Args:
        entries: all n of them.
        epsilon: the wider step.
        measured: what was measured at the n so far.
        unclear: (m,) positions among the n of the entries to measure again.

    """
    scheme = entries.scheme
    far = measured_again(entries, measured, unclear, epsilon)
    better = to_numpy(truncation(scheme, far.slopes) < flat_entries(measured.noise, unclear))
    better &= ~to_numpy(looks_kinked(scheme, far.slopes, far.noise))
    kept = np.flatnonzero(better)
    return measured.replaced(unclear[kept], far.at(kept))


def narrowed(
    entries: Entries, measured: MeasuredSlopes, doubtful: HostArray, claims: Array
) -> MeasuredSlopes:
    """Measure some entries again with a narrower step, and keep it where it is the better one.

    An error bar can miss two things: kinks at some distance on both sides of an entry, which bend
    both slopes alike, and a point of inflection, where left and right slope are equal and yet not
    the derivative. Both shrink with the step. So the narrower step is kept where it contradicts
    the first or does not contradict the claim; at a kink, where it changes the slopes, since then
    other kinks lie beside it.

    Args:
        entries: all n of them.
        measured: what was measured at the n so far.
        doubtful: (m,) positions among the n of the entries to measure again.
        claims: (m,) the gradient that is claimed for these.

    """
    scheme, far = entries.scheme, measured.at(doubtful)
    near = measured_again(entries, measured, doubtful, _narrower_step(far))
    xp = array_namespace(claims)
    gap = xp.abs(scheme.estimate(near.slopes) - scheme.estimate(far.slopes))
    # An error that falls at least 8 times has at most 1/7 of the change left.
    doubt = near.noise + gap / (NARROWER - 1.0)
    near_bars = error_bars(scheme, near.slopes, doubt)
    far_bars = error_bars(scheme, far.slopes, far.noise)
    allows = xp.abs(claims - scheme.estimate(near.slopes)) <= BARS_ALLOWED * near_bars
    contradicts = gap > near_bars + far_bars
    better = xp.where(far.kinked, _slopes_change(near, far), contradicts | allows)
    kept = np.flatnonzero(to_numpy(better))
    near = near.marked(to_numpy(looks_kinked(scheme, near.slopes, doubt)))
    return measured.replaced(doubtful[kept], near.at(kept))


def _narrower_step(far: MeasuredSlopes) -> Step:
    """The relative steps (m,) for another look."""
    xp = array_namespace(far.noise)
    narrower = xp.where(far.kinked, NARROWER_AT_KINK, xp.full_like(far.noise, NARROWER))
    return xp.maximum(far.epsilons / narrower, SMALLEST_EPSILON)


def _slopes_change(near: MeasuredSlopes, far: MeasuredSlopes) -> Array:
    """Whether the left or the right slope changes with the step, (m,) bool.

    At a kink that is alone they stay what they are.
    """
    xp = array_namespace(near.noise)
    (near_low, near_high), (far_low, far_high) = extremes(near.slopes), extremes(far.slopes)
    change = xp.abs(near_low - far_low) + xp.abs(near_high - far_high)
    size = xp.maximum(xp.abs(far_low), xp.abs(far_high))
    return change > NOISE_OF_CHANGE * (near.noise + far.noise) + KINK_IN_SLOPE * size
