"""Trials of a part's cost: it must depend on the arrays, and on nothing that changes."""

import time

import numpy as np

from gradcheck.homework.contract import PartCost, Values
from gradcheck.homework.student_code import Caller, StudentError

__all__ = ["expect_cost_of_arrays", "seconds_of_cost"]

TIMED_COSTS = 5  # the quickest counts: the others may have been held up


def expect_cost_of_arrays(cost: PartCost, values: Values) -> None:
    """Check that the cost changes if all arrays are moved far from where they are.

    Args:
        cost: of the part.
        values: of its arrays, in their shapes.

    Raises:
        StudentError: it stays the same: the forward pass uses other arrays.

    """
    generator = np.random.default_rng(0)
    before = cost.at(values)
    moved = [
        value + (1.0 + np.abs(value)) * generator.standard_normal(value.shape) for value in values
    ]
    try:
        after = cost.at(moved)
    except StudentError:
        return  # the cost cannot be computed there, so it depends on the arrays
    if before == after:
        raise StudentError(
            f"The cost is {float(np.real(before)):g} for any weights and biases; the forward pass "
            "should use these arrays, not copies of them and not stored results"
        )


def seconds_of_cost(cost: PartCost, values: Values, caller: Caller) -> float:
    """How long one cost takes, the quickest of a few, which must all be the same number.

    Args:
        cost: of the part.
        values: of its arrays, in their shapes.
        caller: guards the calls.

    Raises:
        StudentError: the numbers differ.

    """
    seconds, found = [], []
    for _ in range(TIMED_COSTS):
        caller.announce("the cost")
        begun = time.perf_counter()
        found.append(cost.at(values))
        seconds.append(time.perf_counter() - begun)
    if len({repr(value) for value in found}) > 1:
        first, other = sorted(set(map(str, found)))[:2]
        raise StudentError(
            f"The cost was {first} and then {other} for the same parameters; it should be the same "
            "each time (no dropout, no state)"
        )
    return min(seconds)
