"""From a cost change to a slope, ``(C(w + h e_j) - C(w)) / h``, at entries of one array."""

from dataclasses import dataclass, replace
from functools import cached_property

from gradcheck.engines.engine import (
    Engine,
    Offset,
    displacements,
    flat_entries,
    largest_size,
    scale_floor,
    steps_for,
)
from gradcheck.slopes.schemes import Scheme
from nets.arrays import Array, HostArray, array_namespace, real_part

__all__ = ["SMALLEST_EPSILON", "Entries", "Step"]

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
        return self._with_largest_entry(replace(self, entries=self.entries[positions]))

    def by(self, engine: Engine) -> "Entries":
        """The same entries, measured by another engine."""
        return self._with_largest_entry(replace(self, engine=engine))

    def _with_largest_entry(self, other: "Entries") -> "Entries":
        """Other entries of the same array. To search it again may take longer than all the rest."""
        vars(other)["largest_entry"] = self.largest_entry
        return other

    @cached_property
    def values(self) -> Array:
        """The parameters at these entries, (n,)."""
        return flat_entries(self.array, self.entries)

    @cached_property
    def largest_entry(self) -> float:
        """The size of the largest entry of the whole array."""
        return largest_size(self.array)

    @property
    def floor(self) -> float:
        """Steps are relative to this, or to the size of the entry where that is larger."""
        return scale_floor(self.largest_entry, self.scheme.epsilon)

    @property
    def largest_relative_entry(self) -> float:
        """The size of the array's largest entry, relative to its scale: at most 1; 1 for zeros."""
        largest = self.largest_entry
        return largest / max(self.floor, largest) if largest > 0.0 else 1.0

    def steps(self, epsilon: Step) -> Array:
        """The steps (n,) that a relative step makes."""
        return steps_for(self.values, epsilon, self.floor)

    def slopes(self, epsilon: Step, offsets: tuple[Offset, ...] = ()) -> dict[Offset, Array]:
        """The slopes (n,) at each offset, with a relative step; by default at the scheme's offsets.

        A slope is NaN where the cost is not finite.

        Raises:
            BadInput: epsilon is so small that w + step rounds to w.

        """
        offsets = offsets or self.scheme.perturbed_offsets
        steps = self.steps(epsilon)
        moved = displacements(self.values, steps, offsets)
        changes = self.engine.cost_changes(self.which, self.entries, steps, offsets)
        slopes = real_part(changes / moved)
        xp = array_namespace(slopes)
        # NaN makes no warning later. The difference of two infinite slopes would make one.
        slopes = xp.where(xp.isfinite(slopes), slopes, xp.nan)
        return {offset: slopes[position, :] for position, offset in enumerate(offsets)}

    def estimates(self, epsilon: Step) -> Array:
        """The derivatives (n,) that the scheme estimates, without the slopes for its error bar.

        Raises:
            BadInput: as ``slopes``.

        """
        own = tuple(offset for offset in self.scheme.offsets if offset != 0)
        return self.scheme.estimate(self.slopes(epsilon, own))
