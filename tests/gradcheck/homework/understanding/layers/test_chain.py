"""A chain of layers: the contract of the whole, and of each layer."""

from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.layers.chain import read_chain
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.layers.dense import Dense


class Tanh:
    def forward(self, x: Any) -> Any:
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad: Any) -> Any:
        return grad * (1 - self.y**2)


class Net:
    def __init__(self) -> None:
        self.layers: list[Any] = [Dense(), Tanh()]
        self.again = self.layers[0]

    def forward(self, x: Any) -> Any:
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad: Any) -> Any:
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad


def test_the_whole_and_each_layer_are_parts() -> None:
    contract = read_chain(Net(), "Net", Asked(), caller())
    assert contract.layers == len(contract.parts) - 1
    assert [part.name for part in contract.parts] == ["Net", "layer 1 (Dense)", "layer 2 (Tanh)"]
    # A layer is checked with what the layers before it give.
    assert contract.parts[2].arrays[0].value.shape == (10, 4)


def test_a_layer_alone_is_no_chain() -> None:
    contract = read_chain(Dense(), "Dense", Asked(), caller())
    assert contract.layers == 0
    assert len(contract.parts) == 1
