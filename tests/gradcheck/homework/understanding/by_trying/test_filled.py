"""Networks that are built empty, filled with layers."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.by_trying.filled import filled
from nets.arrays import HostArray
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.by_trying.nets import FILE, Layer


class DenseOne:
    def __init__(self, n_in: int, n_out: int, activation: str = "relu") -> None:
        self.W = np.ones((n_in, n_out))
        self.activation = activation


class LazyNet:
    def __init__(self) -> None:
        self.layers: list[Any] = []
        self.ready = False

    def add(self, layer: Any) -> None:
        self.layers.append(layer)

    def compile(self, optimizer: str) -> None:
        self.ready = optimizer == "sgd"

    def predict(self, x: HostArray) -> HostArray:
        return x


class ListNet:
    def __init__(self, layers: list[Any]) -> None:
        self.layers = layers

    def predict(self, x: HostArray) -> HostArray:
        return x


def found(own: Any, **asked: Any) -> list[tuple[Any, tuple[int, ...]]]:
    return list(filled(own, Asked(**asked), caller(FILE)))


def shapes(own: Any) -> list[tuple[int, ...]]:
    return [layer.W.shape for layer in own.layers]


def test_layers_are_added_and_the_network_is_made_ready() -> None:
    empty = LazyNet()
    own, sizes = found(empty)[0]
    assert (shapes(own), sizes, own.ready) == ([(6, 5), (5, 4)], (6, 5, 4), True)
    assert empty.layers == []


def test_activations_are_tried_by_their_names() -> None:
    words = [[layer.activation for layer in own.layers] for own, _ in found(LazyNet())]
    assert ["relu", "relu"] in words
    assert ["relu", "sigmoid"] in words


def test_layers_that_are_linear_by_default_get_two_activations_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a network of linear layers no derivative of an activation could be wrong."""
    monkeypatch.setattr(DenseOne.__init__, "__defaults__", (None,))
    (own, _), *_ = found(LazyNet())
    assert [layer.activation for layer in own.layers] == ["tanh", "sigmoid"]


@pytest.mark.parametrize("held", [[], [6, 5, 4]])
def test_a_list_of_layers_is_set(held: list[Any]) -> None:
    own, _ = found(ListNet(held), sizes=(3, 2, 1))[0]
    assert shapes(own) == [(3, 2), (2, 1)]


def test_what_holds_arrays_or_no_layers_is_left_alone() -> None:
    class NoList:
        def predict(self, x: HostArray) -> HostArray:
            return x

    assert found(Layer()) == []
    assert found(NoList()) == []


def test_sizes_among_the_layers_are_taken_out_before_layers_are_added() -> None:
    """A constructor that takes layers one by one was given the sizes in their place."""
    empty = LazyNet()
    empty.layers = [6, 5, 4]
    own, _ = found(empty)[0]
    assert shapes(own) == [(6, 5), (5, 4)]
    assert empty.layers == [6, 5, 4]
