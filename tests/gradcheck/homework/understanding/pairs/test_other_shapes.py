"""Pairs that are right for some shapes alone, and what stays open about the others."""

from typing import Any

import numpy as np

from tests.gradcheck.homework.understanding.pairs.test_choice import chosen, mse


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
