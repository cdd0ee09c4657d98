"""Smooth costs that any checker should find easy."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from tests.benchmarks.foreign_functions.problems import (
    Problem,
    between,
    family,
    length,
    log_sum_exp,
    normal,
    signs,
    softplus,
)


@family()
def polynomial(draw: Generator) -> Problem:
    """A cubic in each entry, summed."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, b, c) = p, d
        return xp.sum(a * x**3 + b * x**2 + c * x)

    n = length(draw)
    return Problem(formula, (normal(draw, n),), tuple(normal(draw, n) for _ in range(3)))


@family()
def trigonometric(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x, y), (a, w) = p, d
        return xp.sum(a * xp.sin(w * x + y)) + xp.cos(xp.sum(x * y))

    n = length(draw)
    return Problem(
        formula, (normal(draw, n), normal(draw, n)), (normal(draw, n), between(draw, 0.5, 5, n))
    )


@family()
def exponential(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, b) = p, d
        return xp.sum(a * xp.exp(b * x))

    n = length(draw)
    return Problem(formula, (normal(draw, n),), (normal(draw, n), between(draw, -3, 3, n)))


@family()
def rational(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, b) = p, d
        return xp.sum(a / (1.0 + x**2) + b * x / (2.0 + x**4))

    n = length(draw)
    return Problem(formula, (2.0 * normal(draw, n),), (normal(draw, n), normal(draw, n)))


@family()
def softplus_of_linear(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x, b), (a,) = p, d
        return xp.sum(softplus(xp, a @ x + b))

    n, m = length(draw), length(draw, 2, 6)
    return Problem(formula, (normal(draw, n), normal(draw, m)), (normal(draw, m, n),))


@family()
def logarithm_of_exponentials(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a,) = p, d
        return log_sum_exp(xp, a @ x)

    n, m = length(draw), length(draw, 2, 8)
    return Problem(formula, (normal(draw, n),), (3.0 * normal(draw, m, n),))


@family()
def quadratic_form(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a, b) = p, d
        return 0.5 * x @ (a @ x) - b @ x

    n = length(draw, 2, 10)
    return Problem(formula, (normal(draw, n),), (normal(draw, n, n), normal(draw, n)))


@family()
def rosenbrock(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,) = p
        return xp.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)

    return Problem(formula, (between(draw, -2, 2, length(draw, 2, 8)),))


@family()
def styblinski_tang(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,) = p
        return 0.5 * xp.sum(x**4 - 16.0 * x**2 + 5.0 * x)

    return Problem(formula, (between(draw, -5, 5, length(draw)),))


@family()
def ackley(draw: Generator) -> Problem:
    """Away from 0, where it has a kink."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,) = p
        waves = xp.mean(xp.cos(2.0 * np.pi * x))
        return 20.0 - 20.0 * xp.exp(-0.2 * xp.sqrt(xp.mean(x**2))) - xp.exp(waves) + np.e

    n = length(draw)
    return Problem(formula, (between(draw, 0.3, 4, n) * signs(draw, n),))


@family()
def rastrigin(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,) = p
        return xp.sum(x**2 - 10.0 * xp.cos(2.0 * np.pi * x) + 10.0)

    return Problem(formula, (between(draw, -5, 5, length(draw)),))


@family()
def griewank(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (roots,) = p, d
        return 1.0 + xp.sum(x**2) / 4000.0 - xp.prod(xp.cos(x / roots))

    n = length(draw, 1, 6)
    return Problem(formula, (between(draw, -30, 30, n),), (np.sqrt(np.arange(1.0, n + 1.0)),))


@family()
def himmelblau(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        x, y = p
        return xp.sum((x**2 + y - 11.0) ** 2 + (x + y**2 - 7.0) ** 2)

    n = length(draw, 1, 4)
    return Problem(formula, (between(draw, -5, 5, n), between(draw, -5, 5, n)))


@family()
def linear(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x, y), (a, b) = p, d
        return xp.sum(a * x) + xp.sum(b * y) + 0.25

    n, m = length(draw), length(draw, 1, 4)
    points = (normal(draw, n), normal(draw, m, 2))
    return Problem(formula, points, (normal(draw, n), normal(draw, m, 2)))


@family()
def product_of_entries(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.prod(p[0]) + xp.sum(p[0])

    n = length(draw, 2, 8)
    return Problem(formula, (between(draw, 0.3, 2, n) * signs(draw, n),))


@family()
def smooth_norm(draw: Generator) -> Problem:
    """The length of a vector, with a one under the root."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a,) = p, d
        return xp.sqrt(1.0 + xp.sum((a @ x) ** 2))

    n, m = length(draw), length(draw, 2, 6)
    return Problem(formula, (normal(draw, n),), (normal(draw, m, n),))


@family()
def polar_coordinates(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x, y), (a,) = p, d
        return xp.sum(a * xp.arctan2(y, x) + xp.sqrt(x**2 + y**2))

    n = length(draw, 1, 5)
    points = (between(draw, 0.5, 3, n), between(draw, -3, 3, n))
    return Problem(formula, points, (normal(draw, n),), holomorphic=False)


@family()
def smooth_bump(draw: Generator) -> Problem:
    """The bump ``exp(-1 / (1 - x^2))``, inside of its support."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (a,) = p, d
        return xp.sum(a * xp.exp(-1.0 / (1.0 - x**2)))

    n = length(draw)
    return Problem(formula, (between(draw, -0.8, 0.8, n),), (normal(draw, n),), reach=0.1)


@family()
def nested_waves(draw: Generator) -> Problem:
    """A sine of an exponential of a cosine, some layers deep."""
    depth = length(draw, 1, 4)

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        z = p[0]
        for _ in range(depth):
            z = xp.sin(xp.exp(0.5 * xp.cos(z)) + 0.3 * z)
        return xp.sum(z * d[0])

    n = length(draw)
    return Problem(formula, (normal(draw, n),), (normal(draw, n),))


@family()
def fourier_series(draw: Generator) -> Problem:
    """The squared distance of a Fourier series from some values."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (a, b, w), (t, values, k) = p, d
        phase = w * k[:, None] * t[None, :]
        return xp.mean((a @ xp.sin(phase) + b @ xp.cos(phase) - values) ** 2)

    n = length(draw, 1, 4)
    t = np.linspace(0.0, 3.0, 12)
    points = (normal(draw, n), normal(draw, n), between(draw, 0.5, 1.5, 1))
    return Problem(formula, points, (t, normal(draw, 12), np.arange(1.0, n + 1.0)))


@family()
def quadrature(draw: Generator) -> Problem:
    """An integral by the trapezoidal rule, as a function of its parameters."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (a, b), (t,) = p, d
        values = xp.exp(-(a[:, None] ** 2) * t) * xp.cos(b[:, None] * t)
        return xp.sum((values[:, 1:] + values[:, :-1]) * 0.5 * (t[1:] - t[:-1]))

    n = length(draw, 1, 4)
    return Problem(formula, (normal(draw, n), normal(draw, n)), (np.linspace(0.0, 4.0, 30),))
