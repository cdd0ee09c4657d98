"""Layers in memory, and the calls that are made of them."""

from typing import Any

import numpy as np

from gradcheck.homework.understanding.layers.calls import LayerCalls
from gradcheck.homework.understanding.layers.inputs import InputForm
from gradcheck.homework.understanding.layers.methods import layer_methods
from gradcheck.homework.understanding.layers.on_trial import LayerOnTrial, on_trial
from tests.gradcheck.homework.students import caller

__all__ = ["Dense", "SquaredLoss", "X", "calls_of", "trial_of"]

X = np.random.default_rng(2).standard_normal((3, 5))


class Dense:
    """Five inputs, four outputs; the gradients are left in attributes."""

    def __init__(self) -> None:
        self.w = np.random.default_rng(0).standard_normal((5, 4))
        self.b = np.arange(1.0, 5.0)
        self.unused = np.ones(7)

    def forward(self, x: Any) -> Any:
        self.x = x
        return x @ self.w + self.b

    def backward(self, grad: Any) -> Any:
        self.dw = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.w.T


class SquaredLoss:
    """Half the sum of squares, of a prediction and of targets."""

    def forward(self, y_pred: Any, y_true: Any) -> Any:
        self.difference = y_pred - y_true
        return 0.5 * np.sum(self.difference**2)

    def backward(self) -> Any:
        return self.difference


def calls_of(own: Any, targets: Any = None) -> LayerCalls:
    """The calls of a student's object."""
    methods = layer_methods(own)
    assert methods is not None
    return LayerCalls(own, methods, targets, 0, caller())


def trial_of(own: Any, targets: Any = None) -> LayerOnTrial:
    """The object with rows of inputs."""
    return on_trial(calls_of(own, targets), InputForm("rows", X.shape, len(X)), X)
