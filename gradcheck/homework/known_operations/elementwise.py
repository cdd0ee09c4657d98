"""Operations on each entry by itself, and softmax."""

from collections.abc import Callable, Iterator

import numpy as np

from gradcheck.homework.known_operations.operation import Given, Operation, Outputs
from nets.arrays import HostArray

__all__ = ["ELEMENTWISE", "softmax_over"]


def softmax_over(scores: HostArray, axis: int) -> HostArray:
    """Softmax of an array of any shape, over one axis.

    >>> softmax_over(np.zeros((1, 2)), 1)
    array([[0.5, 0.5]])
    """
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    found: HostArray = powers / powers.sum(axis=axis, keepdims=True)
    return found


def _of_x(function: Callable[[HostArray], HostArray]) -> Outputs:
    """The outputs of an operation that has one meaning."""
    return lambda given: [function(given.arrays["x"])]


def _softmaxes(given: Given) -> Iterator[HostArray]:
    """Softmax over each axis: an example may be a row or a column."""
    x = given.arrays["x"]
    for axis in range(x.ndim):
        yield softmax_over(x, axis)


def _log_softmaxes(given: Given) -> Iterator[HostArray]:
    for each in _softmaxes(given):
        yield np.log(each)


def _sigmoid(x: HostArray) -> HostArray:
    return 1.0 / (1.0 + np.exp(-x))


def _one(stem: str, formula: str, function: Callable[[HostArray], HostArray]) -> Operation:
    return Operation(stem, ("x",), formula, _of_x(function))


ELEMENTWISE = (
    _one(r"re_?lu", "max(0, x)", lambda x: np.maximum(x, 0.0)),
    _one(r"re_?lu6", "min(max(0, x), 6)", lambda x: np.clip(x, 0.0, 6.0)),
    _one(r"sigmoid|logistic", "1 / (1 + exp(-x))", _sigmoid),
    _one(r"tanh", "tanh(x)", np.tanh),
    _one(r"softplus", "ln(1 + exp(x))", lambda x: np.logaddexp(0.0, x)),
    _one(r"softsign", "x / (1 + |x|)", lambda x: x / (1.0 + np.abs(x))),
    _one(r"silu", "x / (1 + exp(-x))", lambda x: x * _sigmoid(x)),
    _one(r"square", "x^2", np.square),
    _one(r"sine?", "sin(x)", np.sin),
    _one(r"exp", "exp(x)", np.exp),
    _one(r"identity", "x", lambda x: x),
    Operation(r"softmax", ("x",), "exp(x) / sum(exp(x))", _softmaxes),
    Operation(r"log_?softmax", ("x",), "ln(exp(x) / sum(exp(x)))", _log_softmaxes),
)
