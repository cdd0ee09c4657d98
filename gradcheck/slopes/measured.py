"""The slopes of the cost at entries of one array, how noisy they are, and where a kink lies."""

import math
from dataclasses import dataclass, replace

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import (
    Engine,
    Offset,
    displacements,
    flat_entries,
    steps_for,
)
from gradcheck.slopes.error_bars import (
    BARS_ALLOWED,
    KINK_IN_SLOPE,
    extremes,
    looks_kinked,
    truncation,
)
from gradcheck.slopes.noise import measured_noise
from gradcheck.slopes.schemes import (
    Scheme,
)
from nets.arrays import Array, HostArray, array_namespace, real_part, to_numpy
from nets.rounding import UNIT_ROUNDOFF

__all__ = [
    "SMALLEST_EPSILON",
    "Entries",
    "MeasuredSlopes",
    "measure_slopes",
    "narrowed",
    "noise_of",
    "widened",
]

PROBES = 4  # entries with the largest slopes, and as many at random, tell the noise of an array
CLOSER = 8  # how much smaller the step gets each time where a kink is suspected
NARROWER = 8.0  # how much smaller where a disagreement is doubted
# Of the distance between the slopes then, a kink leaves 1 and curvature 1/CLOSER; a vertical
# tangent makes it grow.
PERSISTS, GROWS = 0.35, 2.0
SMALLEST_EPSILON = 2.0**-45  # below this a closer look would see only round-off
# The complex step's slope is a sum of products, each rounded; this many units of round-off of the
# largest slope in the array, or 16 of the cost, stand for what that may cost an entry.
COMPLEX_ROUNDOFF = 2**16
# A cost below this is taken for 0 by chance, as at the zero of an odd function.
SMALLEST_COST = 1e-20
# Below this the imaginary part of the cost, some 1e-20 of it, underflows.
COMPLEX_UNDERFLOW = 1e-280

# One relative step for all, or (n,) one for each entry.
Step = float | Array


@dataclass(frozen=True)
class Entries:
    """Entries of one parameter array, and how their slopes are to be measured.

    Attributes:
        engine: evaluates the cost.
        which: the position of the array among the parameters.
        array: its values.
        entries: (n,) positions in the flattened array.
        scheme: says at which offsets.
        round_off_known: whether what rounding makes of their gradient is accounted for elsewhere.
        cost_round_off: what rounding makes of C at least, where that is known.

    """

    engine: Engine
    which: int
    array: Array
    entries: HostArray
    scheme: Scheme
    round_off_known: bool = False
    cost_round_off: float = 0.0

    def at(self, positions: HostArray) -> "Entries":
        """Some of the entries."""
        return replace(self, entries=self.entries[positions])

    def by(self, engine: Engine) -> "Entries":
        """The same entries, measured by another engine."""
        return replace(self, engine=engine)

    @property
    def values(self) -> Array:
        """The parameters there, (n,)."""
        return flat_entries(self.array, self.entries)

    def slopes(self, epsilon: Step) -> dict[Offset, Array]:
        """For each offset of the scheme, the slopes (n,) with a step relative to max(1, |w|).

        Raises:
            BadInput: epsilon is lost in rounding.

        """
        offsets, values = self.scheme.perturbed_offsets, self.values
        steps = steps_for(values, epsilon)
        moved = displacements(values, steps, offsets)
        changes = self.engine.cost_changes(self.which, self.entries, steps, offsets)
        slopes = real_part(changes / moved)
        return {offset: slopes[position, :] for position, offset in enumerate(offsets)}


@dataclass(frozen=True)
class MeasuredSlopes:
    """Slopes at n entries, where the parameters lie.

    Attributes:
        slopes: for each offset of the scheme, (n,).
        noise: (n,) the standard deviation of a slope.
        epsilons: (n,) the relative step that each entry's slopes were measured with.
        kinked: (n,) bool, whether left and right slopes differ for good.

    """

    slopes: dict[Offset, Array]
    noise: Array
    epsilons: Array
    kinked: Array

    def noise_at(self, positions: HostArray, epsilon: Step) -> Array:
        """The noise that the entries at some positions would have with another step."""
        scale = flat_entries(self.epsilons, positions) / epsilon
        return flat_entries(self.noise, positions) * scale

    def replaced(
        self,
        positions: HostArray,
        slopes: dict[Offset, Array],
        epsilon: Step,
        kinked: HostArray,
    ) -> "MeasuredSlopes":
        """The same, but for entries that were measured again with another step."""
        if len(positions) == 0:
            return self
        xp = array_namespace(self.noise)
        # Taken from the old values with the new ones behind them: nothing goes through the host
        # but the positions.
        source = np.arange(self.noise.shape[0])
        source[positions] = self.noise.shape[0] + np.arange(len(positions))
        there = xp.asarray(source, device=device(self.noise))

        def replaced(old: Array, new: Array) -> Array:
            return xp.take(xp.concat([old, new]), there)

        noise = self.noise_at(positions, epsilon)
        return MeasuredSlopes(
            {offset: replaced(self.slopes[offset], slopes[offset]) for offset in slopes},
            replaced(self.noise, noise),
            replaced(self.epsilons, xp.zeros_like(noise) + epsilon),
            replaced(self.kinked, xp.asarray(kinked, device=device(noise))),
        )


def measure_slopes(
    entries: Entries, epsilon: float, generator: np.random.Generator
) -> MeasuredSlopes:
    """Measure the slopes at entries of one parameter array, their noise, and where kinks are.

    Args:
        entries: what is to be measured, and how.
        epsilon: the step relative to max(1, |w|).
        generator: chooses some of the entries at which the noise is measured.

    Raises:
        BadInput: epsilon is lost in rounding.

    """
    slopes = entries.slopes(epsilon)
    size = np.fmax(np.abs(to_numpy(next(iter(slopes.values())))), 0.0)  # and 0 for NaN
    # Not argsort, which takes longer than all the arithmetic where there are a million entries.
    largest = np.argpartition(size, -min(PROBES, len(size)))[-PROBES:]
    somewhere = generator.choice(len(size), min(PROBES, len(size)), replace=False)
    probes = entries.at(np.union1d(largest, somewhere))
    noise = noise_of(entries, probes, epsilon, float(np.max(size)))
    xp = array_namespace(noise)
    if not entries.scheme.is_complex:
        # Whatever the probes show, the cost is rounded where each step leads.
        moved = [abs(offset) * xp.abs(slope) for offset, slope in slopes.items()]
        noise = noise + UNIT_ROUNDOFF * xp.max(xp.stack(moved), axis=0)
    kinked = xp.zeros(noise.shape, dtype=xp.bool, device=device(noise))
    measured = MeasuredSlopes(slopes, noise, xp.full_like(noise, epsilon), kinked)
    return measured if entries.scheme.is_complex else _closer_look(entries, epsilon, measured)


def noise_of(entries: Entries, probes: Entries, epsilon: Step, largest_slope: float) -> Array:
    """The noise (n,) of slopes at entries, as measured at probes, the worst of which counts.

    Args:
        entries: whose slopes they are.
        probes: entries of the same array at which the cost's noise is measured.
        epsilon: the step of the slopes.
        largest_slope: the largest of them in size.

    """
    engine, values = probes.engine, entries.values
    if entries.scheme.is_complex:
        measured = measured_noise(
            engine,
            probes.which,
            probes.entries,
            probes.values,
            entries.scheme.epsilon,
            imaginary=True,
        )
        if entries.round_off_known:
            return array_namespace(values).full_like(values, max(measured, COMPLEX_UNDERFLOW))
        cost = abs(engine.base_cost)
        # A cost near 0 is made of small differences, of the size of its root, between numbers
        # around 1: so much of their digits is lost, in the backprop that is checked as well.
        lost = COMPLEX_ROUNDOFF + 4.0 / math.sqrt(max(cost, SMALLEST_COST))
        floor = max(lost * largest_slope, 16.0 * cost) * UNIT_ROUNDOFF
        floor = max(floor, COMPLEX_UNDERFLOW)
        return array_namespace(values).full_like(values, max(measured, floor))
    widest = max(abs(offset) for offset in entries.scheme.perturbed_offsets)
    step = widest * entries.scheme.epsilon
    measured = measured_noise(engine, probes.which, probes.entries, probes.values, step)
    # A cost that never moved tells nothing of its noise: then that of numbers around 1 is assumed.
    scale = max(abs(engine.base_cost), 0.0 if measured else 1.0)
    least = max(UNIT_ROUNDOFF * scale, entries.cost_round_off)
    return max(measured, least) / steps_for(values, epsilon)


def _closer_look(entries: Entries, epsilon: float, measured: MeasuredSlopes) -> MeasuredSlopes:
    """Tell kinks from curvature where left and right slopes differ, by smaller and smaller steps.

    A smooth function's slopes draw together in proportion to the step, those on either side of a
    kink do not. Where they do, the smaller step's slopes are kept: they are the better ones.
    """
    scheme = entries.scheme
    flagged = np.flatnonzero(to_numpy(looks_kinked(scheme, measured.slopes, measured.noise)))
    apart = to_numpy(truncation(scheme, measured.slopes))[flagged]
    persisted = np.zeros(len(flagged), dtype=int)
    while len(flagged) and epsilon / CLOSER > SMALLEST_EPSILON:
        epsilon /= CLOSER
        near = entries.at(flagged).slopes(epsilon)
        suspect = to_numpy(looks_kinked(scheme, near, measured.noise_at(flagged, epsilon)))
        still_apart = to_numpy(truncation(scheme, near))
        stays = (still_apart > PERSISTS * apart) & (still_apart < GROWS * apart)
        persisted = np.where(stays, persisted + 1, 0)
        # Once might be chance, where several kinks lie close together.
        kinked = suspect & (persisted == 2)
        measured = measured.replaced(flagged, near, epsilon, kinked)
        unclear = suspect & ~kinked
        flagged, apart, persisted = flagged[unclear], still_apart[unclear], persisted[unclear]
    return measured


def widened(
    entries: Entries, epsilon: float, measured: MeasuredSlopes, unclear: HostArray
) -> MeasuredSlopes:
    """Measure some entries again with a wider step, which drowns less in round-off.

    Args:
        entries: all n of them.
        epsilon: the wider step.
        measured: what was measured so far.
        unclear: positions among the n of the entries to measure again.

    """
    far = entries.at(unclear).slopes(epsilon)
    noise = measured.noise_at(unclear, epsilon)
    # Kept only where the bar gets narrower: where curvature or a kink does not make up for it.
    better = to_numpy(truncation(entries.scheme, far) < flat_entries(measured.noise, unclear))
    better &= ~to_numpy(looks_kinked(entries.scheme, far, noise))
    kept = np.flatnonzero(better)
    slopes = {offset: flat_entries(far[offset], kept) for offset in far}
    return measured.replaced(unclear[kept], slopes, epsilon, np.zeros(len(kept), dtype=bool))


def narrowed(
    entries: Entries, measured: MeasuredSlopes, doubtful: HostArray, claims: Array
) -> MeasuredSlopes:
    """Measure some entries again with a narrower step, and keep it where that is the better one.

    An error bar can miss two things: kinks at some distance on both sides of an entry, which bend
    the slopes there alike, and a point of inflection, where right and left slope are equal and yet
    not the derivative. Both shrink with the step. So the narrower step is kept where it
    contradicts the first, where it does not contradict the claim, and at a kink whose slopes it
    changes, since then others lie beside it.

    Args:
        entries: all n of them.
        measured: what was measured so far.
        doubtful: positions among the n of the entries to measure again.
        claims: the gradient that is claimed for these.

    """
    scheme = entries.scheme
    epsilon = flat_entries(measured.epsilons, doubtful)
    xp = array_namespace(epsilon)
    kinked = flat_entries(measured.kinked, doubtful)
    # The kinks beside a kink may be much nearer than the first step; its jump stands out all the
    # same.
    narrower = xp.where(kinked, NARROWER**3, xp.full_like(epsilon, NARROWER))
    epsilon = xp.maximum(epsilon / narrower, SMALLEST_EPSILON)
    near = entries.at(doubtful).slopes(epsilon)
    far = {offset: flat_entries(measured.slopes[offset], doubtful) for offset in near}
    round_off = measured.noise_at(doubtful, epsilon)
    far_round_off = flat_entries(measured.noise, doubtful)
    far_bars = truncation(scheme, far) + 2.0 * far_round_off
    gap = xp.abs(scheme.estimate(near) - scheme.estimate(far))
    # What the narrower step has changed tells how much truncation is left, whatever its order.
    near_noise = round_off + gap / (NARROWER - 1.0)
    near_bars = truncation(scheme, near) + 2.0 * near_noise
    allows = xp.abs(claims - scheme.estimate(near)) <= BARS_ALLOWED * near_bars
    # At a kink that is alone, left and right slope stay what they are.
    (near_low, near_high), (far_low, far_high) = extremes(near), extremes(far)
    drift = xp.abs(near_low - far_low) + xp.abs(near_high - far_high)
    size = xp.maximum(xp.abs(far_low), xp.abs(far_high))
    moves = drift > 4.0 * (round_off + far_round_off) + KINK_IN_SLOPE * size
    better = xp.where(kinked, moves, (gap > near_bars + far_bars) | allows)
    kept = np.flatnonzero(to_numpy(better))
    return measured.replaced(
        doubtful[kept],
        {offset: flat_entries(near[offset], kept) for offset in near},
        flat_entries(epsilon, kept),
        to_numpy(looks_kinked(scheme, near, near_noise))[kept],
    )
