"""Convolutions and poolings of images, where stride and padding are known."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from gradcheck.homework.known_operations.operation import Given, Operation, Outputs
from nets.arrays import HostArray

__all__ = ["IMAGES"]


def _whole(settings: Mapping[str, Any], *names: str) -> int | None:
    """The whole number that one of these settings has; None if none has."""
    found = (settings.get(name) for name in names)
    numbers = [each for each in found if isinstance(each, int) and not isinstance(each, bool)]
    return numbers[0] if numbers else None


def _windows(x: HostArray, size: tuple[int, int], stride: int) -> HostArray:
    """The windows of images: (examples, channels, rows, columns, *size)."""
    found: HostArray = sliding_window_view(x, size, (2, 3))[:, :, ::stride, ::stride]
    return found


def _convolutions(given: Given) -> Iterator[HostArray]:
    """A convolution, channels second or last; the filters as they are, or turned round."""
    x, w, b = (given.arrays[name] for name in ("x", "w", "b"))
    stride, pad = _whole(given.settings, "stride"), _whole(given.settings, "pad", "padding")
    if stride is None or pad is None or x.ndim != 4 or w.ndim != 4:
        return
    readings = []
    if x.shape[1] == w.shape[1] and b.size == w.shape[0]:
        readings.append((x, w, (0, 1, 2, 3)))
    if x.shape[3] == w.shape[2] and b.size == w.shape[3]:  # (examples, rows, columns, channels)
        readings.append((x.transpose(0, 3, 1, 2), w.transpose(3, 2, 0, 1), (0, 2, 3, 1)))
    for images, filters, order in readings:
        padded = np.pad(images, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        windows = _windows(padded, filters.shape[2:], stride)
        for each in (filters, filters[:, :, ::-1, ::-1]):
            found = np.einsum("ncyxhw,fchw->nfyx", windows, each) + b.reshape(1, -1, 1, 1)
            yield found.transpose(order)


def _poolings(reduced: Callable[[HostArray], HostArray]) -> Outputs:
    """A pooling, channels second or last.

    Args:
        reduced: makes one number of each window: of the last two axes.

    """

    def outputs(given: Given) -> Iterator[HostArray]:
        x, settings = given.arrays["x"], given.settings
        both = _whole(settings, "f", "pool_size", "size", "kernel_size")
        height = _whole(settings, "pool_height", "pool_h") or both or 0
        width = _whole(settings, "pool_width", "pool_w") or both or 0
        stride, pad = _whole(settings, "stride") or 0, _whole(settings, "pad", "padding")
        if 0 in (height, width, stride) or pad or x.ndim != 4:
            return
        for order, back in (((0, 1, 2, 3), (0, 1, 2, 3)), ((0, 3, 1, 2), (0, 2, 3, 1))):
            images = x.transpose(order)
            if images.shape[2] >= height and images.shape[3] >= width:
                yield reduced(_windows(images, (height, width), stride)).transpose(back)

    return outputs


CONVOLUTION = r"conv(olution|olutional)?_?(2d|layer)?(_(strides|step))?"
POOL = r"_?pool(ing)?_?(2d|layer)?"
IMAGES = (
    Operation(CONVOLUTION, ("x", "w", "b"), "the convolution of x with w, plus b", _convolutions),
    Operation(
        rf"max{POOL}", ("x",), "the maximum of each window", _poolings(lambda w: w.max((-2, -1)))
    ),
    Operation(
        rf"(avg|average|mean){POOL}",
        ("x",),
        "the mean of each window",
        _poolings(lambda w: w.mean((-2, -1))),
    ),
)
