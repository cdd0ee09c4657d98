"""Load a student's class, find out what it means, and compute its gradients once."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.student_code import Caller
from gradcheck.homework.understanding.backprop import Backprop
from gradcheck.homework.understanding.claimed_gradients import ClaimedGradients, claimed_gradients
from gradcheck.homework.understanding.class_facts import ClassFacts, NamedGradients
from gradcheck.homework.understanding.cost import cost_named, cost_of
from gradcheck.homework.understanding.cost_trials import (
    expect_cost_of_parameters,
    seconds_of_cost,
)
from gradcheck.homework.understanding.load_class import load_class
from gradcheck.homework.understanding.recognise_backprop import recognise_backprop
from gradcheck.homework.understanding.student_cost import StudentCost
from gradcheck.homework.understanding.student_network import NetworkBuilder, StudentNetwork
from nets.arrays import HostArray

__all__ = ["UnderstoodClass", "understand_class"]

# Gradients of these dtypes are rounded by the student's own code.
ROUNDED_DTYPES = ("float32", "float16")


@dataclass(frozen=True)
class UnderstoodClass:
    """A student's network whose cost can be computed, and the facts about its class.

    Attributes:
        student: the network.
        batch: inputs (n_input, batch) and targets (n_output, batch).
        cost: the network's own.
        facts: what was found out.

    """

    student: StudentNetwork
    batch: MiniBatch
    cost: StudentCost
    facts: ClassFacts

    def other_cost(self, name: str) -> StudentCost:
        """The cost of that name in ``COSTS_OF_OUTPUT``, for the same network and mini-batch.

        Raises:
            StudentError: there is no forward pass.

        """
        return cost_named(self.student, self.batch, name, "another cost")


def understand_class(
    caller: Caller,
    class_name: str,
    sizes: Sequence[int],
    seed: int,
    batch: MiniBatch,
    cost_name: str | None = None,
) -> UnderstoodClass:
    """Load a class, find out what it means, and compute the gradients that it claims.

    Args:
        caller: guards the calls; its ``path`` is the file.
        class_name: of the class in it.
        sizes: neurons in each layer.
        seed: of the random numbers that the class draws.
        batch: inputs (n_input, batch) and targets (n_output, batch).
        cost_name: in ``COSTS_OF_OUTPUT``, used in place of the class's own cost; or None.

    Raises:
        StudentError: the class cannot be understood; the message says what is missing.

    """
    builder = NetworkBuilder(load_class(caller, class_name), class_name, sizes, seed, caller)
    parameters = builder.build().parameters
    values = parameters.values()
    builder = replace(builder, values=values)
    backprop = recognise_backprop(builder, batch)
    student = builder.build()
    claimed, seconds_of_backprop = _timed_gradients(student, backprop, batch)
    cost = _cost(student, batch, backprop, cost_name)
    if any(np.any(gradient) for gradient in claimed.first[0]):
        # A network whose gradients are all 0 may have a cost that never changes.
        expect_cost_of_parameters(student, cost)
    facts = ClassFacts(
        values=values,
        gradients=_named(backprop, claimed.first),
        again=None if claimed.again is None else _named(backprop, claimed.again),
        sums=cost.sums if backprop.form.whole else (),
        rounded=any(dtype in backprop.read.unusual for dtype in ROUNDED_DTYPES),
        cost=cost.name,
        guessed=cost.guessed,
        passes=cost.passes,
        seconds={"cost": seconds_of_cost(student, cost), "backprop": seconds_of_backprop},
        findings=(*parameters.findings, *backprop.findings(), *claimed.findings, *cost.findings),
    )
    return UnderstoodClass(student, batch, cost, facts)


def _timed_gradients(
    student: StudentNetwork, backprop: Backprop, batch: MiniBatch
) -> tuple[ClaimedGradients, float]:
    """The gradients that backprop claims, and the seconds that it takes."""
    begun = time.perf_counter()
    claimed = claimed_gradients(student, backprop, batch)
    return claimed, (time.perf_counter() - begun) / 2  # they were computed twice


def _cost(
    student: StudentNetwork, batch: MiniBatch, backprop: Backprop, name: str | None
) -> StudentCost:
    if name is not None:
        return cost_named(student, batch, name, "given by --cost")
    return cost_of(student, batch, backprop.form)


def _named(backprop: Backprop, gradients: Sequence[list[HostArray]]) -> list[NamedGradients]:
    return [
        NamedGradients(reading.text, reading.transposed, arrays)
        for reading, arrays in zip(backprop.readings, gradients, strict=True)
    ]
