"""Trials of a student's cost: it must depend on the parameters, and on nothing that changes."""

import time

import numpy as np

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.student_cost import StudentCost
from gradcheck.homework.understanding.student_network import StudentNetwork

__all__ = ["expect_cost_of_parameters", "seconds_of_cost"]

TIMED_COSTS = 5  # the quickest counts: the others may have been held up


def expect_cost_of_parameters(student: StudentNetwork, cost: StudentCost) -> None:
    """Check that the cost changes if all parameters are moved far from where they are.

    Args:
        student: whose parameters they are; they are left as they are.
        cost: of the student's network.

    Raises:
        StudentError: it stays the same: the forward pass uses other arrays.

    """
    values = student.parameters.values()
    generator = np.random.default_rng(0)
    before = cost.value()
    moved = [
        value + (1.0 + np.abs(value)) * generator.standard_normal(value.shape) for value in values
    ]
    student.parameters.place(moved)
    try:
        after = cost.value()
    except StudentError:
        return  # the cost cannot be computed there, so it depends on the parameters
    finally:
        student.parameters.place(values)
    if before == after:
        raise StudentError(
            f"The cost is {float(np.real(before)):g} for any weights and biases; the forward pass "
            "should use these arrays, not copies of them and not stored results"
        )


def seconds_of_cost(student: StudentNetwork, cost: StudentCost) -> float:
    """How long one cost takes, the quickest of a few, which must all be the same number.

    Args:
        student: whose parameters they are; they are left as they are.
        cost: of the student's network.

    Raises:
        StudentError: the numbers differ.

    """
    values = student.parameters.values()
    seconds, found = [], []
    for _ in range(TIMED_COSTS):
        student.caller.announce("the cost")
        begun = time.perf_counter()
        student.parameters.place(values)
        found.append(cost.value())
        seconds.append(time.perf_counter() - begun)
    if len({repr(value) for value in found}) > 1:
        first, other = sorted(set(map(str, found)))[:2]
        raise StudentError(
            f"The cost was {first} and then {other} for the same parameters; it should be the same "
            "each time (no dropout, no state)"
        )
    return min(seconds)
