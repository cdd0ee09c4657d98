"""One class of a file as a contract."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.open_layer import open_layer
from gradcheck.homework.understanding.one_output import fits
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.layers.dense import Dense
from tests.gradcheck.homework.understanding.layers.mean_of_all import MeanOfAll
from tests.gradcheck.homework.understanding.layers.test_chain import Net
from tests.gradcheck.homework.understanding.layers.test_layer_classes import module_of


class NoPadding(Dense):
    """Works without padding alone."""

    def __init__(self, padding: int) -> None:
        super().__init__()
        self.padding = padding

    def forward(self, x: Any) -> Any:
        if self.padding:
            raise ValueError("no padding yet")
        return super().forward(x)


class NeverWorks(NoPadding):
    def forward(self, x: Any) -> Any:
        raise ValueError("never")


def opened(kind: type) -> Any:
    return open_layer(module_of(Kind=kind), "Kind", Asked(), caller())


def test_a_layer_and_a_chain() -> None:
    assert [part.name for part in opened(Dense).parts] == ["Kind"]
    assert [part.name for part in opened(Net).parts][1:] == ["layer 1 (Dense)", "layer 2 (Tanh)"]


class MeanOfAllOfSize(MeanOfAll):
    def backward(self) -> Any:
        return self.difference / self.difference.size


class MeanOfAllTurned(MeanOfAll):
    def backward(self) -> Any:
        return -super().backward()


def test_a_loss_that_is_right_for_one_output_stays_open_for_several() -> None:
    for kind, shape, is_open in (
        (MeanOfAll, (10, 1), True),
        (MeanOfAllOfSize, (10, 5), False),
        (MeanOfAllTurned, (10, 5), False),
    ):
        contract = opened(kind)
        assert contract.parts[0].values[0].shape == shape
        assert [each.is_open for each in contract.left_out] == ([True] if is_open else [])


def test_what_fails_with_padding_is_checked_without_and_that_is_told() -> None:
    texts = [each.text for each in opened(NoPadding).parts[0].findings]
    assert any("checked with stride 1 and without padding" in text for text in texts)
    with pytest.raises(StudentError, match="ValueError: never"):
        opened(NeverWorks)


class SquaredLoss:
    """Of each entry, with the targets first, and with an array that is not learned."""

    def __init__(self) -> None:
        self.weights = np.arange(1.0, 6.0)

    def loss(self, y: Any, p: Any) -> Any:
        return self.weights * (np.exp(p) - y * p)

    def gradient(self, y: Any, p: Any) -> Any:
        return self.weights * (np.exp(p) - y)


class TurnedLoss(SquaredLoss):
    def gradient(self, y: Any, p: Any) -> Any:
        return self.weights * (y - np.exp(p))


def test_a_loss_with_a_value_and_a_derivative() -> None:
    for kind, is_right in ((SquaredLoss, True), (TurnedLoss, False)):
        contract = open_layer(module_of(**{kind.__name__: kind}), kind.__name__, Asked(), caller())
        (part,) = contract.parts
        assert [array.name for array in part.arrays] == ["x"]
        assert fits(part) == is_right
        assert contract.left_out == ()


class Pool2D:
    """Means of windows of 2 x 2; its backward pass takes height and width for each other."""

    factor = 1.0

    def forward(self, x: Any) -> Any:
        self.shape = x.shape
        n, c, h, w = x.shape
        return (
            x[..., : h // 2 * 2, : w // 2 * 2].reshape(n, c, h // 2, 2, w // 2, 2).mean(axis=(3, 5))
        )

    def backward(self, grad: Any) -> Any:
        n, c, w, h = self.shape
        back = np.zeros((n, c, h, w))
        windows = grad.reshape(n, c, h // 2, w // 2)
        spread = np.repeat(np.repeat(windows, 2, axis=2), 2, axis=3) / 4
        back[..., : h // 2 * 2, : w // 2 * 2] = spread
        return self.factor * back.reshape(self.shape)


class WrongPool2D(Pool2D):
    factor = 2.0


def test_a_layer_that_is_right_for_square_images_stays_open_for_others() -> None:
    contract = open_layer(module_of(Pool2D=Pool2D), "Pool2D", Asked(), caller())
    assert contract.parts[0].values[0].shape[2] == contract.parts[0].values[0].shape[3]
    assert [each.name for each in contract.left_out] == ["Pool2D of images that are not square"]
    wrong = open_layer(module_of(WrongPool2D=WrongPool2D), "WrongPool2D", Asked(), caller())
    assert wrong.left_out == ()
    assert not fits(wrong.parts[0])
