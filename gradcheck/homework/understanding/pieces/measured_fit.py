"""Whether the claimed gradients of a part are right, before it becomes a part of a report."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.homework.contract import Part, Values
from gradcheck.homework.near import CENTRAL_STEP
from gradcheck.homework.sensible_scale import with_sensible_scale
from gradcheck.homework.student_code import StudentError
from nets.arrays import HostArray

__all__ = ["MeasuredFit", "measured_fit"]

ENTRIES = 24  # of each array, at random: a mistake in a layer changes most entries of an array
# The part by which claims and central differences may differ; see ``candidates``.
FITS = 1e-3
# A claim and slopes below this part of the largest of the whole part count as 0. Central
# differences are right to about 1e-9 of the cost.
AS_ZERO = 1e-7
LEAST_COUNT = 3


@dataclass(frozen=True)
class MeasuredFit:
    """How the claims of a part compare with its slopes.

    Attributes:
        factors: of each array: the claim is so many times the slope; None if no factor fits.
        left_out: whether the claims stay the same where the slopes change, as in a backward pass
            that leaves out a derivative because of the cost after it.

    """

    factors: tuple[float | None, ...]
    left_out: bool = False

    @property
    def is_right(self) -> bool:
        """Whether every claim is its slope."""
        return all(each is not None and _near(each, 1.0) for each in self.factors)

    @property
    def is_right_by_factor(self) -> bool:
        """Whether one positive factor makes every claim its slope."""
        first = self.factors[0]
        return (
            first is not None
            and first > 0.0
            and all(each is not None and _near(each, first) for each in self.factors)
        )

    @property
    def is_right_by_a_count(self) -> bool:
        """Whether that factor may be a number of examples or outputs, or 1 over one.

        It is a whole number from 3 on: 2 is a usual mistake.
        """
        if not self.is_right_by_factor or self.factors[0] is None:
            return False
        count = max(self.factors[0], 1.0 / self.factors[0])
        return count >= LEAST_COUNT - 0.5 and _near(count, round(count))

    def is_surely_wrong(self, is_input: Sequence[bool], counts: Sequence[int]) -> bool:
        """Whether no convention explains the claims.

        A parameter's gradient may have any factor, and an input's may be multiplied or divided by
        the number of examples.

        Args:
            is_input: of each array.
            counts: of examples, and other numbers that may be divided by.

        """
        if self.left_out:
            return False
        usual = [1.0, *(float(each) for each in counts), *(1.0 / each for each in counts)]
        return any(
            factor is None or (held and not any(_near(factor, each) for each in usual))
            for factor, held in zip(self.factors, is_input, strict=True)
        )


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= FITS * abs(other)


def measured_fit(part: Part, seed: int) -> MeasuredFit:
    """Compare the claims of a part with central differences, in the reading that fits best.

    Args:
        part: small: its cost is computed a few dozen times for each array.
        seed: of the entries that are compared.

    Raises:
        StudentError: its code raised something, or its cost or its claims are not the same each
            time.

    """
    # The same numbers as in a check of the part.
    values = [array.value for array in with_sensible_scale(part.arrays, seed)[0]]
    if not np.array_equal(part.cost.at(values), part.cost.at(values)):
        raise StudentError("its cost is not the same each time")
    readings = part.claims_at(values)
    again = part.claims_at(values)
    for one, other in zip(readings, again, strict=True):
        pairs = zip(one.arrays, other.arrays, strict=True)
        if not all(np.array_equal(a, b, equal_nan=True) for a, b in pairs):
            raise StudentError("its gradients are not the same each time")
    entries = _entries(values, seed)
    slopes = _slopes(part, values, entries)
    found = [_factors(each.arrays, slopes, entries) for each in readings]
    fits = [MeasuredFit(each) for each in found]
    best = max(range(len(fits)), key=lambda which: _score(fits[which]))
    if fits[best].is_right:
        return fits[best]
    return MeasuredFit(found[best], _leaves_out(part, best, values, slopes, entries))


def _score(fit: MeasuredFit) -> tuple[int, int]:
    known = [each for each in fit.factors if each is not None]
    return sum(_near(each, 1.0) for each in known), len(known)


def _entries(values: Values, seed: int) -> list[HostArray]:
    generator = np.random.default_rng([seed, 17])
    return [np.sort(generator.permutation(value.size)[:ENTRIES]) for value in values]


def _slopes(part: Part, values: Values, entries: Sequence[HostArray]) -> list[HostArray]:
    engine = OneByOne(part.cost.at, list(values))
    found = []
    for which, positions in enumerate(entries):
        steps = np.full(len(positions), CENTRAL_STEP)
        changes = engine.cost_changes(which, positions, steps, (-1.0, 1.0))
        found.append(np.asarray((changes[1] - changes[0]) / (2.0 * CENTRAL_STEP)))
    return found


def _factors(
    claims: Values, slopes: Sequence[HostArray], entries: Sequence[HostArray]
) -> tuple[float | None, ...]:
    largest = max((float(np.abs(each).max(initial=0.0)) for each in slopes), default=0.0)
    return tuple(
        _factor(claim.reshape(-1)[positions], slope, AS_ZERO * largest)
        for claim, slope, positions in zip(claims, slopes, entries, strict=True)
    )


def _factor(claim: HostArray, slope: HostArray, zero: float) -> float | None:
    """The factor that makes a claim of the slopes; None if none does."""
    size = float(np.linalg.norm(slope))
    if size <= zero:
        return 1.0 if float(np.linalg.norm(claim)) <= zero else None
    factor = float(claim @ slope) / size**2
    off = float(np.linalg.norm(claim - factor * slope))
    return factor if off <= FITS * float(np.linalg.norm(claim)) and factor != 0.0 else None


def _leaves_out(
    part: Part,
    which: int,
    values: Values,
    slopes: Sequence[HostArray],
    entries: Sequence[HostArray],
) -> bool:
    """Whether the claims stay the same elsewhere, though the slopes change."""
    elsewhere = [0.5 * value[..., ::-1] for value in values]
    claims = [part.claims_at(each)[which].arrays for each in (values, elsewhere)]
    there = _slopes(part, elsewhere, entries)
    same_claims = all(np.array_equal(a, b) for a, b in zip(*claims, strict=True))
    same_slopes = all(np.allclose(a, b, atol=1e-6) for a, b in zip(slopes, there, strict=True))
    return same_claims and not same_slopes
