"""The first measurement of slopes: at the scheme's own step, and closer where a kink may lie."""

import numpy as np
from array_api_compat import device

from gradcheck.slopes.error_bars import looks_kinked, truncation
from gradcheck.slopes.measured import SMALLEST_EPSILON, Entries, MeasuredSlopes, measured_again
from gradcheck.slopes.slope_noise import noise_of
from nets.arrays import HostArray, array_namespace, to_numpy
from nets.rounding import UNIT_ROUNDOFF

__all__ = ["measure_slopes"]

# Entries whose noise is measured: so many with the largest slopes, which carry the most rounding,
# and as many drawn at random. The worst of them stands for the whole array.
PROBES = 4
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


def measure_slopes(
    entries: Entries, epsilon: float, generator: np.random.Generator
) -> MeasuredSlopes:
    """Measure the slopes at n entries of one array, their noise, and where kinks are.

    Args:
        entries: what is measured, and how.
        epsilon: the step relative to max(1, |w|).
        generator: chooses some of the entries at which the noise is measured.

    Raises:
        BadInput: epsilon is so small that w + step rounds to w.

    """
    slopes = entries.slopes(epsilon)
    size = np.fmax(np.abs(to_numpy(next(iter(slopes.values())))), 0.0)  # and 0 for NaN
    probes = entries.at(_probes(size, generator))
    noise = noise_of(entries, probes, epsilon, float(np.max(size)))
    xp = array_namespace(noise)
    kinked = xp.zeros(noise.shape, dtype=xp.bool, device=device(noise))
    if entries.scheme.is_complex:
        return MeasuredSlopes(slopes, noise, xp.full_like(noise, epsilon), kinked)
    # The probes may lie where C is small. Each perturbed cost is rounded to u of its own change.
    moved = [abs(offset) * xp.abs(slope) for offset, slope in slopes.items()]
    noise = noise + UNIT_ROUNDOFF * xp.max(xp.stack(moved), axis=0)
    measured = MeasuredSlopes(slopes, noise, xp.full_like(noise, epsilon), kinked)
    return _told_from_kinks(entries, epsilon, measured)


def _probes(size: HostArray, generator: np.random.Generator) -> HostArray:
    """Positions of the entries whose noise is measured, from the sizes (n,) of their slopes."""
    count = min(PROBES, len(size))
    # Not argsort, which takes longer than all the arithmetic where there are a million entries.
    largest = np.argpartition(size, -count)[-PROBES:]
    return np.union1d(largest, generator.choice(len(size), count, replace=False))


def _told_from_kinks(entries: Entries, epsilon: float, measured: MeasuredSlopes) -> MeasuredSlopes:
    """Tell kinks from curvature where left and right slopes differ, by smaller and smaller steps.

    A smooth function's slopes draw together in proportion to the step; those on either side of a
    kink do not. The smaller step's slopes are kept, since they are the better ones.
    """
    scheme = entries.scheme
    suspects = np.flatnonzero(to_numpy(looks_kinked(scheme, measured.slopes, measured.noise)))
    apart = to_numpy(truncation(scheme, measured.slopes))[suspects]
    persisted = np.zeros(len(suspects), dtype=int)
    while len(suspects) and epsilon / CLOSER > SMALLEST_EPSILON:
        epsilon /= CLOSER
        near = measured_again(entries, measured, suspects, epsilon)
        still_apart = to_numpy(truncation(scheme, near.slopes))
        stays = (still_apart > PERSISTS * apart) & (still_apart < GROWS * apart)
        persisted = np.where(stays, persisted + 1, 0)
        suspect = to_numpy(looks_kinked(scheme, near.slopes, near.noise))
        kinked = suspect & (persisted == LOOKS_THAT_PERSIST)
        measured = measured.replaced(suspects, near.marked(kinked))
        unclear = suspect & ~kinked
        suspects, apart, persisted = suspects[unclear], still_apart[unclear], persisted[unclear]
    return measured
