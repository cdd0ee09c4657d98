"""Costs near the edge of their domain, where a step too long leaves it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from tests.benchmarks.foreign_functions.problems import (
    EDGE,
    Array,
    Formula,
    Problem,
    between,
    decades,
    eliminated,
    family,
    length,
    normal,
    signs,
)


def each_entry(name: str, times: float = 1.0) -> Formula:
    """A weighted sum of one NumPy function of every entry."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return times * xp.sum(d[0] * getattr(xp, name)(p[0]))

    return formula


def below_one(draw: Generator, smallest: float, n: int) -> Array:
    """Numbers below one, by between a tenth and so many powers of ten."""
    return 1.0 - decades(draw, smallest, -1, n)


@family(EDGE)
def log_near_zero(draw: Generator) -> Problem:
    n = length(draw)
    return Problem(each_entry("log"), (decades(draw, -12, 0, n),), (normal(draw, n),))


@family(EDGE)
def sqrt_near_zero(draw: Generator) -> Problem:
    n = length(draw)
    return Problem(each_entry("sqrt"), (decades(draw, -12, 0, n),), (normal(draw, n),))


@family(EDGE)
def arccos_near_one(draw: Generator) -> Problem:
    n = length(draw)
    x, a = below_one(draw, -10, n) * signs(draw, n), normal(draw, n)
    right = -a / np.sqrt((1.0 - x) * (1.0 + x))
    return Problem(each_entry("arccos"), (x,), (a,), right=(right,))


@family(EDGE)
def arcsin_near_one(draw: Generator) -> Problem:
    n = length(draw)
    x, a = below_one(draw, -10, n) * signs(draw, n), normal(draw, n)
    right = 3.0 * a / np.sqrt((1.0 - x) * (1.0 + x))
    return Problem(each_entry("arcsin", 3.0), (x,), (a,), right=(right,))


@family(EDGE)
def arctanh_near_one(draw: Generator) -> Problem:
    n = length(draw)
    x, a = below_one(draw, -10, n) * signs(draw, n), normal(draw, n)
    right = a / ((1.0 - x) * (1.0 + x))
    return Problem(each_entry("arctanh"), (x,), (a,), right=(right,))


@family(EDGE)
def arccosh_near_one(draw: Generator) -> Problem:
    n = length(draw)
    x, a = 1.0 + decades(draw, -10, 0, n), normal(draw, n)
    right = a / np.sqrt((x - 1.0) * (x + 1.0))
    return Problem(each_entry("arccosh"), (x,), (a,), right=(right,))


@family(EDGE)
def tangent_near_its_pole(draw: Generator) -> Problem:
    n = length(draw)
    x = 0.5 * np.pi - decades(draw, -6, 0, n)
    return Problem(each_entry("tan"), (x,), (normal(draw, n),))


@family(EDGE)
def reciprocal_near_zero(draw: Generator) -> Problem:
    n = length(draw)
    x = decades(draw, -8, 0, n) * signs(draw, n)
    return Problem(each_entry("reciprocal"), (x,), (normal(draw, n),), right=None)


@family(EDGE)
def power_below_one(draw: Generator) -> Problem:
    """Powers such as ``x ** 0.5``, infinitely steep at 0."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[1] * p[0] ** d[0])

    n = length(draw)
    return Problem(
        formula, (decades(draw, -12, 0, n),), (between(draw, 0.1, 0.9, n), normal(draw, n))
    )


@family(EDGE)
def entropy_of_tiny_probabilities(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return -xp.sum(p[0] * xp.log(p[0]))

    q = decades(draw, -12, 0, length(draw, 2, 8))
    return Problem(formula, (q / np.sum(q),))


@family(EDGE)
def log_barrier(draw: Generator) -> Problem:
    """A walk along the inside of a box, close to its walls at 0 and 1."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, weight) = p, d
        return xp.sum(a * x) - weight * xp.sum(xp.log(x) + xp.log(1.0 - x))

    n = length(draw)
    distance = decades(draw, -9, -0.5, n)
    x = np.where(draw.random(n) < 0.5, distance, 1.0 - distance)
    return Problem(formula, (x,), (normal(draw, n), float(decades(draw, -6, 0))))


@family(EDGE)
def log_of_one_minus(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * xp.log(1.0 - p[0]))

    n = length(draw)
    return Problem(formula, (below_one(draw, -12, n),), (normal(draw, n),))


@family(EDGE)
def log_odds(draw: Generator) -> Problem:
    """The logit of probabilities next to 0 and to 1."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * (xp.log(p[0]) - xp.log(1.0 - p[0])))

    n = length(draw)
    distance = decades(draw, -10, -0.5, n)
    return Problem(
        formula,
        (np.where(draw.random(n) < 0.5, distance, 1.0 - distance),),
        (normal(draw, n),),
    )


@family(EDGE)
def circle_from_inside(draw: Generator) -> Problem:
    """The height of a half circle, close to its rim."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * xp.sqrt((1.0 - p[0]) * (1.0 + p[0])))

    n = length(draw)
    x = below_one(draw, -10, n) * signs(draw, n)
    return Problem(formula, (x,), (normal(draw, n),))


@family(EDGE)
def power_tower(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * xp.exp(p[0] * xp.log(p[0])))

    n = length(draw)
    return Problem(formula, (decades(draw, -10, 0.3, n),), (normal(draw, n),))


@family(EDGE)
def nested_logarithm(draw: Generator) -> Problem:
    """A logarithm of a logarithm, defined above 1."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * xp.log(xp.log1p(p[0] - 1.0)))

    n = length(draw)
    return Problem(formula, (1.0 + decades(draw, -8, 1, n),), (normal(draw, n),))


@family(EDGE)
def exponential_near_overflow(draw: Generator) -> Problem:
    n = length(draw, 1, 4)
    return Problem(
        each_entry("exp"), (between(draw, 600, 709.3, n),), (between(draw, 0.1, 0.9, n),)
    )


@family(EDGE)
def log_determinant_near_singular(draw: Generator) -> Problem:
    """Condition numbers up to 1e6; the right gradient is an inverse in ``longdouble``."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.log(xp.linalg.det(p[0]))

    def second(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return eliminated(xp, p[0], d[0])[1]

    n = length(draw, 2, 4)
    q, _ = np.linalg.qr(normal(draw, n, n))
    values = np.ones(n)
    values[0] = float(decades(draw, -6, -1))
    matrix = (q * values) @ q.T
    inverse, _ = eliminated(np, matrix.astype(np.longdouble), np.eye(n))
    right = (inverse.T.astype(float),)
    return Problem(formula, (matrix,), (np.eye(n),), right=right, second=second, reach=values[0])


@family(EDGE)
def at_the_end_of_the_domain(draw: Generator) -> Problem:
    """Defined from 0 on; some entries are exactly 0, where only one side can be measured."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, b, power) = p, d
        return xp.sum(a * x + b * xp.where(x >= 0.0, x, np.nan) ** power)

    n = length(draw)
    x = decades(draw, -3, 0, n) * (draw.random(n) < 0.5)
    a, b = between(draw, 0.2, 2, n) * signs(draw, n), normal(draw, n)
    power = np.asarray(draw.choice([2.0, 2.5, 3.0, 3.5], n))
    right = (a + b * power * x ** (power - 1.0),)
    return Problem(formula, (x,), (a, b, power), right=right, holomorphic=False, side=1)


@family(EDGE)
def steep_end_of_the_domain(draw: Generator) -> Problem:
    """As before with ``x ** 1.5``, whose curvature at 0 is infinite."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, b) = p, d
        return xp.sum(a * x + b * x * xp.sqrt(x))

    n = length(draw, 1, 5)
    x = decades(draw, -3, 0, n) * (draw.random(n) < 0.5)
    a, b = between(draw, 0.2, 2, n) * signs(draw, n), normal(draw, n)
    right = (a + 1.5 * b * np.sqrt(x),)
    return Problem(formula, (x,), (a, b), right=right, holomorphic=False, side=1)
