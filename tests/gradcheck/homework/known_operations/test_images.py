"""Convolutions and poolings, written out with loops."""

from typing import Any

import numpy as np
import pytest

from tests.gradcheck.homework.known_operations.calls import drawn, unlike

X, W, B = drawn(2, 3, 4, 8), drawn(5, 3, 2, 4), drawn(5)
PARAMETERS = {"stride": 2, "pad": 1}


def convolution(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    rows = 1 + (padded.shape[2] - w.shape[2]) // stride
    columns = 1 + (padded.shape[3] - w.shape[3]) // stride
    found = np.zeros((len(x), len(w), rows, columns))
    for n, f, i, j in np.ndindex(found.shape):
        top, left = i * stride, j * stride
        window = padded[n, :, top : top + w.shape[2], left : left + w.shape[3]]
        found[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return found


RIGHT = convolution(X, W, B, **PARAMETERS)


@pytest.mark.parametrize("stem", ["conv", "conv_naive", "convolution", "conv_strides"])
def test_a_convolution(stem: str) -> None:
    given = {"x": X, "w": W, "b": B}
    assert unlike(stem, RIGHT, PARAMETERS, **given) == ""
    turned = convolution(X, W[:, :, ::-1, ::-1], B, **PARAMETERS)
    assert unlike(stem, turned, PARAMETERS, **given) == ""
    assert "the convolution of x with w" in unlike(stem, RIGHT - 1, PARAMETERS, **given)


def test_channels_last() -> None:
    given = {
        "A_prev": X.transpose(0, 2, 3, 1),
        "W": W.transpose(2, 3, 1, 0),
        "b": B.reshape(1, 1, 1, 5),
    }
    right = RIGHT.transpose(0, 2, 3, 1)
    assert unlike("conv", right, PARAMETERS, **given) == ""
    assert unlike("conv", 2 * right, PARAMETERS, **given)


def test_nothing_is_said_without_stride_or_padding() -> None:
    for settings in ({}, {"stride": 2}, {"pad": 1}):
        assert unlike("conv", 2 * RIGHT, settings, x=X, w=W, b=B) == ""
        assert unlike("max_pool", X, settings, x=X) == ""


@pytest.mark.parametrize(("stem", "reduced"), [("max_pool", np.max), ("avg_pool", np.mean)])
def test_a_pooling(stem: str, reduced: Any) -> None:
    settings = {"pool_height": 2, "pool_width": 4, "stride": 2}
    right = np.zeros((2, 3, 2, 3))
    for n, c, i, j in np.ndindex(right.shape):
        right[n, c, i, j] = reduced(X[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 4])
    assert unlike(stem, right, settings, x=X) == ""
    last = right.transpose(0, 2, 3, 1)
    assert unlike(stem, last, settings, x=X.transpose(0, 2, 3, 1)) == ""
    assert unlike(stem, right + 1, settings, x=X)
