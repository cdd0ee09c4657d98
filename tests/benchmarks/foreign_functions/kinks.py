"""Costs with kinks: most entries away from them, near or far; in some families some on them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from tests.benchmarks.foreign_functions.problems import (
    KINK,
    Array,
    Formula,
    Problem,
    between,
    decades,
    family,
    length,
    normal,
    relu,
    signs,
)

NEAREST = -7.0  # the power of ten of the smallest distance from a kink


def away(draw: Generator, n: int) -> tuple[Array, float]:
    """Numbers on both sides of 0, and half of the smallest distance from it."""
    if draw.random() < 0.5:
        x = between(draw, 0.1, 2, n) * signs(draw, n)
    else:
        x = decades(draw, NEAREST, 0, n) * signs(draw, n)
    return x, 0.5 * float(np.min(np.abs(x)))


def kinked(
    formula: Formula, x: Array, data: tuple[Any, ...], reach: float, on_it: Array | None = None
) -> Problem:
    """A problem of one array, with the entries on the kink if there are any."""
    masks = None if on_it is None else (np.asarray(on_it, bool),)
    return Problem(formula, (x,), data, holomorphic=False, reach=reach, at_kink=masks)


def weighted_absolute(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
    return xp.sum(d[0] * xp.abs(p[0])) + 0.5 * xp.sum(p[0] ** 2)


def weighted_relu(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
    return xp.sum(d[0] * relu(xp, p[0])) + xp.sum(xp.sin(p[0]))


@family(KINK)
def absolute_value(draw: Generator) -> Problem:
    n = length(draw)
    x, reach = away(draw, n)
    return kinked(weighted_absolute, x, (normal(draw, n),), reach)


@family(KINK)
def absolute_value_at_zero(draw: Generator) -> Problem:
    n = length(draw, 2, 8)
    on_it = np.arange(n) < length(draw, 1, 2)
    x = np.where(on_it, 0.0, between(draw, 0.1, 2, n) * signs(draw, n))
    return kinked(weighted_absolute, x, (between(draw, 0.3, 2, n),), 0.05, on_it)


@family(KINK)
def rectifier(draw: Generator) -> Problem:
    n = length(draw)
    x, reach = away(draw, n)
    return kinked(weighted_relu, x, (normal(draw, n),), reach)


@family(KINK)
def rectifier_at_zero(draw: Generator) -> Problem:
    n = length(draw, 2, 8)
    on_it = np.arange(n) < length(draw, 1, 2)
    x = np.where(on_it, 0.0, between(draw, 0.1, 2, n) * signs(draw, n))
    return kinked(weighted_relu, x, (between(draw, 0.3, 2, n),), 0.05, on_it)


@family(KINK)
def leaky_rectifier(draw: Generator) -> Problem:
    leak = float(decades(draw, -3, -0.3))

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * xp.where(p[0] > 0.0, p[0], leak * p[0]) ** 2 + d[0] * xp.abs(p[0]))

    n = length(draw)
    x, reach = away(draw, n)
    return kinked(formula, x, (normal(draw, n),), reach)


@family(KINK)
def largest_entry(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.max(p[0]) + xp.sum(d[0] * p[0])

    n = length(draw, 2, 8)
    x = draw.permutation(np.cumsum(decades(draw, NEAREST, 0, n)))
    return kinked(formula, x, (normal(draw, n),), 0.25 * float(np.min(np.diff(np.sort(x)))))


@family(KINK)
def largest_entry_tied(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.max(p[0]) + xp.sum(d[0] * p[0])

    n = length(draw, 3, 8)
    x = normal(draw, n)
    x[:2] = np.max(x) + 1.0
    return kinked(formula, x, (normal(draw, n),), 0.2, np.arange(n) < 2)


@family(KINK)
def hinge_loss(draw: Generator) -> Problem:
    """A support vector machine, no margin at its corner."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w,), (inputs, labels) = p, d
        return xp.mean(relu(xp, 1.0 - labels * (inputs @ w))) + 0.05 * xp.sum(w**2)

    n, m = length(draw, 2, 6), length(draw, 4, 10)
    w, inputs, labels = normal(draw, n), normal(draw, m, n), signs(draw, m)
    gap = np.min(np.abs(1.0 - labels * (inputs @ w))) / np.max(np.abs(inputs))
    return kinked(formula, w, (inputs, labels), 0.5 * float(gap))


@family(KINK)
def quantile_loss(draw: Generator) -> Problem:
    level = float(between(draw, 0.05, 0.95))

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        off = d[0] - p[0]
        return xp.sum(xp.maximum(level * off, (level - 1.0) * off))

    n = length(draw)
    x, reach = away(draw, n)
    return kinked(formula, x, (np.zeros(n),), reach)


@family(KINK)
def lasso(draw: Generator) -> Problem:
    """Least squares with a penalty on absolute values; some weights are exactly 0."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w,), (inputs, targets) = p, d
        return xp.mean((inputs @ w - targets) ** 2) + 0.5 * xp.sum(xp.abs(w))

    n, m = length(draw, 2, 6), 8
    on_it = draw.random(n) < 0.3
    w = np.where(on_it, 0.0, between(draw, 0.1, 2, n) * signs(draw, n))
    return kinked(formula, w, (normal(draw, m, n), normal(draw, m)), 0.05, on_it)


@family(KINK)
def max_pooling(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        pooled = xp.max(xp.reshape(p[0], (-1, 3)), axis=1)
        return xp.sum(d[0] * xp.tanh(pooled))

    n = length(draw, 1, 4)
    x = normal(draw, n, 3)
    gap = np.min(np.diff(np.sort(x, axis=1), axis=1))
    return kinked(formula, x, (normal(draw, n),), 0.4 * float(gap))


@family(KINK)
def clipped(draw: Generator) -> Problem:
    """Values clipped to [-1, 1]; beyond that, the slope is 0."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * xp.clip(p[0], -1.0, 1.0) ** 3)

    n = length(draw)
    x = normal(draw, n)
    return kinked(formula, x, (normal(draw, n),), 0.5 * float(np.min(np.abs(np.abs(x) - 1.0))))


@family(KINK)
def sorted_weights(draw: Generator) -> Problem:
    """An ordered weighted average: the largest counts most."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * xp.sort(p[0]))

    n = length(draw, 2, 8)
    x = normal(draw, n)
    gap = float(np.min(np.diff(np.sort(x))))
    return kinked(formula, x, (np.sort(between(draw, 0, 1, n)),), 0.4 * gap)


@family(KINK)
def interpolation(draw: Generator) -> Problem:
    """A broken line through some points, as a sum of absolute values."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (knots, slopes) = p, d
        return xp.sum(slopes[:, None] * xp.abs(x[None, :] - knots[:, None]))

    n, m = length(draw, 1, 6), length(draw, 2, 5)
    x, knots = normal(draw, n), normal(draw, m)
    gap = float(np.min(np.abs(x[None, :] - knots[:, None])))
    return kinked(formula, x, (knots, normal(draw, m)), 0.5 * gap)


@family(KINK)
def stairs(draw: Generator) -> Problem:
    """A slope with steps in it: the cost jumps, though not here."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return xp.sum(d[0] * p[0]) + xp.sum(xp.where(p[0] > 0.0, 1.0, 0.0))

    n = length(draw)
    x, reach = away(draw, n)
    return kinked(formula, x, (normal(draw, n),), reach)


@family(KINK)
def huber_loss(draw: Generator) -> Problem:
    """The slope has a kink, the cost has none; some entries lie where the pieces meet."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        off = xp.abs(p[0] - d[0])
        return xp.sum(xp.where(off < 1.0, 0.5 * off**2, off - 0.5))

    n = length(draw)
    x = 2.0 * normal(draw, n)
    x[draw.random(n) < 0.2] = 1.0
    right = (np.clip(x, -1.0, 1.0),)
    return Problem(formula, (x,), (np.zeros(n),), right=right, holomorphic=False, reach=1e-4)


@family(KINK)
def rectifier_network(draw: Generator) -> Problem:
    """One hidden layer of rectifiers, squared error."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w, b, v), (inputs, targets) = p, d
        return xp.mean((v @ relu(xp, w @ inputs + b[:, None]) - targets) ** 2)

    hidden, n, m = length(draw, 2, 4), length(draw, 1, 4), length(draw, 2, 6)
    w, b, inputs = normal(draw, hidden, n), normal(draw, hidden), normal(draw, n, m)
    gap = np.min(np.abs(w @ inputs + b[:, None])) / max(1.0, float(np.max(np.abs(inputs))))
    return Problem(
        formula,
        (w, b, normal(draw, hidden)),
        (inputs, normal(draw, m)),
        holomorphic=False,
        reach=0.5 * float(gap),
    )
