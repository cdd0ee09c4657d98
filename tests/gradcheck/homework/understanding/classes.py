"""Classes in memory, each right, in other forms than the book's."""

from typing import Any

import numpy as np

from nets.arrays import HostArray
from tests.gradcheck.homework.students import Book

__all__ = ["Counted", "LeftPerExample", "OneExample", "Rows", "Summed"]


class Summed(Book):
    """A whole mini-batch, an example in each column; the sum over it."""

    def backprop(self, x: HostArray, y: HostArray) -> Any:
        nabla_b, nabla_w = super().backprop(x, y)
        return [b.sum(axis=1, keepdims=True) for b in nabla_b], nabla_w


class Counted(Summed):
    """The mean, by a number of examples that is given."""

    def backprop(self, x: HostArray, y: HostArray, mini_batch_size: int) -> Any:  # type: ignore[override]
        return tuple([each / mini_batch_size for each in half] for half in super().backprop(x, y))


class LeftPerExample(Book):
    """The mean, but the bias gradients have a column for each example: its part of it."""

    def backprop(self, x: HostArray, y: HostArray) -> Any:
        nabla_b, nabla_w = super().backprop(x, y)
        return [b / x.shape[1] for b in nabla_b], [w / x.shape[1] for w in nabla_w]


class OneExample(Book):
    """One example at a time, as a flat vector."""

    def feedforward(self, a: HostArray) -> HostArray:
        assert a.ndim == 1
        return super().feedforward(a[:, np.newaxis])[:, 0]

    def backprop(self, x: HostArray, y: HostArray) -> Any:
        assert x.ndim == 1
        return super().backprop(x[:, np.newaxis], y[:, np.newaxis])


class Rows(Book):
    """A whole mini-batch, an example in each row; the sum over it."""

    def feedforward(self, a: HostArray) -> HostArray:
        assert a.shape[1] == self.weights[0].shape[1]
        return super().feedforward(a.T).T

    def backprop(self, x: HostArray, y: HostArray) -> Any:
        assert x.shape[1] == self.weights[0].shape[1]
        nabla_b, nabla_w = super().backprop(x.T, y.T)
        return [b.sum(axis=1) for b in nabla_b], nabla_w
