"""Convolutions, pooling and losses of an engine, in the forms that their names tell."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.homework.understanding.tape.layer_operators import layer_operators
from gradcheck.homework.understanding.tape.operator_parts import operator_parts
from tests.gradcheck.homework.understanding.tape.engines import Tensor, engine_for

SIDE = 3  # of the filters


class Own(Tensor):
    """Each parent has a function from the arriving gradient to its own."""

    def __add__(self, other: Any) -> Any:
        return Own(self.data + other.data, ((self, lambda g: g), (other, lambda g: g)))

    def __mul__(self, other: Any) -> Any:
        return Own(
            self.data * other.data,
            ((self, lambda g: g * other.data), (other, lambda g: g * self.data)),
        )

    def _add(self, arriving: Any) -> None:
        self.grad = self.grad + arriving
        for parent, back in self.parents:
            parent._add(back(arriving))


def conv2d_with(step_back: Callable[[int], int]) -> Callable[..., Any]:
    """A convolution, whose gradient for the images takes such steps."""

    def conv2d(x: Any, w: Any, stride: int = 1) -> Any:
        def windows(step: int) -> Any:
            size = (x.data.shape[2] - SIDE) // stride + 1
            for row in range(size):
                for column in range(size):
                    top, left = row * step, column * step
                    where = np.s_[:, :, top : top + SIDE, left : left + SIDE]
                    yield (row, column), where

        size = (x.data.shape[2] - SIDE) // stride + 1
        out = np.zeros((len(x.data), len(w.data), size, size))
        for (row, column), where in windows(stride):
            out[:, :, row, column] = np.einsum("nchw,fchw->nf", x.data[where], w.data)

        def for_images(arriving: Any) -> Any:
            found = np.zeros(x.data.shape)
            for (row, column), where in windows(step_back(stride)):
                found[where] += np.einsum("nf,fchw->nchw", arriving[:, :, row, column], w.data)
            return found

        def for_filters(arriving: Any) -> Any:
            return sum(
                np.einsum("nf,nchw->fchw", arriving[:, :, row, column], x.data[where])
                for (row, column), where in windows(stride)
            )

        return Own(out, ((x, for_images), (w, for_filters)))

    return conv2d


def parts_named(word: str, **functions: Any) -> list[str]:
    parts, _ = operator_parts(engine_for(Own), functions, 0)
    return [part.name for part in parts if word in part.name]


def test_a_right_convolution_is_no_part() -> None:
    assert parts_named("conv", conv2d=conv2d_with(lambda stride: stride)) == []


def test_a_convolution_that_is_wrong_for_a_stride_of_two_is_a_part() -> None:
    found = parts_named("conv", conv2d=conv2d_with(lambda stride: 1))
    assert found == ["Own: conv2d of shapes (2, 2, 5, 5) and (3, 2, 3, 3), stride=2"]


def squares(factor: float) -> Callable[[Any, Any], Any]:
    def mse_loss(output: Any, target: Any) -> Any:
        target = target.data if isinstance(target, Own) else target
        gap = output.data - target
        return Own(np.sum(gap**2), ((output, lambda g: g * factor * gap),))

    return mse_loss


def test_a_loss_is_tried_with_targets() -> None:
    assert parts_named("loss", mse_loss=squares(2.0)) == []
    assert parts_named("loss", mse_loss=squares(1.0)) == ["Own: mse_loss(a, targets)"]


def test_names_and_arguments_tell_the_forms() -> None:
    def max_pool2d(x: Any, kernel_size: int, stride: int = 2) -> Any: ...

    def cross_entropy(y_true: Any, y_pred: Any) -> Any: ...

    def scale(x: Any) -> Any: ...

    functions: dict[str, Any] = {
        "max_pool2d": max_pool2d,
        "cross_entropy": cross_entropy,
        "Scale.apply": scale,
    }
    names = [each.name for each in layer_operators(engine_for(Own), functions)]
    assert "max_pool2d of shapes (2, 2, 4, 4), kernel_size=2, stride=1" in names
    assert not any("cross_entropy" in each for each in names)
    assert "Scale.apply of shape (3, 4)" in names
    reversed_on_purpose: dict[str, Any] = {"GradReverse.apply": scale}
    assert list(layer_operators(engine_for(Own), reversed_on_purpose)) == []
