"""Signs that a thing is compared with itself: what is too good to be a measurement."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from array_api_compat import is_numpy_array

from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.report import Report
from nets.arrays import Array

__all__ = ["equal_to_the_last_bit", "shared_memory"]

# Fewer entries may be equal by chance: round numbers, a cost that is nearly linear.
ENOUGH = 5
# The complex step subtracts nothing, so that nine of ten entries may be equal where the claim is
# right and the network small.
ENOUGH_COMPLEX = 100


def equal_to_the_last_bit(report: Report) -> list[str]:
    """Say so if no entry of the claim differs from its estimate, not even by round-off."""
    arrays = report.arrays
    enough = ENOUGH_COMPLEX if scheme_named(report.scheme).is_complex else ENOUGH
    entries = sum(int(np.count_nonzero(array.backprop)) for array in arrays)
    same = all(np.array_equal(array.backprop, array.numerical) for array in arrays)
    if not same or entries < enough:
        return []
    return [
        f"claim and estimate are equal to the last bit in all {entries:,} entries that are not 0. "
        "Two ways of computing never are, unless the arithmetic is exact: is the claim made of "
        "the same differences?"
    ]


def shared_memory(
    names: Sequence[str], values: Sequence[Array], claims: Sequence[Array]
) -> list[str]:
    """Say where a claimed gradient lies in the memory of a parameter or of another claim.

    Args:
        names: of the parameters.
        values: the parameters, as they were given.
        claims: their gradients, as they were given.

    """
    said = []
    for name, claim in zip(names, claims, strict=True):
        for other, value in zip(names, values, strict=True):
            if _share(claim, value):
                said.append(
                    f"the gradient given for {name} is kept in the memory of {other} itself"
                )
    for (name, claim), (other, another) in combinations(zip(names, claims, strict=True), 2):
        if _share(claim, another):
            said.append(f"the gradients given for {name} and {other} share their memory")
    return said


def _share(one: Array, other: Array) -> bool:
    if not (is_numpy_array(one) and is_numpy_array(other)):
        return False
    # Not by their bounds alone: a matrix and the column beside it, cut from one buffer, lie
    # between each other and share nothing.
    return bool(np.shares_memory(one, other))
