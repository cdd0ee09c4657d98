"""Functions on windows of images that a widely used course hands out as code to be compiled.

Students' convolutions call these functions of a module ``im2col_cython``. It is compiled on each
student's machine, so it is never handed in. Here they are in NumPy, under the same names.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

__all__ = ["WINDOW_FUNCTIONS", "WINDOW_MODULE"]

WINDOW_MODULE = "im2col_cython"


def _windows(
    height: int, width: int, window: tuple[int, int], stride: int
) -> Iterator[tuple[int, int, slice, slice]]:
    """For each entry of a window: its row and column, and the pixels that it meets."""
    rows, columns = window
    for i in range(rows):
        for j in range(columns):
            down = slice(i, i + height - rows + 1, stride)
            across = slice(j, j + width - columns + 1, stride)
            yield i, j, down, across


def im2col_cython(x: Any, rows: int, columns: int, padding: int, stride: int) -> Any:
    """The windows of images as columns of a matrix.

    Args:
        x: images (examples, channels, height, width).
        rows: of a window.
        columns: of a window.
        padding: zeros on each side of an image.
        stride: between windows.

    Returns:
        (channels * rows * columns, windows * examples): the examples of a window side by side.

    """
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, channels, height, width = padded.shape
    down, across = (height - rows) // stride + 1, (width - columns) // stride + 1
    found = np.empty((channels, rows, columns, down, across, n), dtype=x.dtype)
    for i, j, ys, xs in _windows(height, width, (rows, columns), stride):
        found[:, i, j] = padded[:, :, ys, xs].transpose(1, 2, 3, 0)
    return found.reshape(channels * rows * columns, -1)


def col2im_cython(
    columns_of: Any, n: int, channels: int, height: int, width: int, rows: int, columns: int,
    padding: int, stride: int,
) -> Any:  # fmt: skip
    """The sum over windows (as ``im2col_cython`` gives them) for each pixel.

    Args:
        columns_of: (channels * rows * columns, windows * n).
        n: examples.
        channels: of the images.
        height: of the images.
        width: of the images.
        rows: of a window.
        columns: of a window.
        padding: zeros on each side of an image, which are cut off.
        stride: between windows.

    Returns:
        (n, channels, height, width).

    """
    down = (height + 2 * padding - rows) // stride + 1
    across = (width + 2 * padding - columns) // stride + 1
    parts = columns_of.reshape(channels, rows, columns, down, across, n)
    return _added(parts.transpose(0, 1, 2, 5, 3, 4), (height, width), padding, stride)


def col2im_6d_cython(
    parts: Any, n: int, channels: int, height: int, width: int, rows: int, columns: int,
    padding: int, stride: int,
) -> Any:  # fmt: skip
    """The same for windows (channels, rows, columns, n, windows down, windows across)."""
    shape = (channels, rows, columns, n, *parts.shape[4:])
    return _added(parts.reshape(shape), (height, width), padding, stride)


def _added(parts: Any, size: tuple[int, int], padding: int, stride: int) -> Any:
    channels, rows, columns, n, *_ = parts.shape
    height, width = (each + 2 * padding for each in size)
    found = np.zeros((n, channels, height, width), dtype=parts.dtype)
    for i, j, ys, xs in _windows(height, width, (rows, columns), stride):
        found[:, :, ys, xs] += parts[:, i, j].transpose(1, 0, 2, 3)
    return found[:, :, padding : height - padding, padding : width - padding]


WINDOW_FUNCTIONS: dict[str, Callable[..., Any]] = {
    each.__name__: each for each in (im2col_cython, col2im_cython, col2im_6d_cython)
}
