"""Functions of modules that are often missing, and that students' networks cannot do without.

Many networks take their sigmoid from SciPy. Where SciPy is not installed, these few functions of
``scipy.special`` are computed here, so that such a network can be checked all the same. The
exercises of a widely used course hand out a module with four functions of activations, which is
seldom handed in; these four are here too.
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


def _sigmoid(z: Any) -> tuple[Any, Any]:
    """The course's sigmoid: the activations, and z for the way back."""
    return _expit(z), z


def _relu(z: Any) -> tuple[Any, Any]:
    """The course's ReLU likewise."""
    return np.maximum(0, z), z


def _sigmoid_backward(gradient: Any, z: Any) -> Any:
    """From the gradient with respect to the activations to that with respect to z."""
    activations = _expit(z)
    return gradient * activations * (1.0 - activations)


def _relu_backward(gradient: Any, z: Any) -> Any:
    """The same for the ReLU."""
    return gradient * (z > 0)


# The names that the course's module has in its editions.
COURSE_MODULES = ("dnn_utils", "dnn_utils_v2", "dnn_app_utils_v2", "dnn_app_utils_v3")
OF_THE_COURSE: dict[str, Callable[..., Any]] = {
    "sigmoid": _sigmoid,
    "relu": _relu,
    "sigmoid_backward": _sigmoid_backward,
    "relu_backward": _relu_backward,
}
KNOWN_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "scipy.special.expit": _expit,
    "scipy.special.logsumexp": _logsumexp,
    "scipy.special.softmax": _softmax,
    "scipy.special.xlogy": _xlogy,
    **{f"{module}.{name}": own for module in COURSE_MODULES for name, own in OF_THE_COURSE.items()},
}
