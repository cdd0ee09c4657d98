"""The regularisation of a layer: part of its cost where the file has it, else without strength."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.layers.penalty import regularised
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.layers.dense import Dense


class Decaying(Dense):
    def __init__(self, l2: float = 0.0, l1: float = 0.0) -> None:
        super().__init__()
        self.l2, self.l1 = l2, l1


class LossOfLayers:
    def __init__(self, needed: Any) -> None:
        self.needed = needed

    def regularization_loss(self, layer: Any) -> Any:
        return layer.l2 * np.sum(layer.w**2) if layer.l2 > 0 else 0


class Scaled:
    def __init__(self) -> None:
        self.lambda_ = 1.05

    def forward(self, x: Any) -> Any:
        return self.lambda_ * x

    def backward(self, grad: Any) -> Any:
        return self.lambda_ * grad


def test_a_layer_without_strengths_stays_as_it_is() -> None:
    own = Dense()
    assert regularised(own, caller()).own is own


def test_a_method_of_the_file_gives_the_cost_of_the_strengths_that_it_knows() -> None:
    found = regularised(Decaying(0.0, 0.5), caller())
    assert found.penalty is not None
    assert found.own.l2 > 0
    assert found.own.l1 == 0  # the method does not know it
    assert found.penalty(found.own) == pytest.approx(found.own.l2 * np.sum(found.own.w**2))


def test_without_such_a_method_the_strengths_are_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(globals(), "LossOfLayers")
    given = Decaying(0.5)
    found = regularised(given, caller())
    assert (found.own.l2, found.penalty, found.zeroed) == (0.0, None, True)
    assert given.l2 == 0.5


def test_a_number_of_an_activation_is_no_strength() -> None:
    own = Scaled()
    assert regularised(own, caller()).own is own
