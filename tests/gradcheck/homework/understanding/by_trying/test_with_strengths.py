"""Strengths of regularisation that a constructor has at 0."""

from typing import Any

import numpy as np

from gradcheck.homework.understanding.by_trying.built import Built
from gradcheck.homework.understanding.by_trying.claims import ReadCode, Wishes
from gradcheck.homework.understanding.by_trying.read_code import read_code
from gradcheck.homework.understanding.by_trying.with_strengths import with_strengths
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import BATCH, Layer, code_of


class Regularised(Layer):
    def __init__(self, l2: float = 0.0) -> None:
        super().__init__()
        self.l2 = l2

    def loss(self, x: HostArray, y: HostArray) -> float:
        return super().loss(x, y) + 0.5 * self.l2 * float(np.sum(self.W**2))


class InStepsAlone(Regularised):
    def loss(self, x: HostArray, y: HostArray) -> float:
        return Layer.loss(self, x, y)


def read(kind: Any) -> tuple[ReadCode, ReadCode]:
    own = kind()
    first = read_code(code_of(own), BATCH, Wishes())
    return first, with_strengths(first, Built(own, None, stronger=lambda: kind(l2=0.5)))


def test_a_cost_that_depends_on_the_strength_gets_one() -> None:
    _, found = read(Regularised)
    assert found.code.root.l2 == 0.5
    assert "strength" in found.cost.finding.text


def test_a_strength_in_the_steps_alone_stays_zero() -> None:
    first, found = read(InStepsAlone)
    assert found is first


def test_without_another_strength_nothing_changes() -> None:
    first = read_code(code_of(Layer()), BATCH, Wishes())
    assert with_strengths(first, Built(first.code.root, None)) is first
