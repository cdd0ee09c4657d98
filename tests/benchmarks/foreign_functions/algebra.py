"""Linear algebra: powers, inverses, determinants and factors of matrices."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from tests.benchmarks.foreign_functions.problems import (
    Problem,
    eliminated,
    family,
    length,
    normal,
)


@family()
def trace_of_powers(draw: Generator) -> Problem:
    power = length(draw, 2, 6)

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        raised = p[0]
        for _ in range(power - 1):
            raised = raised @ p[0]
        return xp.trace(raised)

    n = length(draw, 2, 5)
    return Problem(formula, (normal(draw, n, n),))


@family()
def power_iteration(draw: Generator) -> Problem:
    """The largest eigenvalue, as far as some multiplications lead."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (a,), (start,) = p, d
        x = start
        for _ in range(6):
            x = (a + a.T) @ x
            x = x / xp.sqrt(xp.sum(x**2))
        return x @ (a @ x)

    n = length(draw, 2, 5)
    return Problem(formula, (normal(draw, n, n) + 2.0 * np.eye(n),), (normal(draw, n),))


@family()
def matrix_exponential(draw: Generator) -> Problem:
    """By its series."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (a,), (unit, weights) = p, d
        term = total = unit
        for k in range(1, 16):
            term = term @ a / float(k)
            total = total + term
        return xp.sum(weights * total)

    n = length(draw, 2, 4)
    return Problem(formula, (0.7 * normal(draw, n, n),), (np.eye(n), normal(draw, n, n)))


@family()
def matrix_inverse(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * xp.linalg.inv(p[0]))

    def second(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * eliminated(xp, p[0], d[1])[0])

    n = length(draw, 2, 4)
    matrix = normal(draw, n, n) + 4.0 * np.eye(n)
    return Problem(formula, (matrix,), (normal(draw, n, n), np.eye(n)), second=second)


@family()
def cholesky_likelihood(draw: Generator) -> Problem:
    """A normal likelihood; its covariance is ``A A' + I``, factored by Cholesky's rule."""

    def covariance(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return p[0] @ p[0].T + d[1]

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        factor = xp.linalg.cholesky(covariance(xp, p, d))
        z = xp.linalg.solve(factor, d[0] - p[1])
        return 0.5 * xp.sum(z**2) + xp.sum(xp.log(xp.sum(factor * d[1], axis=1)))

    def second(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        off = d[0] - p[1]
        solved, logarithm = eliminated(xp, covariance(xp, p, d), off[:, None])
        return 0.5 * (off @ solved[:, 0] + logarithm)

    n = length(draw, 2, 4)
    data = (normal(draw, n), np.eye(n))
    points = (normal(draw, n, n), normal(draw, n))
    return Problem(formula, points, data, second=second, holomorphic=False)


@family()
def gaussian_process(draw: Generator) -> Problem:
    """The marginal likelihood as a function of three logarithms: length, height and noise."""

    def parts(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> tuple[Any, Any]:
        (h,), (apart, values, unit) = p, d
        kernel = xp.exp(2.0 * h[1] - 0.5 * apart**2 * xp.exp(-2.0 * h[0]))
        return kernel + xp.exp(2.0 * h[2]) * unit, values

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        kernel, values = parts(xp, p, d)
        determinant = xp.log(xp.linalg.det(kernel))
        return 0.5 * (values @ xp.linalg.solve(kernel, values) + determinant)

    def second(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        kernel, values = parts(xp, p, d)
        solved, determinant = eliminated(xp, kernel, values[:, None])
        return 0.5 * (values @ solved[:, 0] + determinant)

    m = length(draw, 2, 7)
    x = np.sort(2.0 * normal(draw, m))
    data = (x[:, None] - x[None, :], normal(draw, m), np.eye(m))
    point = np.array([0.3, 0.3, 0.3]) * normal(draw, 3) + np.array([0.0, 0.0, -1.0])
    return Problem(formula, (point,), data, second=second)
