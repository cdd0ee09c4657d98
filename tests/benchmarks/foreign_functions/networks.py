"""Small networks and their parts, as they are written by hand in NumPy."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from tests.benchmarks.foreign_functions.problems import (
    Array,
    Problem,
    family,
    length,
    log_sum_exp,
    normal,
    one_hot,
    sigmoid,
    softmax,
    softplus,
)


def cross_entropy(xp: Any, scores: Any, targets: Any) -> Any:
    """The mean cross-entropy of a softmax; a column for each example."""
    return xp.mean(log_sum_exp(xp, scores) - xp.sum(targets * scores, axis=0))


def hidden_layer(draw: Generator) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Weights and biases of two layers, and a mini-batch with labels."""
    n, hidden, classes, m = length(draw, 1, 4), length(draw, 2, 4), 3, length(draw, 1, 5)
    weights = (
        normal(draw, hidden, n),
        normal(draw, hidden, 1),
        normal(draw, classes, hidden),
        normal(draw, classes, 1),
    )
    return weights, (normal(draw, n, m), one_hot(draw, classes, m))


@family()
def softmax_cross_entropy(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w, b), (inputs, targets) = p, d
        return cross_entropy(xp, w @ inputs + b, targets)

    n, classes, m = length(draw, 1, 5), length(draw, 2, 4), length(draw, 1, 6)
    points = (normal(draw, classes, n), normal(draw, classes, 1))
    return Problem(formula, points, (normal(draw, n, m), one_hot(draw, classes, m)))


@family()
def logistic_regression(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w, b), (inputs, labels) = p, d
        margins = labels * (inputs @ w + b)
        return xp.mean(softplus(xp, -margins)) + 0.01 * xp.sum(w**2)

    n, m = length(draw, 1, 8), length(draw, 3, 12)
    data = (normal(draw, m, n), np.asarray(draw.choice([-1.0, 1.0], m)))
    return Problem(formula, (normal(draw, n), normal(draw, 1)), data)


@family()
def sigmoid_network(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w, b, v, c), (inputs, targets) = p, d
        outputs = sigmoid(xp, v @ sigmoid(xp, w @ inputs + b) + c)
        return 0.5 * xp.mean(xp.sum((outputs - targets) ** 2, axis=0))

    return Problem(formula, *hidden_layer(draw))


@family()
def tanh_network(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w, b, v, c), (inputs, targets) = p, d
        return cross_entropy(xp, v @ xp.tanh(w @ inputs + b) + c, targets)

    return Problem(formula, *hidden_layer(draw))


@family()
def gated_unit_network(draw: Generator) -> Problem:
    """Two smooth relatives of the rectifier: swish, and GELU by its tanh formula."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w, b, v, c), (inputs, targets) = p, d
        z = w @ inputs + b
        swish = z * sigmoid(xp, z)
        z = v @ swish + c
        gelu = 0.5 * z * (1.0 + xp.tanh(0.7978845608 * (z + 0.044715 * z**3)))
        return xp.mean((gelu - targets) ** 2)

    return Problem(formula, *hidden_layer(draw))


@family()
def residual_network(draw: Generator) -> Problem:
    depth = length(draw, 2, 5)

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w, b), (inputs, targets) = p, d
        z = inputs
        for _ in range(depth):
            z = z + xp.tanh(w @ z + b)
        return xp.mean((z - targets) ** 2)

    n, m = length(draw, 1, 4), length(draw, 1, 4)
    points = (normal(draw, n, n), normal(draw, n, 1))
    return Problem(formula, points, (normal(draw, n, m), normal(draw, n, m)))


@family()
def dropout_network(draw: Generator) -> Problem:
    """With a fixed mask: the weights behind it have slopes of exactly 0."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w, b, v, c), (inputs, targets, mask) = p, d
        return cross_entropy(xp, v @ (mask * xp.tanh(w @ inputs + b)) + c, targets)

    points, data = hidden_layer(draw)
    mask = 2.0 * (draw.random((len(points[0]), 1)) < 0.5)
    return Problem(formula, points, (*data, mask))


@family()
def attention(draw: Generator) -> Problem:
    """A single head, with weights for queries, keys and values."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (queries, keys, values), (tokens, targets) = p, d
        scores = (tokens @ queries) @ (tokens @ keys).T / float(np.sqrt(tokens.shape[1]))
        return xp.mean((softmax(xp, scores, axis=1) @ (tokens @ values) - targets) ** 2)

    n, m = length(draw, 2, 3), length(draw, 2, 5)
    points = tuple(normal(draw, n, n) for _ in range(3))
    return Problem(formula, points, (normal(draw, m, n), normal(draw, m, n)))


@family()
def layer_norm(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (x, scale, shift), (targets,) = p, d
        off = x - xp.mean(x, axis=1, keepdims=True)
        spread = xp.sqrt(xp.mean(off**2, axis=1, keepdims=True) + 1e-5)
        return xp.mean((scale * off / spread + shift - targets) ** 2)

    n, m = length(draw, 3, 6), length(draw, 1, 4)
    points = (normal(draw, m, n), normal(draw, n), normal(draw, n))
    return Problem(formula, points, (normal(draw, m, n),))


@family()
def batch_norm(draw: Generator) -> Problem:
    """A layer before the normalisation; its biases have slopes of exactly 0."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w, b, scale, shift), (inputs, targets) = p, d
        z = inputs @ w + b
        off = z - xp.mean(z, axis=0)
        z = scale * off / xp.sqrt(xp.mean(off**2, axis=0) + 1e-3) + shift
        return xp.mean((xp.tanh(z) - targets) ** 2)

    n, hidden, m = length(draw, 1, 4), length(draw, 1, 3), length(draw, 3, 8)
    points = (normal(draw, n, hidden), *(normal(draw, hidden) for _ in range(3)))
    return Problem(formula, points, (normal(draw, m, n), normal(draw, m, hidden)))


@family()
def lstm_cell(draw: Generator) -> Problem:
    """Some steps of a long short-term memory; the four gates are stacked in one matrix."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (w, b), (inputs, targets) = p, d
        width = len(targets)
        hidden, cell = 0.0 * targets, 0.0 * targets
        for x in inputs:
            z = w @ xp.concatenate([x, hidden]) + b
            gates = sigmoid(xp, z[: 3 * width])
            cell = gates[:width] * cell + gates[width : 2 * width] * xp.tanh(z[3 * width :])
            hidden = gates[2 * width :] * xp.tanh(cell)
        return xp.sum((hidden - targets) ** 2)

    n, width = length(draw, 1, 2), length(draw, 1, 2)
    points = (normal(draw, 4 * width, n + width), normal(draw, 4 * width))
    return Problem(formula, points, (normal(draw, length(draw, 1, 4), n), normal(draw, width)))


@family()
def gru_cell(draw: Generator) -> Problem:
    """Some steps of a gated recurrent unit."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (update, reset, new), (inputs, targets) = p, d
        hidden = 0.0 * targets
        for x in inputs:
            both = xp.concatenate([x, hidden])
            keep = sigmoid(xp, update @ both)
            fresh = xp.tanh(new @ xp.concatenate([x, sigmoid(xp, reset @ both) * hidden]))
            hidden = keep * hidden + (1.0 - keep) * fresh
        return xp.sum((hidden - targets) ** 2)

    n, width = length(draw, 1, 2), length(draw, 1, 3)
    points = tuple(normal(draw, width, n + width) for _ in range(3))
    return Problem(formula, points, (normal(draw, length(draw, 2, 5), n), normal(draw, width)))


@family()
def convolution(draw: Generator) -> Problem:
    """One dimension, some filters, a tanh and a mean over positions."""

    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (filters, b), (signal, targets) = p, d
        width = filters.shape[1]
        windows = xp.stack([signal[k : len(signal) - width + 1 + k] for k in range(width)])
        return xp.sum((xp.mean(xp.tanh(filters @ windows + b), axis=1) - targets) ** 2)

    count, width = length(draw, 1, 4), length(draw, 2, 5)
    points = (normal(draw, count, width), normal(draw, count, 1))
    return Problem(formula, points, (normal(draw, 12), normal(draw, count)))


@family()
def graph_convolution(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (first, second), (links, features, targets) = p, d
        hidden = xp.tanh(links @ features @ first)
        return xp.mean((links @ hidden @ second - targets) ** 2)

    m, n, hidden = length(draw, 3, 6), length(draw, 1, 4), length(draw, 1, 4)
    links = (draw.random((m, m)) < 0.4) + np.eye(m)
    links = links / np.sum(links, axis=1, keepdims=True)
    points = (normal(draw, n, hidden), normal(draw, hidden, 2))
    return Problem(formula, points, (links, normal(draw, m, n), normal(draw, m, 2)))


@family()
def matrix_factorisation(draw: Generator) -> Problem:
    def formula(xp: Any, p: Sequence[Any], d: Sequence[Any]) -> Any:
        (u, v), (ratings, known) = p, d
        return xp.sum(known * (u @ v.T - ratings) ** 2) + 0.1 * (xp.sum(u**2) + xp.sum(v**2))

    m, n, rank = length(draw, 2, 5), length(draw, 2, 5), length(draw, 1, 3)
    data = (normal(draw, m, n), 1.0 * (draw.random((m, n)) < 0.6))
    return Problem(formula, (normal(draw, m, rank), normal(draw, n, rank)), data)
