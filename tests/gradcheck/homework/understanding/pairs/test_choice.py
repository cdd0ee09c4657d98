"""Of several ways of calling a pair, the one in which its gradients are right."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.pairs.choice import chosen_reading
from gradcheck.homework.understanding.pairs.forms import NoShapes
from gradcheck.homework.understanding.pairs.trials import NotDone
from tests.gradcheck.homework.students import caller
from tests.gradcheck.homework.understanding.pairs.functions import (
    affine_backward,
    affine_forward,
    pair_in,
)


def chosen(*functions: Any) -> Any:
    return chosen_reading(pair_in(*functions), {}, 0, caller())


def test_a_right_pair_is_read_as_it_stands() -> None:
    found = chosen(affine_forward, affine_backward)
    assert found.left_out == ()
    assert found.read.fits_everywhere()


def test_a_loss_that_never_changes_is_not_done() -> None:
    def softmax_loss(x: Any, y: Any) -> Any:
        return 0.0, np.zeros_like(x)

    with pytest.raises(NotDone, match="always returns the same loss"):
        chosen(softmax_loss)


def test_a_derivative_of_a_function_that_is_not_elementwise_is_refused() -> None:
    def softmax(x: Any) -> Any:
        powers = np.exp(x - x.max(axis=-1, keepdims=True))
        return powers / powers.sum(axis=-1, keepdims=True)

    def softmax_derivative(x: Any) -> Any:
        return softmax(x) * (1.0 - softmax(x))

    with pytest.raises(NoShapes, match="Let it take the arriving gradient too"):
        chosen(softmax, softmax_derivative)


def mse(y_true: Any, y_pred: Any) -> Any:
    return np.mean((y_true - y_pred) ** 2)


def mse_prime(y_true: Any, y_pred: Any) -> Any:
    return 2 * (y_pred - y_true) / np.size(y_true)


def test_a_loss_may_take_its_targets_first() -> None:
    found = chosen(mse, mse_prime)
    assert (found.left_out, found.read.names) == ((), ["y_pred"])
    assert found.read.fits_everywhere()


def test_a_loss_that_is_right_for_one_output_alone_stays_open_for_several() -> None:
    def by_examples(y_true: Any, y_pred: Any) -> Any:
        return 2 * (y_pred - y_true) / len(y_true)

    def turned(y_true: Any, y_pred: Any) -> Any:
        return 2 * (y_true - y_pred) / len(y_true)

    by_examples.__name__ = turned.__name__ = "mse_prime"
    found = chosen(mse, by_examples)
    assert found.read.values[0].shape == (6, 1)
    ((name, is_open),) = [(each.name, each.is_open) for each in found.left_out]
    assert (name, is_open) == ("mse with several outputs", True)
    wrong = chosen(mse, turned)
    assert wrong.left_out == ()
    assert not wrong.read.fits_everywhere()


def test_a_loss_of_two_classes_has_one_output() -> None:
    def binary_cross_entropy(y: Any, p: Any) -> Any:
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def binary_cross_entropy_prime(y: Any, p: Any) -> Any:
        return ((1 - y) / (1 - p) - y / p) / len(y)

    found = chosen(binary_cross_entropy, binary_cross_entropy_prime)
    assert (found.left_out, found.read.values[0].shape) == ((), (6, 1))
    assert found.read.fits_everywhere()


def avgpool_forward(X: Any, size: int = 2, stride: int = 2) -> Any:  # noqa: N803
    n, c, h, w = X.shape
    if size != stride or h % size or w % size:
        raise ValueError("these windows do not fit")
    windows = X.reshape(n, c, h // size, size, w // size, size)
    return windows.mean(axis=(3, 5)), (X.shape, size)


def spread(dout: Any, size: int) -> Any:
    return np.repeat(np.repeat(dout, size, axis=2), size, axis=3) / size**2


def test_what_is_right_for_square_images_alone_stays_open_for_others() -> None:
    def right(dout: Any, cache: Any) -> Any:
        return spread(dout, cache[1])

    def swapped(dout: Any, cache: Any) -> Any:
        (n, c, w, h), size = cache  # height and width are taken for each other
        return spread(dout.reshape(n, c, h // size, w // size), size).reshape(cache[0])

    def wrong(dout: Any, cache: Any) -> Any:
        return 2.0 * swapped(dout, cache)

    found = []
    for backward in (right, swapped, wrong):
        backward.__name__ = "avgpool_backward"
        found.append(chosen(avgpool_forward, backward))
    assert [each.read.fits_everywhere() for each in found] == [True, True, False]
    ((left,),) = [each.left_out for each in found if each.left_out]
    assert found[1].left_out == (left,)
    assert left.name == "avgpool_forward of images that are not square"
