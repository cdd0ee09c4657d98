"""The right gradients, and whether they are: each is measured again in ``longdouble``.

The measurement extrapolates differences at 23 steps, each a quarter of the one before, and takes
the step where neighbouring results agree best. Their disagreement is its uncertainty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import autograd.numpy as autograd_numpy
import numpy as np
from autograd import grad

from tests.benchmarks.foreign_functions.problems import Array, Problem

STEPS = 23
SMALL = float(np.finfo(np.longdouble).eps)

__all__ = ["Comparison", "compare", "reference_slope", "right_gradient"]


def right_gradient(problem: Problem) -> list[Array]:
    """The right gradient: in closed form where the problem has one, by autograd otherwise."""
    if problem.right is not None:
        return [np.array(array, float) for array in problem.right]

    def cost(parameters: Sequence[Any]) -> Any:
        return problem.formula(autograd_numpy, parameters, problem.data)

    with np.errstate(all="ignore"):
        return [np.array(array, float) for array in grad(cost)(list(problem.parameters))]


def along(problem: Problem, which: int, position: int, steps: Array) -> Array:
    """The costs after these changes of one entry, in ``longdouble``."""
    formula = problem.second or problem.formula
    costs = []
    for step in steps:
        parameters = [array.astype(np.longdouble) for array in problem.parameters]
        parameters[which].flat[position] += step
        costs.append(np.longdouble(formula(np, parameters, problem.data)))
    return np.array(costs)


def reference_slope(problem: Problem, which: int, position: int, side: int) -> tuple[float, float]:
    """The slope along one entry, with its uncertainty.

    Args:
        problem: the cost and the point.
        which: the number of the array.
        position: the entry, counted through the whole array.
        side: 0 for both sides, 1 for larger values only, -1 for smaller ones only.

    """
    array = problem.parameters[which]
    width = abs(array.flat[position]) or float(np.max(np.abs(array))) or 1.0
    first = min(0.25 * float(width), problem.reach)
    steps = np.longdouble(first) / np.longdouble(4.0) ** np.arange(STEPS)
    # Steps as the computer adds them.
    start = np.longdouble(array.flat[position])
    ahead, behind = (start + steps) - start, (start - steps) - start
    if side > 0:
        behind = 0.0 * behind
    if side < 0:
        ahead = 0.0 * ahead
    with np.errstate(all="ignore"):
        upper, lower = (along(problem, which, position, each) for each in (ahead, behind))
        slopes = (upper - lower) / (ahead - behind)
        rate = 16.0 if side == 0 else 4.0
        faster = rate**2 if side == 0 else 16.0
        once = (rate * slopes[1:] - slopes[:-1]) / (rate - 1.0)
        twice = (faster * once[1:] - once[:-1]) / (faster - 1.0)
        rounding = 4.0 * SMALL * np.abs(upper[2:-1]) / steps[2:-1]
        apart = np.abs(twice[:-1] - twice[1:]) + np.abs(twice[:-1] - once[1:-1]) + rounding
    apart = np.where(np.isfinite(apart), apart, np.inf)
    best = int(np.argmin(apart))
    return float(twice[best]), float(apart[best])


@dataclass(frozen=True)
class Comparison:
    """How a claimed gradient compares with the measurement in ``longdouble``.

    Attributes:
        entries: how many entries there are.
        unresolved: how many of them the measurement cannot tell.
        wrong: those that are apart, in words.

    """

    entries: int
    unresolved: int
    wrong: tuple[str, ...]


def compare(problem: Problem, claims: Sequence[Array]) -> Comparison:
    """Compare a claimed gradient with the measurement, entry by entry."""
    entries = unresolved = 0
    wrong: list[str] = []
    height = abs(problem.formula(np, problem.parameters, problem.data)) or 1e-10
    for which, claim in enumerate(claims):
        # A slope this large changes the cost by as much as it is, over the width of the array.
        steepest = height / (float(np.max(np.abs(problem.parameters[which]))) or 1.0)
        low, high = _bounds(problem, which)
        largest = float(np.max(np.abs(low[:, 0])))
        for position, value in enumerate(np.ravel(claim)):
            (least, doubt), (most, other) = low[position], high[position]
            doubt = max(doubt, other)
            size = max(abs(least), abs(most))
            entries += 1
            if not doubt <= 1e-6 * size + 1e-9 * largest + 1e-12 * steepest:
                unresolved += 1
                continue
            room = 4.0 * doubt + 1e-8 * size + 1e-14 * (largest + steepest)
            if not least - room <= value <= most + room:
                wrong.append(f"array {which}, entry {position}: {value:.17g}, not {least:.17g}")
    wrong.extend(_complex_faults(problem, claims))
    return Comparison(entries, unresolved, tuple(wrong))


def _bounds(problem: Problem, which: int) -> tuple[Array, Array]:
    """The least and the greatest right slope of every entry, each with its uncertainty."""
    low, high = [], []
    for position in range(problem.parameters[which].size):
        on_it = problem.at_kink is not None and problem.at_kink[which].flat[position]
        if on_it:
            sides = sorted(reference_slope(problem, which, position, side) for side in (-1, 1))
        else:
            sides = [reference_slope(problem, which, position, problem.side)]
        low.append(sides[0])
        high.append(sides[-1])
    return np.array(low), np.array(high)


def _complex_faults(problem: Problem, claims: Sequence[Array]) -> list[str]:
    """Entries where a complex step through the cost, as it is computed, tells another slope."""
    if not problem.holomorphic:
        return []
    faults = []
    for which, claim in enumerate(claims):
        width = float(np.max(np.abs(problem.parameters[which]))) or 1.0
        height = abs(problem.cost(problem.parameters)) or 1e-10
        # A cost that loses digits loses some of them on the way to the slope, too.
        share = 1e-4 if problem.computed is None else 1e-2
        room = 1e-6 * float(np.max(np.abs(claim))) + 1e-12 * height / width
        for position, value in enumerate(np.ravel(claim)):
            parameters = [array.astype(complex) for array in problem.parameters]
            step = 1e-20 * width
            parameters[which].flat[position] += 1j * step
            slope = float(np.imag(problem.cost(parameters))) / step
            if not abs(slope - value) <= share * abs(value) + room:
                faults.append(
                    f"array {which}, entry {position}: {value:.17g}, complex {slope:.17g}"
                )
    return faults
