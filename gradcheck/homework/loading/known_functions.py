"""Functions of modules that are often missing, and that students' networks cannot do without.

Many networks take their sigmoid from SciPy. Where SciPy is not installed, these few functions of
``scipy.special`` are computed here, so that such a network can be checked all the same.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["KNOWN_FUNCTIONS"]


def _expit(x: Any) -> Any:
    """The sigmoid 1 / (1 + exp(-x)), entry by entry."""
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-np.asarray(x)))


def _logsumexp(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The logarithm of the sum of exp(a) along an axis."""
    array = np.asarray(a)
    largest = np.max(array.real, axis=axis, keepdims=True)
    total = np.log(np.sum(np.exp(array - largest), axis=axis, keepdims=True)) + largest
    return total if keepdims else np.squeeze(total, axis=axis)


def _softmax(x: Any, axis: Any = None) -> Any:
    """exp(x) divided by its sum along an axis."""
    return np.exp(x - _logsumexp(x, axis=axis, keepdims=True))


def _xlogy(x: Any, y: Any) -> Any:
    """The product x ln y; 0 where x is 0."""
    is_zero = np.asarray(x) == 0
    return np.where(is_zero, 0.0, x * np.log(np.where(is_zero, 1.0, y)))


KNOWN_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "scipy.special.expit": _expit,
    "scipy.special.logsumexp": _logsumexp,
    "scipy.special.softmax": _softmax,
    "scipy.special.xlogy": _xlogy,
}
