"""The slopes that were measured at entries of one parameter array, with their errors."""

from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import Offset, flat_entries, there, with_entries
from gradcheck.slopes.cost_change_to_slope import Entries, Step
from gradcheck.slopes.error_bars import (
    KINK_IN_NOISE,
    KINK_IN_SLOPE,
    error_bars,
    extremes,
    looks_rough,
    truncation,
)
from gradcheck.slopes.schemes import Scheme
from nets.arrays import Array, HostArray, array_namespace, to_numpy

__all__ = [
    "MeasuredSlopes",
    "measured_again",
    "suspects_kink",
]


@dataclass(frozen=True)
class MeasuredSlopes:
    """What was measured at n entries: (n,) each, where the parameters lie.

    Attributes:
        estimate: of the derivative.
        truncation: the estimated truncation error; infinite or NaN where the cost was not finite.
        noise: the standard deviation of the rounding error of a slope.
        lowest: the least of the slopes that were measured, to either side; where rounding hides
            them, the least that it allows.
        highest: the greatest.
        epsilons: the relative step that was taken.
        kinked: bool, whether the entry lies on a kink: left and right slopes differ for good.
        rough: bool, whether the slopes are not those of a smooth function: see ``looks_rough``.

    """

    estimate: Array
    truncation: Array
    noise: Array
    lowest: Array
    highest: Array
    epsilons: Array
    kinked: Array
    rough: Array

    @classmethod
    def of(
        cls, scheme: Scheme, slopes: dict[Offset, Array], noise: Array, epsilon: Step
    ) -> "MeasuredSlopes":
        """What the slopes (n,) at the offsets of a scheme make; no kink has been found yet."""
        xp = array_namespace(noise)
        left_over = truncation(scheme, slopes)
        return cls(
            scheme.estimate(slopes),
            left_over,
            noise,
            *extremes(slopes),
            xp.zeros_like(noise) + epsilon,
            xp.zeros(noise.shape, dtype=xp.bool, device=device(noise)),
            looks_rough(scheme, slopes, left_over, noise),
        )

    @cached_property
    def bars(self) -> Array:
        """The error bars, (n,); infinite where the cost was not finite."""
        return error_bars(self.estimate, self.truncation, self.noise)

    @property
    def _arrays(self) -> tuple[Array, ...]:
        return tuple(getattr(self, each.name) for each in fields(self))

    def at(self, positions: HostArray) -> "MeasuredSlopes":
        """The same at some positions (m,) among the n."""
        xp, where = array_namespace(self.noise), there(positions, self.noise)
        return MeasuredSlopes(*(xp.take(array, where) for array in self._arrays))

    def noise_at(self, positions: HostArray, epsilon: Step) -> Array:
        """The noise (m,) that the entries at m positions would have with another step."""
        scale = flat_entries(self.epsilons, positions) / epsilon
        return flat_entries(self.noise, positions) * scale

    def marked(self, kinked: HostArray) -> "MeasuredSlopes":
        """The same slopes, with kinks at the entries that are marked (n,) bool, on the host."""
        xp = array_namespace(self.noise)
        return replace(self, kinked=xp.asarray(kinked, device=device(self.noise)))

    def improved(
        self, positions: HostArray, again: "MeasuredSlopes", better: Array
    ) -> "MeasuredSlopes":
        """The same, but with what was measured again at those positions (m,) where it is better.

        Args:
            positions: (m,) positions among the n.
            again: what was measured at these.
            better: (m,) bool, whether it is better.

        """
        kept = np.flatnonzero(to_numpy(better))
        if len(kept) == 0:
            return self
        some = again if len(kept) == len(positions) else again.at(kept)
        return MeasuredSlopes(*with_entries(self._arrays, positions[kept], some._arrays))

    def improved_by(self, again: "MeasuredSlopes", better: Array) -> "MeasuredSlopes":
        """The same, but with what was measured again at the same n entries where it is better.

        Args:
            again: what was measured again.
            better: (n,) bool, whether it is better.

        """
        if bool(array_namespace(better).all(better)):
            return again
        return self.improved(np.arange(int(better.shape[0])), again, better)


def suspects_kink(measured: MeasuredSlopes, doubt: Array | float = 0.0) -> Array:
    """Whether the slopes of an entry differ so much that a kink is suspected, (n,) bool.

    Args:
        measured: what was measured at n entries.
        doubt: (n,) what is to be added to the noise.

    """
    xp = array_namespace(measured.noise)
    size = xp.maximum(xp.abs(measured.lowest), xp.abs(measured.highest))
    noise = measured.noise + doubt
    return measured.truncation > KINK_IN_NOISE * noise + KINK_IN_SLOPE * size


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
    noise = measured.noise_at(positions, epsilon)
    slopes = entries.at(positions).slopes(epsilon)
    return MeasuredSlopes.of(entries.scheme, slopes, noise, epsilon)
