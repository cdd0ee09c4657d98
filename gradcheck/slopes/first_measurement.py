"""The first measurement of slopes, at the scheme's own step."""

import numpy as np
from array_api_compat import device

from gradcheck.slopes.coarse_rounding import with_own_rounding
from gradcheck.slopes.cost_change_to_slope import SMALLEST_EPSILON, Entries
from gradcheck.slopes.inside_domain import inside_domain
from gradcheck.slopes.kinks import told_from_kinks
from gradcheck.slopes.measured_slopes import MeasuredSlopes
from gradcheck.slopes.other_steps import narrowed
from gradcheck.slopes.slope_noise import noise_of, noise_of_cost
from nets.arrays import HostArray, array_namespace, to_numpy
from nets.rounding import UNIT_ROUNDOFF

__all__ = ["measure_slopes"]

# Entries whose noise is measured: so many with the largest slopes, which carry the most rounding,
# and as many drawn at random. The worst of them stands for the whole array. Chosen: more of them
# take more costs (8 each), and fewer may miss the noisiest.
PROBES = 4
# Kinks are looked at with steps that are this many times narrower, one after the other. Wide steps
# show kinks with the least noise. The narrowest one shows bends that are 2^18 times narrower than
# the first step.
NEARER = (8.0, 64.0, 512.0, 2.0**18)


def measure_slopes(
    entries: Entries, epsilon: float, generator: np.random.Generator
) -> MeasuredSlopes:
    """Measure the slopes at n entries, their noise, and where kinks are.

    Args:
        entries: what is measured, and how.
        epsilon: the step relative to the size of the entry, or to the floor of its array.
        generator: chooses some of the entries at which the noise is measured.

    Raises:
        BadInput: epsilon is so small that w + step rounds to w.

    """
    slopes = entries.slopes(epsilon)
    sizes = np.abs(np.stack([to_numpy(slope) for slope in slopes.values()]))
    inside = np.all(np.isfinite(sizes), axis=0)
    size = np.nan_to_num(sizes[0], nan=0.0)
    probes = np.concatenate(
        [run.start + _probes(size[run], inside[run], generator) for _, run in entries.runs]
    )
    found = noise_of_cost(entries.at(probes))
    noise = noise_of(entries, found, epsilon, entries.largest(size))
    if entries.scheme.is_complex:
        return MeasuredSlopes.of(entries.scheme, slopes, noise, epsilon)
    # The probes may lie where C is small. Each perturbed cost is rounded to u of its own change.
    xp = array_namespace(noise)
    moved = [abs(offset) * xp.abs(slope) for offset, slope in slopes.items()]
    largest = xp.max(xp.stack(moved), axis=0)
    noise = noise + UNIT_ROUNDOFF * xp.where(xp.isfinite(largest), largest, 0.0)
    measured = MeasuredSlopes.of(entries.scheme, slopes, noise, epsilon)
    measured = _with_coarse_rounding(entries, measured, probes[~found.telling])
    measured = told_from_kinks(entries, epsilon, inside_domain(entries, epsilon, measured))
    return _kinks_confirmed(entries, measured)


def _with_coarse_rounding(
    entries: Entries, measured: MeasuredSlopes, silent: HostArray
) -> MeasuredSlopes:
    """Give each entry its own noise where a silent probe of its array rounds more coarsely.

    Args:
        entries: all n of them.
        measured: what was measured at the n.
        silent: positions of the probes that did not tell the noise.

    """
    if len(silent) == 0:
        return measured
    some, before = entries.at(silent), measured.at(silent)
    own = with_own_rounding(some, before)
    coarse = some.counted(to_numpy(own.noise > before.noise))
    rounded = np.flatnonzero(coarse[entries.owners] > 0)
    if len(rounded) == 0:
        return measured
    before = measured.at(rounded)
    own = with_own_rounding(entries.at(rounded), before)
    return measured.improved(rounded, own, own.noise > before.noise)


def _kinks_confirmed(entries: Entries, measured: MeasuredSlopes) -> MeasuredSlopes:
    """Measure kinks with narrower steps: narrow bends look like kinks, and others may be near."""
    first = to_numpy(measured.epsilons)
    for nearer in NEARER:
        kinks = np.flatnonzero(to_numpy(measured.kinked))
        if len(kinks) == 0:
            break
        xp = array_namespace(measured.noise)
        steps = np.maximum(first[kinks] / nearer, SMALLEST_EPSILON)
        there = xp.asarray(steps, device=device(measured.noise))
        measured = narrowed(entries, there, measured, kinks)
    return measured


def _probes(size: HostArray, inside: HostArray, generator: np.random.Generator) -> HostArray:
    """Positions of the entries of an array whose noise is measured.

    Args:
        size: (n,) the sizes of their slopes.
        inside: (n,) bool, whether the cost is finite at all offsets.
        generator: chooses some of the entries.

    """
    # Where a step leaves the domain of the cost, the points of a noise table lie too far apart too.
    probed = np.flatnonzero(inside) if np.any(inside) else np.arange(len(size))
    count = min(PROBES, len(probed))
    # Not argsort, which takes longer than all the arithmetic where there are a million entries.
    largest = np.argpartition(size[probed], -count)[-PROBES:]
    drawn = generator.choice(len(probed), count, replace=False)
    # Not np.union1d, which imports numpy.ma: that takes longer than the check of a small network.
    return probed[sorted({*largest.tolist(), *drawn.tolist()})]
