"""Smooth costs with something awkward: stiff, oscillating, flat, or with slopes that vanish."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from tests.benchmarks.foreign_functions.problems import (
    SCALED,
    Problem,
    between,
    decades,
    family,
    length,
    normal,
    sigmoid,
    signs,
)


@family()
def ill_conditioned_quadratic(draw: Generator) -> Problem:
    """A quadratic form whose curvatures are up to 1e10 apart."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (q, values) = p, d
        return 0.5 * xp.sum(values * (q @ x) ** 2)

    n = length(draw, 2, 6)
    q, _ = np.linalg.qr(normal(draw, n, n))
    return Problem(formula, (normal(draw, n),), (q, decades(draw, -5, 5, n)))


@family()
def steep_rosenbrock(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (steepness,) = p, d
        return xp.sum(steepness * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)

    return Problem(formula, (between(draw, -2, 2, length(draw, 2, 5)),), (decades(draw, 3, 6, 1),))


@family()
def stiff_exponentials(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, k) = p, d
        return xp.sum(a * xp.exp(k * x))

    n = length(draw, 1, 5)
    data = (normal(draw, n), between(draw, 20, 100, n) * signs(draw, n))
    return Problem(formula, (between(draw, -0.1, 0.1, n),), data, reach=0.01)


@family()
def hilbert_least_squares(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, b) = p, d
        return xp.sum((a @ x - b) ** 2)

    n = length(draw, 3, 8)
    rows = np.arange(n)
    return Problem(formula, (normal(draw, n),), (1.0 / (rows + rows[:, None] + 1), normal(draw, n)))


@family()
def fast_oscillation(draw: Generator) -> Problem:
    """Waves shorter than the usual steps are wide: frequencies up to 10,000."""
    n = length(draw, 1, 5)
    frequency = decades(draw, 2, 4, n)

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, w) = p, d
        return xp.sum(a * xp.sin(w * x))

    data = (normal(draw, n), frequency)
    return Problem(formula, (normal(draw, n),), data, reach=0.2 / float(np.max(frequency)))


@family()
def small_ripple(draw: Generator) -> Problem:
    """A parabola with a ripple too low to see and steep enough to feel."""
    frequency, height = float(decades(draw, 2, 4)), float(decades(draw, -5, -3))

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,) = p
        return xp.sum(x**2) + height * xp.sum(xp.sin(frequency * x))

    return Problem(formula, (normal(draw, length(draw, 1, 5)),), reach=0.2 / frequency)


@family()
def plateau(draw: Generator) -> Problem:
    """Saturated units: the slopes are down to 1e-8 of those elsewhere."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        x, y = p
        return xp.sum(sigmoid(xp, x)) + xp.sum(xp.exp(-(y**2)))

    n, m = length(draw), length(draw, 1, 4)
    points = (between(draw, 2, 18, n) * signs(draw, n), between(draw, 1, 4, m) * signs(draw, m))
    return Problem(formula, points)


@family()
def far_plateau(draw: Generator) -> Problem:
    """A hyperbolic tangent so saturated that the cost does not move at all."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(xp.tanh(p[0]) * d[0])

    n = length(draw)
    x = between(draw, 10, 40, n) * signs(draw, n)
    a = normal(draw, n)
    right = a * 4.0 * np.exp(-2.0 * np.abs(x)) / (1.0 + np.exp(-2.0 * np.abs(x))) ** 2
    return Problem(formula, (x,), (a,), right=(right,))


@family()
def inflection(draw: Generator) -> Problem:
    """Cubics, some of them at the point of inflection, where the slope is 0."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, c) = p, d
        return xp.sum(a * (x - c) ** 3)

    n = length(draw, 2, 8)
    x = normal(draw, n)
    shift = normal(draw, n) * (draw.random(n) < 0.5)
    return Problem(formula, (x,), (normal(draw, n), x + shift))


@family()
def stationary(draw: Generator) -> Problem:
    """Minima, maxima and saddle points in some of the entries."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x, y), (a,) = p, d
        return xp.sum(a * xp.cos(x)) + xp.sum(y[:-1] ** 2 * y[1:] ** 2) + xp.sum(y**4)

    n, m = length(draw, 2, 8), length(draw, 2, 5)
    points = (normal(draw, n) * (draw.random(n) < 0.5), normal(draw, m) * (draw.random(m) < 0.6))
    return Problem(formula, points, (normal(draw, n),))


@family()
def at_the_minimum(draw: Generator) -> Problem:
    """A least-squares cost where it is least: every slope is 0."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (target,) = p, d
        return xp.sum((x - target) ** 2) + 1.0

    x = normal(draw, length(draw))
    return Problem(formula, (x,), (x,))


@family()
def unused_parameters(draw: Generator) -> Problem:
    """Some arrays and some entries that the cost does not use."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        x, unused = p
        return xp.sum(xp.sin(x[::2])) + 0.0 * xp.sum(unused)

    return Problem(formula, (normal(draw, length(draw, 3, 8)), normal(draw, 2, 2)))


@family()
def iterated_map(draw: Generator) -> Problem:
    """The logistic map, iterated: the slope grows with every iteration."""
    times = length(draw, 3, 12)

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        rate, x = p
        for _ in range(times):
            x = rate * x * (1.0 - x)
        return xp.sum(x)

    n = length(draw, 1, 3)
    points = (between(draw, 3.5, 3.9, n), between(draw, 0.2, 0.8, n))
    return Problem(formula, points, reach=1e-3)


@family()
def high_degree(draw: Generator) -> Problem:
    """Powers up to the thirtieth."""
    degree = length(draw, 8, 30)

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * p[0] ** degree)

    n = length(draw, 1, 6)
    return Problem(formula, (between(draw, 0.5, 1.5, n) * signs(draw, n),), (normal(draw, n),))


@family(SCALED)
def nine_decades(draw: Generator) -> Problem:
    """One array whose slopes lie nine powers of ten apart."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * xp.sin(p[0]))

    n = length(draw, 4, 10)
    weights = 10.0 ** draw.permutation(np.linspace(-9.0, 0.0, n)) * signs(draw, n)
    return Problem(formula, (normal(draw, n),), (weights * float(decades(draw, -3, 3)),))


@family(SCALED)
def units_apart(draw: Generator) -> Problem:
    """Parameters of very different sizes that matter equally, such as metres and nanometres."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (unit, a) = p, d
        z = x / unit
        return xp.sum(a * xp.sin(z)) + xp.prod(xp.cos(0.3 * z))

    n = length(draw, 2, 7)
    unit = decades(draw, -9, 9, n)
    return Problem(formula, (unit * normal(draw, n),), (unit, normal(draw, n)))
