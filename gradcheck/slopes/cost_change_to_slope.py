"""From a cost change to a slope, ``(C(w + h e_j) - C(w)) / h``, at entries of parameter arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import Engine, Offset, displacements, flat_entries, steps_for
from gradcheck.slopes.parameter_array import ParameterArray
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
    """Entries of one parameter array or of several, and how their slopes are measured.

    A call of NumPy takes about as long for 10 entries as for 1000. So the entries of small arrays
    are measured together. What is found of an array, such as its noise, holds for its own entries.

    Attributes:
        engine: evaluates the cost.
        arrays: the parameter arrays.
        owners: (n,) the position of each entry's array among these, in ascending order.
        entries: (n,) positions in the flattened array of each.
        scheme: says at which offsets the cost is evaluated.

    """

    engine: Engine
    arrays: tuple[ParameterArray, ...]
    owners: HostArray
    entries: HostArray
    scheme: Scheme

    @classmethod
    def of(
        cls, engine: Engine, array: ParameterArray, entries: HostArray, scheme: Scheme
    ) -> "Entries":
        """Entries of one array, by their positions (n,) in it."""
        return cls(engine, (array,), np.zeros(len(entries), dtype=np.intp), entries, scheme)

    @classmethod
    def joined(cls, parts: Sequence["Entries"]) -> "Entries":
        """Entries of several arrays, from those of each array; at least one."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            parts[0].engine,
            tuple(array for part in parts for array in part.arrays),
            np.repeat(np.arange(len(parts)), [len(part) for part in parts]),
            np.concatenate([part.entries for part in parts]),
            parts[0].scheme,
        )

    def __len__(self) -> int:
        return len(self.entries)

    def at(self, positions: HostArray) -> "Entries":
        """Some of the entries, by their positions (m,) among the n, in ascending order."""
        return replace(self, owners=self.owners[positions], entries=self.entries[positions])

    def by(self, engine: Engine) -> "Entries":
        """The same entries, measured by another engine."""
        return replace(self, engine=engine)

    @cached_property
    def runs(self) -> tuple[tuple[int, slice], ...]:
        """The position of each array that has entries here, and which of the n these are."""
        if len(self.arrays) == 1:
            return ((0, slice(0, len(self))),)
        ends = np.searchsorted(self.owners, np.arange(len(self.arrays) + 1)).tolist()
        return tuple(
            (owner, slice(first, last))
            for owner, (first, last) in enumerate(pairwise(ends))
            if last > first
        )

    def counted(self, chosen: HostArray | None = None) -> HostArray:
        """How many entries each array has here, (arrays,); or of those chosen, by (n,) bool."""
        owners = self.owners if chosen is None else self.owners[chosen]
        counts: HostArray = np.bincount(owners, minlength=len(self.arrays))
        return counts

    def largest(self, values: HostArray) -> list[float]:
        """Of each array, the largest of some values (n,) from 0 up; 0 where it has no entry."""
        found = [0.0] * len(self.arrays)
        for owner, run in self.runs:
            found[owner] = float(np.max(values[run]))
        return found

    def spread(self, numbers: Sequence[float] | HostArray) -> Array | float:
        """The numbers (arrays,) at the entries of each array, (n,); for one array, its number."""
        if len(self.arrays) == 1:
            return float(numbers[0])
        values = self.values
        at_each = np.asarray(numbers, dtype=np.float64)[self.owners]
        return array_namespace(values).asarray(at_each, device=device(values))

    @cached_property
    def values(self) -> Array:
        """The parameters at these entries, (n,)."""
        found = [
            flat_entries(self.arrays[owner].values, self.entries[run]) for owner, run in self.runs
        ]
        return found[0] if len(found) == 1 else array_namespace(found[0]).concat(found)

    @cached_property
    def floor(self) -> Array | float:
        """Steps are relative to this, or to the size of the entry where that is larger.

        One number for entries of one array, else (n,).
        """
        return self.spread([array.floor(self.scheme.epsilon) for array in self.arrays])

    def steps(self, epsilon: Step) -> Array:
        """The steps (n,) that a relative step makes."""
        return steps_for(self.values, epsilon, self.floor)

    def changes(self, steps: Array, offsets: Sequence[Offset]) -> Array:
        """By how much C changes (offsets, n) as each entry is moved by offsets, in steps (n,)."""
        found = [
            self.engine.cost_changes(
                self.arrays[owner].which, self.entries[run], steps[run], offsets
            )
            for owner, run in self.runs
        ]
        return found[0] if len(found) == 1 else array_namespace(steps).concat(found, axis=1)

    def slopes(self, epsilon: Step, offsets: tuple[Offset, ...] = ()) -> dict[Offset, Array]:
        """The slopes (n,) at each offset, with a relative step; by default at the scheme's offsets.

        A slope is NaN where the cost is not finite.

        Raises:
            BadInput: epsilon is so small that w + step rounds to w.

        """
        offsets = offsets or self.scheme.perturbed_offsets
        steps = self.steps(epsilon)
        moved = displacements(self.values, steps, offsets)
        slopes = real_part(self.changes(steps, offsets) / moved)
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
