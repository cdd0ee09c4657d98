"""Functions that many students take from a module of a course, by the names that they have there.

They are used only where the module was not handed in and nothing else defines the name. Examples
are rows, as in the books and courses that have such modules.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["USUAL_FUNCTIONS"]

GUARD = 1e-7  # in the logarithm, so that a probability of 0 gives a finite cost


def sigmoid(x: Any) -> Any:
    """The sigmoid 1 / (1 + exp(-x)), entry by entry."""
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_grad(x: Any) -> Any:
    """The slope of the sigmoid at x."""
    return sigmoid(x) * (1.0 - sigmoid(x))


def relu(x: Any) -> Any:
    """The ReLU, entry by entry."""
    return np.maximum(0, x)


def relu_grad(x: Any) -> Any:
    """The slope of the ReLU at x."""
    return (np.asarray(x) >= 0).astype(float)


def identity_function(x: Any) -> Any:
    """The input itself."""
    return x


def softmax(x: Any) -> Any:
    """exp(x) over its sum; of a matrix (examples, classes) in each row."""
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def mean_squared_error(y: Any, t: Any) -> Any:
    """Half the sum of the squares of y - t."""
    return 0.5 * np.sum((y - t) ** 2)


def cross_entropy_error(y: Any, t: Any) -> Any:
    """The mean over examples of -ln y of the right class.

    Args:
        y: probabilities (examples, classes), or (classes,) of one example.
        t: one-hot targets of the same shape, or class numbers (examples,).

    """
    rows = y.reshape(1, y.size) if y.ndim == 1 else y
    t = np.asarray(t)
    numbers = np.argmax(t.reshape(rows.shape), axis=1) if t.size == y.size else t.reshape(-1)
    return -np.sum(np.log(rows[np.arange(len(rows)), numbers] + GUARD)) / len(rows)


USUAL_FUNCTIONS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        *(sigmoid, sigmoid_grad, relu, relu_grad, identity_function, softmax),
        *(mean_squared_error, cross_entropy_error),
    )
}
