"""The claims of code for one way of handing over examples, and the cost that they belong to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedArray
from gradcheck.homework.sensible_scale import with_sensible_scale
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.code import Code, Learned
from gradcheck.homework.understanding.by_trying.cost_of_code import (
    CostOfCode,
    costs_of,
    half_of_squares,
)
from gradcheck.homework.understanding.by_trying.fitting import fit_of, part_that_fits
from gradcheck.homework.understanding.by_trying.many_steps import expect_one_step
from gradcheck.homework.understanding.by_trying.returned import ReturnedGradients
from gradcheck.homework.understanding.by_trying.steps import Steps
from nets.arrays import HostArray

__all__ = ["ReadCode", "Wishes"]


@dataclass(frozen=True)
class Wishes:
    """What is known before the code is tried.

    Attributes:
        source: the text of the student's class or functions.
        cost: a name in ``COSTS_OF_OUTPUT`` that was asked for; or None.
        backward: the function that gives the gradients, where it was named; or None.

    """

    source: str = ""
    cost: str | None = None
    backward: str | None = None


@dataclass(frozen=True)
class ReadCode:
    """Code that was understood.

    Attributes:
        code: the student's.
        learned: its arrays.
        claims: how its gradients are computed.
        cost: which they belong to.
        fixed: the names of plain numbers that the output depends on, and that no step changes.

    """

    code: Code
    learned: Learned
    claims: ReturnedGradients | Steps
    cost: CostOfCode
    fixed: tuple[str, ...] = ()


Found = tuple[ReadCode, bool]


def probe_values(learned: Learned, seed: int) -> list[HostArray]:
    """The first values to compare claims with slopes at, in the arrays' shapes; none is tiny."""
    arrays = [
        NamedArray(path.name, value)
        for path, value in zip(learned.paths, learned.values, strict=True)
    ]
    return [array.value for array in with_sensible_scale(arrays, seed)[0]]


def with_cost(
    code: Code,
    claims: ReturnedGradients | Steps,
    wishes: Wishes,
    readings: Sequence[Any],
    values: Sequence[HostArray],
) -> Found:
    """The cost that fits; the likeliest one if none does.

    Args:
        code: the student's.
        claims: how its gradients are computed.
        wishes: what is known before.
        readings: of the gradients at these values, one array in the shape of each value.
        values: of the arrays, in their shapes.

    Raises:
        StudentError: there is no cost, or none fits and one call makes many steps.

    """
    costs = costs_of(code.copied(), claims.trial, claims.learned, wishes.source, wishes.cost)
    has_rate = not isinstance(claims, Steps) or claims.has_rate
    if isinstance(claims, Steps) and has_rate:
        own = code.copied()
        more = (half_of_squares(each, claims.trial, own, claims.learned) for each in costs)
        costs = [*costs, *(each for each in more if each is not None)]
    for cost in costs:
        own = code.copied()
        try:
            factor = fit_of(
                readings,
                _placed(cost, own, claims.learned),
                values,
                any_factor=cost.guessed or not has_rate,
            )
        except StudentError:
            continue
        if factor is not None:
            if isinstance(claims, Steps) and not cost.guessed:
                claims = replace(claims, own_rate=factor if not has_rate else 1.0)
            return ReadCode(code, claims.learned, claims, cost), True
    if isinstance(claims, Steps):
        expect_one_step(claims, code)
    nearest = _nearest(code, claims, costs, readings, values) if len(costs) > 1 else costs[0]
    return ReadCode(code, claims.learned, claims, nearest), False


def _nearest(
    code: Code,
    claims: ReturnedGradients | Steps,
    costs: Sequence[CostOfCode],
    readings: Sequence[Any],
    values: Sequence[HostArray],
) -> CostOfCode:
    """The guessed cost that fits the most arrays, if none fits all; the first of equal ones."""
    found = []
    for cost in costs:
        at = _placed(cost, code.copied(), claims.learned)
        try:
            count, _ = part_that_fits(readings, at, values, any_factor=True)
        except StudentError:
            count = 0
        found.append(count if cost.guessed else 0)
    return costs[found.index(max(found))]


def _placed(cost: CostOfCode, code: Code, learned: Learned) -> Callable[[Sequence[HostArray]], Any]:
    def at(values: Sequence[HostArray]) -> Any:
        learned.place(code, [*values])
        with np.errstate(all="ignore"):
            return cost.value(code)

    return at
