"""The costs of other families, disturbed: an offset, single precision, few digits, other units."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.random import Generator

from tests.benchmarks.foreign_functions.problems import (
    CLEAN,
    FAMILIES,
    NOISY,
    SCALED,
    Array,
    Formula,
    Problem,
    between,
    decades,
    family,
    length,
    normal,
)

# Their float64 costs are too large, too flat or too stiff to be read through any noise.
UNFIT = {"ill_conditioned_quadratic", "steep_rosenbrock", "far_plateau", "high_degree"}


def some_clean_problem(draw: Generator) -> Problem:
    """A problem of some clean family; the families are taken in the order of their names."""
    names = sorted(name for name, each in FAMILIES.items() if each.kind == CLEAN)
    fit = [name for name in names if name not in UNFIT]
    return FAMILIES[fit[int(draw.integers(len(fit)))]].draw(draw)


def single(value: Any) -> Any:
    """The same in ``float32``."""
    return np.asarray(value, np.float32)


def as_if_single(problem: Problem) -> Problem:
    """Point and data rounded to ``float32`` numbers, which ``float64`` holds exactly."""
    return replace(
        problem,
        parameters=tuple(single(array).astype(float) for array in problem.parameters),
        data=tuple(single(array).astype(float) for array in problem.data),
        right=None,
    )


def in_single_precision(formula: Formula) -> Formula:
    def computed(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        value = formula(xp, [single(array) for array in p], [single(array) for array in d])
        return np.float32(value)

    return computed


def with_value(change: Callable[[Any], Any], formula: Formula) -> Formula:
    """The formula with its value changed afterwards."""

    def changed(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return change(formula(xp, p, d))

    return changed


@family(NOISY)
def large_offset(draw: Generator) -> Problem:
    """A constant of 1e3 to 1e9 added to the cost: it takes away as many digits."""
    problem = some_clean_problem(draw)
    offset = float(decades(draw, 3, 9))
    return replace(problem, computed=with_value(lambda cost: cost + offset, problem.formula))


@family(NOISY)
def single_precision(draw: Generator) -> Problem:
    problem = as_if_single(some_clean_problem(draw))
    computed = in_single_precision(problem.formula)
    return replace(problem, computed=computed, holomorphic=False)


@family(NOISY)
def single_precision_with_offset(draw: Generator) -> Problem:
    problem = as_if_single(some_clean_problem(draw))
    offset = np.float32(decades(draw, 0, 2))
    computed = with_value(lambda cost: cost + offset, in_single_precision(problem.formula))
    return replace(problem, computed=computed, holomorphic=False)


@family(NOISY)
def value_in_single_precision(draw: Generator) -> Problem:
    """Computed in ``float64``, handed over as ``float32``."""
    problem = some_clean_problem(draw)
    return replace(problem, computed=with_value(np.float32, problem.formula), holomorphic=False)


@family(NOISY)
def few_digits(draw: Generator) -> Problem:
    """The cost rounded to 5 to 10 digits, as if read from a log file."""
    problem = some_clean_problem(draw)
    digits = length(draw, 5, 10)
    computed = with_value(lambda cost: float(f"{float(cost):.{digits}g}"), problem.formula)
    return replace(problem, computed=computed, holomorphic=False)


@family(NOISY)
def fixed_decimals(draw: Generator) -> Problem:
    """The cost rounded to 4 to 9 decimals."""
    problem = some_clean_problem(draw)
    decimals = length(draw, 4, 9)
    computed = with_value(lambda cost: round(float(cost), decimals), problem.formula)
    return replace(problem, computed=computed, holomorphic=False)


@family(NOISY)
def grainy(draw: Generator) -> Problem:
    """Errors of a relative 1e-12 to 1e-7 that look like chance, yet repeat."""
    problem = some_clean_problem(draw)
    size = float(decades(draw, -12, -7))

    def disturb(cost: Any) -> Any:
        grain = np.frombuffer(np.float64(cost).tobytes(), np.uint64)[0]
        return cost * (1.0 + size * np.random.default_rng(int(grain)).uniform(-1.0, 1.0))

    return replace(problem, computed=with_value(disturb, problem.formula), holomorphic=False)


@family(NOISY)
def hidden_cancellation(draw: Generator) -> Problem:
    """``(1 - cos x) / x^2`` as it is written: few of its digits are right when x is small."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * 2.0 * (xp.sin(0.5 * p[0]) / p[0]) ** 2)

    def computed(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * (1.0 - xp.cos(p[0])) / p[0] ** 2)

    n = length(draw, 1, 5)
    x, a = decades(draw, -3, 0, n), normal(draw, n)
    series = x * (-1.0 / 12.0 + x**2 * (1.0 / 180.0 - x**2 / 6720.0 * (1.0 - x**2 / 67.5)))
    half = 0.5 * x
    exact = 4.0 * (np.sin(half) / x) * (0.5 * np.cos(half) * x - np.sin(half)) / x**2
    right = a * np.where(x < 0.1, series, exact)
    return Problem(formula, (x,), (a,), right=(right,), computed=computed)


@family(NOISY)
def careless_variance(draw: Generator) -> Problem:
    """The variance as mean of squares less square of mean; the mean is large."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.mean((p[0] - xp.mean(p[0])) ** 2)

    def computed(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.mean(p[0] ** 2) - xp.mean(p[0]) ** 2

    x = normal(draw, length(draw, 2, 8)) + float(decades(draw, 2, 5))
    return Problem(formula, (x,), computed=computed)


@family(NOISY)
def sum_that_cancels(draw: Generator) -> Problem:
    """Large terms of both signs that leave a small cost."""

    def computed(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, large) = p, d
        terms = xp.concatenate([large + a * xp.sin(x), -large + xp.cos(a * x)])
        return xp.sum(terms)

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, _) = p, d
        return xp.sum(a * xp.sin(x)) + xp.sum(xp.cos(a * x))

    n = length(draw)
    data = (normal(draw, n), decades(draw, 3, 8, n))
    return Problem(formula, (normal(draw, n),), data, computed=computed)


def in_other_units(problem: Problem, units: Sequence[float], factor: float) -> Problem:
    """The same cost, of parameters in other units and times a factor."""

    def rescaled(formula: Formula) -> Formula:
        def changed(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
            plain = [array / unit for array, unit in zip(p, units, strict=True)]
            return factor * formula(xp, plain, d)

        return changed

    return replace(
        problem,
        formula=rescaled(problem.formula),
        second=rescaled(problem.second) if problem.second else None,
        parameters=tuple(a * u for a, u in zip(problem.parameters, units, strict=True)),
        right=None,
        reach=problem.reach * min(units),
    )


def every(problem: Problem, unit: Array) -> list[float]:
    """The same unit for all arrays."""
    return [float(unit)] * len(problem.parameters)


@family(SCALED)
def tiny_parameters(draw: Generator) -> Problem:
    problem = some_clean_problem(draw)
    return in_other_units(problem, every(problem, decades(draw, -12, -6)), 1.0)


@family(SCALED)
def huge_parameters(draw: Generator) -> Problem:
    problem = some_clean_problem(draw)
    return in_other_units(problem, every(problem, decades(draw, 6, 12)), 1.0)


@family(SCALED)
def tiny_cost(draw: Generator) -> Problem:
    problem = some_clean_problem(draw)
    return in_other_units(problem, every(problem, np.ones(())), float(decades(draw, -20, -6)))


@family(SCALED)
def huge_cost(draw: Generator) -> Problem:
    problem = some_clean_problem(draw)
    return in_other_units(problem, every(problem, np.ones(())), float(decades(draw, 6, 20)))


@family(SCALED)
def tiny_or_huge_in_all(draw: Generator) -> Problem:
    """Units of cost and parameters from 1e-12 to 1e12, each on its own."""
    problem = some_clean_problem(draw)
    units = [float(decades(draw, -12, 12)) for _ in problem.parameters]
    return in_other_units(problem, units, float(decades(draw, -12, 12)))


@family(SCALED)
def extreme_cost(draw: Generator) -> Problem:
    """Costs of 1e-150 or of 1e150: their squares leave the range of ``float64``."""
    problem = some_clean_problem(draw)
    power = between(draw, 120, 160) * draw.choice([-1.0, 1.0])
    return in_other_units(problem, every(problem, np.ones(())), float(10.0**power))
