"""Signs that a gradient is compared with itself: agreement that is too good to be measured."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from array_api_compat import is_numpy_array

from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.report import Report
from nets.arrays import Array

__all__ = ["equal_to_the_last_bit", "shared_memory", "suspicions"]

# Entries. Fewer may be equal to the last bit by chance: round numbers, a nearly linear cost.
# Chosen.
ENOUGH = 5
# Entries, for the complex step. It subtracts nothing: in a small network nine of ten entries
# may be equal where the claim is right. All of 100 then are with a probability of 0.9^100 = 3e-5.
ENOUGH_COMPLEX = 100


def suspicions(report: Report, values: Sequence[Array], claims: Sequence[Array]) -> tuple[str, ...]:
    """All such signs, a sentence each.

    Args:
        report: what a check found of the arrays.
        values: the parameters, as they were given.
        claims: their gradients, as they were given, each in the shape of its array.

    """
    names = [array.name for array in report.arrays]
    filled = [position for position, value in enumerate(values) if 0 not in value.shape]
    some = [values[position] for position in filled], [claims[position] for position in filled]
    return (*shared_memory(names, *some), *equal_to_the_last_bit(report))


def equal_to_the_last_bit(report: Report) -> list[str]:
    """A sentence if no entry of the claim differs from its estimate, not even by round-off."""
    arrays = report.arrays
    enough = ENOUGH_COMPLEX if scheme_named(report.scheme).is_complex else ENOUGH
    entries = sum(int(np.count_nonzero(array.backprop)) for array in arrays)
    same = all(np.array_equal(array.backprop, array.numerical) for array in arrays)
    if not same or entries < enough:
        return []
    return [
        f"claim and estimate are equal to the last bit in all {entries:,} entries that are not 0. "
        "Two ways of computing give the same bits only where the arithmetic is exact. Was the "
        "claim itself computed by finite differences?"
    ]


def shared_memory(
    names: Sequence[str], values: Sequence[Array], claims: Sequence[Array]
) -> list[str]:
    """A sentence for each claim that lies in the memory of a parameter or of another claim.

    Args:
        names: of the parameters.
        values: the parameters, as they were given.
        claims: their gradients, as they were given, each in the shape of its array.

    """
    said = []
    for name, claim in zip(names, claims, strict=True):
        for other, value in zip(names, values, strict=True):
            if _share(claim, value):
                said.append(
                    f"the gradient given for {name} is stored in the memory of {other} itself"
                )
    for (name, claim), (other, another) in combinations(zip(names, claims, strict=True), 2):
        if _share(claim, another):
            said.append(f"the gradients given for {name} and {other} share their memory")
    return said


def _share(one: Array, other: Array) -> bool:
    if not (is_numpy_array(one) and is_numpy_array(other)):
        return False
    # Their bounds alone are not enough. A matrix and the column beside it may be cut from one
    # buffer: then their bounds overlap, and yet they share nothing.
    return bool(np.shares_memory(one, other))
