"""Losses and likelihoods of statistics and of machine learning."""

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
    one_hot,
    sigmoid,
    softmax,
    softplus,
)

LOG_TWO_PI = float(np.log(2.0 * np.pi))


def cosine(xp: Any, x: Any, y: Any) -> Any:
    return xp.sum(x * y) / xp.sqrt(xp.sum(x**2) * xp.sum(y**2))


@family()
def cosine_similarity(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        return 1.0 - cosine(xp, p[0], p[1])

    n = length(draw, 2, 8)
    return Problem(formula, (normal(draw, n), normal(draw, n)))


@family()
def contrastive_loss(draw: Generator) -> Problem:
    """Each row should be nearest to the row of its own number in another array."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x,), (others, matches) = p, d
        rows = x / xp.sqrt(xp.sum(x**2, axis=1, keepdims=True))
        scores = (rows @ others.T) / 0.2
        return xp.mean(log_sum_exp(xp, scores, axis=1) - xp.sum(scores * matches, axis=1))

    m, n = length(draw, 2, 5), length(draw, 2, 4)
    others = normal(draw, m, n)
    others = others / np.linalg.norm(others, axis=1, keepdims=True)
    return Problem(formula, (normal(draw, m, n),), (others, np.eye(m)))


@family()
def smooth_triplet_loss(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        anchor, near, far = p
        gap = xp.sum((anchor - near) ** 2, axis=1) - xp.sum((anchor - far) ** 2, axis=1)
        return xp.mean(softplus(xp, gap + 0.5))

    m, n = length(draw, 1, 3), length(draw, 1, 4)
    return Problem(formula, tuple(normal(draw, m, n) for _ in range(3)))


@family()
def gaussian_likelihood(draw: Generator) -> Problem:
    """Means and logarithms of spreads."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (mean, log_spread), (values,) = p, d
        z = (values - mean) * xp.exp(-log_spread)
        return xp.sum(0.5 * z**2 + log_spread + 0.5 * LOG_TWO_PI)

    n = length(draw)
    return Problem(formula, (normal(draw, n), 0.5 * normal(draw, n)), (normal(draw, 6, n),))


@family()
def student_likelihood(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (mean, spread), (values,) = p, d
        return xp.sum(2.0 * xp.log1p(((values - mean) / spread) ** 2 / 3.0) + xp.log(spread))

    n = length(draw, 1, 6)
    return Problem(formula, (normal(draw, n), between(draw, 0.3, 2, n)), (normal(draw, 5, n),))


@family()
def divergence_of_categories(draw: Generator) -> Problem:
    """The Kullback-Leibler divergence of a softmax from fixed probabilities."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        q = softmax(xp, p[0])
        return xp.sum(q * (xp.log(q) - xp.log(d[0])))

    n = length(draw, 2, 8)
    return Problem(formula, (2.0 * normal(draw, n),), (draw.dirichlet(np.ones(n)) + 1e-3,))


@family()
def divergence_of_gaussians(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        mean, log_variance = p
        return 0.5 * xp.sum(xp.exp(log_variance) + mean**2 - 1.0 - log_variance)

    n = length(draw)
    return Problem(formula, (normal(draw, n), normal(draw, n)))


@family()
def variational_autoencoder(draw: Generator) -> Problem:
    """The evidence bound with fixed noise; encoder and decoder are linear."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (mean_weights, spread_weights, decoder), (x, noise) = p, d
        mean, log_variance = mean_weights @ x, spread_weights @ x
        rebuilt = decoder @ (mean + xp.exp(0.5 * log_variance) * noise)
        divergence = 0.5 * xp.sum(xp.exp(log_variance) + mean**2 - 1.0 - log_variance)
        return (xp.sum(softplus(xp, rebuilt) - (x > 0.0) * rebuilt) + divergence) / x.shape[1]

    n, hidden, m = length(draw, 2, 4), length(draw, 1, 2), length(draw, 1, 4)
    points = tuple(0.5 * normal(draw, *s) for s in ((hidden, n), (hidden, n), (n, hidden)))
    return Problem(formula, points, (normal(draw, n, m), normal(draw, hidden, m)))


@family()
def focal_loss(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (z,), (labels,) = p, d
        right = sigmoid(xp, labels * z)
        return -xp.mean((1.0 - right) ** 2 * xp.log(right))

    n = length(draw)
    return Problem(formula, (2.0 * normal(draw, n),), (np.asarray(draw.choice([-1.0, 1.0], n)),))


@family()
def smoothed_labels(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (z,), (labels,) = p, d
        return xp.mean(log_sum_exp(xp, z) - xp.sum((0.9 * labels + 0.1 / len(z)) * z, axis=0))

    classes, m = length(draw, 2, 5), length(draw, 1, 4)
    return Problem(formula, (3.0 * normal(draw, classes, m),), (one_hot(draw, classes, m),))


@family()
def pseudo_huber_regression(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w,), (inputs, targets, width) = p, d
        off = (inputs @ w - targets) / width
        return xp.sum(width**2 * (xp.sqrt(1.0 + off**2) - 1.0))

    n, m = length(draw, 1, 6), 8
    width = float(between(draw, 0.3, 2))
    return Problem(formula, (normal(draw, n),), (normal(draw, m, n), normal(draw, m), width))


@family()
def poisson_regression(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w, b), (inputs, counts) = p, d
        rate = inputs @ w + b
        return xp.sum(xp.exp(rate) - counts * rate)

    n, m = length(draw, 1, 5), 8
    points = (0.5 * normal(draw, n), normal(draw, 1))
    return Problem(formula, points, (normal(draw, m, n), 1.0 * draw.poisson(2.0, m)))


@family()
def proportional_hazards(draw: Generator) -> Problem:
    """The partial likelihood of survival times, which are in order."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        risk = d[0] @ p[0]
        return xp.sum(xp.log(xp.cumsum(xp.exp(risk))) - risk)

    n = length(draw, 1, 6)
    return Problem(formula, (normal(draw, n),), (normal(draw, 7, n),))


@family()
def mixture_of_gaussians(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (scores, means, log_spreads), (values,) = p, d
        z = (values[None, :] - means[:, None]) * xp.exp(-log_spreads)[:, None]
        weighted = (scores - log_sum_exp(xp, scores) - log_spreads)[:, None] - 0.5 * z**2
        return -xp.sum(log_sum_exp(xp, weighted))

    k = length(draw, 2, 4)
    points = (normal(draw, k), 2.0 * normal(draw, k), 0.5 * normal(draw, k))
    return Problem(formula, points, (2.0 * normal(draw, 8),))


@family()
def chain_of_labels(draw: Generator) -> Problem:
    """A conditional random field: the forward algorithm, less the score of the right labels."""
    steps, classes = length(draw, 2, 5), length(draw, 2, 3)
    labels = [int(label) for label in draw.integers(0, classes, steps)]

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        scores, moves = p
        forward, gold = scores[0], scores[0, labels[0]]
        for t in range(1, steps):
            forward = log_sum_exp(xp, forward[:, None] + moves) + scores[t]
            gold = gold + moves[labels[t - 1], labels[t]] + scores[t, labels[t]]
        return log_sum_exp(xp, forward) - gold

    return Problem(formula, (normal(draw, steps, classes), normal(draw, classes, classes)))


@family()
def policy_gradient(draw: Generator) -> Problem:
    """A surrogate of reinforcement learning: log-probabilities times advantages."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w,), (states, actions, advantages) = p, d
        chances = softmax(xp, w @ states)
        taken = xp.sum(actions * xp.log(chances), axis=0)
        return -xp.mean(advantages * taken) + 0.01 * xp.sum(chances * xp.log(chances))

    n, classes, m = length(draw, 1, 4), length(draw, 2, 4), length(draw, 2, 6)
    data = (normal(draw, n, m), one_hot(draw, classes, m), normal(draw, m))
    return Problem(formula, (normal(draw, classes, n),), data)


@family()
def planar_flow(draw: Generator) -> Problem:
    """Values pushed through a planar flow, under a normal distribution."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (u, w, b), (values,) = p, d
        bent = xp.tanh(values @ w + b)
        moved = values + bent[:, None] * u[None, :]
        stretched = xp.log(1.0 + 0.3 * (1.0 - bent**2) * xp.tanh(xp.sum(u * w)))
        return xp.mean(0.5 * xp.sum(moved**2, axis=1) - stretched)

    n = length(draw, 1, 4)
    points = (normal(draw, n), normal(draw, n), normal(draw, 1))
    return Problem(formula, points, (normal(draw, 6, n),))
