"""The slopes of the cost at entries of one parameter array, as they are measured."""

from dataclasses import dataclass, replace

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import Engine, Offset, displacements, flat_entries, steps_for
from gradcheck.slopes.schemes import Scheme
from nets.arrays import Array, HostArray, array_namespace, real_part

__all__ = ["SMALLEST_EPSILON", "Entries", "MeasuredSlopes", "Step", "measured_again"]

# No relative step is made smaller than this: 2^-45 leaves a slope 8 of float64's 53 bits, and a
# still smaller step would measure rounding alone.
SMALLEST_EPSILON = 2.0**-45

# One relative step for all entries, or (n,) one for each.
Step = float | Array


@dataclass(frozen=True)
class Entries:
    """Entries of one parameter array, and how their slopes are measured.

    Attributes:
        engine: evaluates the cost.
        which: the position of the array among the parameters.
        array: its values, in any shape.
        entries: (n,) positions in the flattened array.
        scheme: says at which offsets the cost is evaluated.
        round_off_known: whether the rounding of the checked gradient is accounted for elsewhere.
        cost_round_off: a lower bound on the rounding error of C, where one is known; else 0.

    """

    engine: Engine
    which: int
    array: Array
    entries: HostArray
    scheme: Scheme
    round_off_known: bool = False
    cost_round_off: float = 0.0

    def at(self, positions: HostArray) -> "Entries":
        """Some of the entries, by their positions (m,) among the n."""
        return replace(self, entries=self.entries[positions])

    def by(self, engine: Engine) -> "Entries":
        """The same entries, measured by another engine."""
        return replace(self, engine=engine)

    @property
    def values(self) -> Array:
        """The parameters at these entries, (n,)."""
        return flat_entries(self.array, self.entries)

    def slopes(self, epsilon: Step) -> dict[Offset, Array]:
        """For each offset of the scheme the slopes (n,), with a step relative to max(1, |w|).

        Raises:
            BadInput: epsilon is so small that w + step rounds to w.

        """
        offsets, values = self.scheme.perturbed_offsets, self.values
        steps = steps_for(values, epsilon)
        moved = displacements(values, steps, offsets)
        changes = self.engine.cost_changes(self.which, self.entries, steps, offsets)
        slopes = real_part(changes / moved)
        return {offset: slopes[position, :] for position, offset in enumerate(offsets)}


@dataclass(frozen=True)
class MeasuredSlopes:
    """Slopes at n entries; the arrays lie where the parameters lie.

    Attributes:
        slopes: for each offset of the scheme, (n,).
        noise: (n,) the standard deviation of the rounding error of a slope.
        epsilons: (n,) the relative step with which each entry's slopes were measured.
        kinked: (n,) bool, whether the entry lies on a kink: left and right slopes differ for good.

    """

    slopes: dict[Offset, Array]
    noise: Array
    epsilons: Array
    kinked: Array

    def at(self, positions: HostArray) -> "MeasuredSlopes":
        """The same at some positions (m,) among the n."""
        return MeasuredSlopes(
            {offset: flat_entries(slopes, positions) for offset, slopes in self.slopes.items()},
            flat_entries(self.noise, positions),
            flat_entries(self.epsilons, positions),
            flat_entries(self.kinked, positions),
        )

    def noise_at(self, positions: HostArray, epsilon: Step) -> Array:
        """The noise (m,) that the entries at m positions would have with another step."""
        scale = flat_entries(self.epsilons, positions) / epsilon
        return flat_entries(self.noise, positions) * scale

    def marked(self, kinked: HostArray) -> "MeasuredSlopes":
        """The same slopes, with kinks at the entries that are marked (n,) bool, on the host."""
        xp = array_namespace(self.noise)
        return replace(self, kinked=xp.asarray(kinked, device=device(self.noise)))

    def replaced(self, positions: HostArray, again: "MeasuredSlopes") -> "MeasuredSlopes":
        """The same, but with what was measured again at some positions (m,)."""
        if len(positions) == 0:
            return self
        xp = array_namespace(self.noise)
        # One take from the old values with the new ones behind them. Only positions pass through
        # the host, so that this costs a GPU one transfer.
        source = np.arange(self.noise.shape[0])
        source[positions] = self.noise.shape[0] + np.arange(len(positions))
        there = xp.asarray(source, device=device(self.noise))

        def merged(old: Array, new: Array) -> Array:
            return xp.take(xp.concat([old, new]), there)

        return MeasuredSlopes(
            {offset: merged(self.slopes[offset], again.slopes[offset]) for offset in self.slopes},
            merged(self.noise, again.noise),
            merged(self.epsilons, again.epsilons),
            merged(self.kinked, again.kinked),
        )


def measured_again(
    entries: Entries, measured: MeasuredSlopes, positions: HostArray, epsilon: Step
) -> MeasuredSlopes:
    """Measure the slopes at some entries again, with another step.

    Args:
        entries: all n of them.
        measured: what was measured at the n so far. Its noise is scaled to the new step.
        positions: (m,) positions among the n.
        epsilon: the other step; one for all, or (m,).

    Returns:
        What was measured at the m, without kinks.

    Raises:
        BadInput: epsilon is so small that w + step rounds to w.

    """
    slopes = entries.at(positions).slopes(epsilon)
    noise = measured.noise_at(positions, epsilon)
    xp = array_namespace(noise)
    kinked = xp.zeros(noise.shape, dtype=xp.bool, device=device(noise))
    return MeasuredSlopes(slopes, noise, xp.zeros_like(noise) + epsilon, kinked)
