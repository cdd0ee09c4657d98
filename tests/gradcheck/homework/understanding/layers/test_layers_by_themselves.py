"""Layers of a file by themselves, with the inputs that the layers beside them take."""

from typing import Any

import numpy as np

from gradcheck.homework.understanding.one_output import fits
from tests.gradcheck.homework.understanding.layers.dense import Dense
from tests.gradcheck.homework.understanding.layers.mean_of_all import MeanOfAll
from tests.gradcheck.homework.understanding.layers.test_file_of_layers import opened


class OneExample(Dense):
    """A dense layer of one example, as a flat array."""

    def forward(self, x: Any) -> Any:
        (self.x,) = [x] if np.ndim(x) == 1 else []
        return x @ self.w + self.b

    def backward(self, grad: Any) -> Any:
        self.dw, self.db = np.outer(self.x, grad), grad
        return self.w @ grad


def test_a_loss_takes_one_example_where_the_layers_do() -> None:
    for layer, shape, left in ((OneExample, (5,), []), (Dense, (10, 1), [True])):
        contract = opened(MeanOfAll=MeanOfAll, Layer=layer)
        assert [each.is_open for each in contract.left_out] == left
        assert [part.name for part in contract.parts] == ["MeanOfAll", "Layer"]
        assert contract.parts[0].values[0].shape == shape


class SoftmaxOfAll:
    """The sum is over all entries: right for one example alone."""

    def forward(self, x: Any) -> Any:
        self.p = np.exp(x) / np.exp(x).sum()
        return self.p

    def backward(self, grad: Any) -> Any:
        return self.p * (grad - (grad * self.p).sum(axis=-1, keepdims=True))


class WrongOfAll(SoftmaxOfAll):
    def backward(self, grad: Any) -> Any:
        return self.p * (1.0 - self.p) * grad


def test_an_activation_takes_one_example_where_the_layers_do() -> None:
    for layer, activation, is_right in (
        (OneExample, SoftmaxOfAll, True),
        (OneExample, WrongOfAll, False),
        (Dense, SoftmaxOfAll, False),
    ):
        contract = opened(Softmax=activation, Layer=layer)
        part = next(each for each in contract.parts if each.name == "Softmax")
        assert fits(part) == is_right
        assert (part.batch_size == 1) == is_right  # what is wrong with one stays as it was
