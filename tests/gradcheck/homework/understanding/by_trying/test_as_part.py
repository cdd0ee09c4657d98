"""Code that was understood, as a part."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.contract import Part
from gradcheck.homework.understanding.by_trying.as_part import as_part
from gradcheck.homework.understanding.by_trying.claims import Wishes
from gradcheck.homework.understanding.by_trying.read_code import read_code
from nets.arrays import HostArray
from tests.gradcheck.homework.understanding.by_trying.nets import BATCH, ROWS, Layer, code_of

X, Y = BATCH.inputs.T, BATCH.targets.T


class BiasFirst(Layer):
    def __init__(self) -> None:
        super().__init__()
        weights, biases = self.W, self.b
        del self.W, self.b
        self.b, self.W = biases, weights


class Trains(Layer):
    backward = None  # type: ignore[assignment]

    def train(self, x: HostArray, y: HostArray) -> None:
        found = Layer.backward(self, x, y)
        self.W = self.W - self.lr * found["dW"]
        self.b = self.b - self.lr * found["db"]


class NoLoss(Layer):
    loss = None  # type: ignore[assignment]


def part_of(own: Any) -> Part:
    return as_part(read_code(code_of(own), BATCH, Wishes(), [ROWS]))


@pytest.mark.parametrize("kind", [Layer, BiasFirst, Trains])
def test_arrays_are_in_the_order_of_the_layers_with_their_gradients(kind: type[Layer]) -> None:
    part = part_of(kind())
    assert [array.name for array in part.arrays] == ["W", "b"]
    assert [array.slot and array.slot.name for array in part.arrays] == [
        *("layer 1 weights", "layer 1 biases")
    ]
    (reading, *_) = part.claims_at(part.values)
    for one, other in zip(reading.arrays, Layer().backward(X, Y).values(), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9)


def test_the_cost_is_that_of_the_values() -> None:
    part = part_of(Layer())
    assert part.cost.at(part.values) == pytest.approx(Layer().loss(X, Y))
    zeros = [np.zeros_like(value) for value in part.values]
    assert part.cost.at(zeros) == pytest.approx(0.5)
    assert part.cost.sums == ()


def test_a_guessed_cost_may_be_a_sum_and_another_one() -> None:
    part = part_of(NoLoss())
    assert part.cost.guessed
    assert part.cost.sums == (False, True)
    assert part.other_cost is not None
    other = part.other_cost("fused-softmax-cross-entropy")
    assert other.at(part.values) != part.cost.at(part.values)


def test_what_the_object_holds_is_watched_unless_it_updates_itself() -> None:
    current = part_of(Layer()).current
    assert current is not None
    np.testing.assert_array_equal(current()[0], Layer().W)
    assert part_of(Trains()).current is None


def test_how_it_was_understood_is_told() -> None:
    texts = " ".join(finding.text for finding in part_of(Trains()).findings)
    for words in (
        "train takes a whole mini-batch",
        "The output is that of forward",
        "the student's own loss",
        "The arrays that are learned are W, b",
        "train updates the arrays itself",
    ):
        assert words in texts
    assert "not in proportion" not in texts


def test_steps_out_of_proportion_are_told() -> None:
    class Twice(Trains):
        def train(self, x: HostArray, y: HostArray) -> None:
            super().train(x, y)
            super().train(x, y)

    texts = " ".join(finding.text for finding in part_of(Twice()).findings)
    assert "not in proportion to the learning rate" in texts
