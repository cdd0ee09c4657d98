"""The costs of the output alone, and what a name in a student's class says about them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nets.arrays import HostArray

__all__ = ["COSTS_OF_OUTPUT", "OutputCost", "meant_by"]


@dataclass(frozen=True)
class OutputCost:
    """A cost of the output a and the targets y, without any activation in it.

    Attributes:
        title: its name in a sentence, after "the".
        formula: in words and symbols.
        per_example: from a and y, each (n_output, batch), to the cost of each example, (batch,).

    """

    title: str
    formula: str
    per_example: Callable[[HostArray, HostArray], HostArray]


def _quadratic(a: HostArray, y: HostArray) -> HostArray:
    return np.asarray(np.sum((a - y) ** 2, axis=0) / 2)


def _squared(a: HostArray, y: HostArray) -> HostArray:
    return np.asarray(np.sum((a - y) ** 2, axis=0))


def _squared_over_outputs(a: HostArray, y: HostArray) -> HostArray:
    return np.asarray(np.mean((a - y) ** 2, axis=0))


def _half_squared_over_outputs(a: HostArray, y: HostArray) -> HostArray:
    return np.asarray(np.mean((a - y) ** 2, axis=0) / 2)


def _times_log(weight: HostArray, a: HostArray) -> HostArray:
    """Weight times ln a; 0 where the weight is 0, even if a is 0 there too."""
    return np.where(weight == 0.0, 0.0, weight * np.log(np.where(weight == 0.0, 1.0, a)))


def _cross_entropy(a: HostArray, y: HostArray) -> HostArray:
    return np.asarray(-np.sum(_times_log(y, a) + _times_log(1 - y, 1 - a), axis=0))


def _log_likelihood(a: HostArray, y: HostArray) -> HostArray:
    return np.asarray(-np.sum(_times_log(y, a), axis=0))


# Under the names that --cost has for them. The fused ones of ``nets`` contain the last layer's
# activation; here the student's own last layer applies it. All are averaged over the mini-batch.
COSTS_OF_OUTPUT = {
    "quadratic": OutputCost("quadratic cost", "sum (a - y)^2 / 2", _quadratic),
    "fused-sigmoid-cross-entropy": OutputCost(
        "cross-entropy", "cross-entropy, -sum (y ln a + (1 - y) ln(1 - a))", _cross_entropy
    ),
    "fused-softmax-cross-entropy": OutputCost(
        "log-likelihood", "log-likelihood, -sum y ln a", _log_likelihood
    ),
    "mean-squared-error": OutputCost("squared error", "sum (a - y)^2, without the half", _squared),
    "mean-squared-error-over-outputs": OutputCost(
        "squared error over outputs",
        "sum (a - y)^2 / n, the mean over the n outputs, without the half",
        _squared_over_outputs,
    ),
    "half-mean-squared-error-over-outputs": OutputCost(
        "quadratic cost over outputs",
        "sum (a - y)^2 / (2 n), the mean over the n outputs, with the half",
        _half_squared_over_outputs,
    ),
}
# The meaning of a string that names a class's cost; the first of these parts found in it counts.
MEANINGS = {
    "likelihood": "fused-softmax-cross-entropy",
    "nll": "fused-softmax-cross-entropy",
    "softmax": "fused-softmax-cross-entropy",
    "categorical": "fused-softmax-cross-entropy",
    "cross": "fused-sigmoid-cross-entropy",
    "bce": "fused-sigmoid-cross-entropy",
    "quad": "quadratic",
    "mse": "quadratic",
    "square": "quadratic",
}


def meant_by(word: str) -> str | None:
    """The name in ``COSTS_OF_OUTPUT`` that a word stands for; None if it is unknown.

    >>> meant_by("categorical_crossentropy"), meant_by("MSE"), meant_by("hinge")
    ('fused-softmax-cross-entropy', 'quadratic', None)
    """
    return next((name for part, name in MEANINGS.items() if part in word.lower()), None)
