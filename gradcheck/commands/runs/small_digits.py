"""Mini-batches for networks that are small enough to be drawn: of digits, with few pixels."""

import math

import numpy as np

from gradcheck.commands.runs.digits import draw_mini_batch, load_digits
from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["shrunk", "small_mini_batch"]


def small_mini_batch(
    data: str | None, sizes: tuple[int, ...], batch_size: int, seed: int
) -> tuple[HostArray, HostArray, str]:
    """Draw the examples of a mini-batch, and shrink the images if the network has fewer inputs.

    Args:
        data: what --data says; None for random inputs.
        sizes: of the network.
        batch_size: how many examples.
        seed: of the draw, which is the same as that of ``draw_mini_batch``.

    Returns:
        Inputs (n_input, batch) and targets (n_output, batch), and what they are, in words.

    Raises:
        BadInput: the data cannot be read, or does not fit the network and cannot be shrunk to it.

    """
    if data is None:
        return draw_mini_batch(None, sizes, batch_size, seed)
    digits = load_digits(data, seed).training
    generator = np.random.default_rng([seed, 1])
    inputs, targets = digits.mini_batch(batch_size, sizes[-1], generator)
    if inputs.shape[0] == sizes[0]:
        return inputs, targets, digits.source
    side = math.isqrt(inputs.shape[0])
    rows, columns = digits.image_shape or (side, side)
    possible = _sides(rows, columns) if rows * columns == inputs.shape[0] else []
    side = math.isqrt(sizes[0])
    if side not in possible or side * side != sizes[0]:
        others = ", ".join(str(each**2) for each in possible)
        raise BadInput(
            f"the images in {digits.source} have {inputs.shape[0]} pixels, but the first layer has "
            f"{sizes[0]} neurons; give one of {others} neurons: the images are shrunk to as many "
            "pixels"
        )
    words = f"{digits.source}, shrunk to {side} x {side} pixels"
    return shrunk(inputs, (rows, columns), side), targets, words


def _sides(rows: int, columns: int) -> list[int]:
    """The sides of the squares to which images of so many rows and columns can be shrunk."""
    shared = math.gcd(rows, columns)
    return [side for side in range(1, shared + 1) if shared % side == 0]


def shrunk(inputs: HostArray, shape: tuple[int, int], side: int) -> HostArray:
    """Images (pixels, batch) of a shape (rows, columns), each block of pixels replaced by its mean.

    Args:
        inputs: (rows * columns, batch), a column an image.
        shape: (rows, columns) of an image.
        side: rows and columns of the result; it divides both.

    Returns:
        (side * side, batch).

    >>> shrunk(np.array([[1.0], [3.0], [5.0], [7.0]]), (2, 2), 1)
    array([[4.]])

    """
    rows, columns = shape
    blocks = np.reshape(inputs, (side, rows // side, side, columns // side, -1))
    means: HostArray = np.mean(blocks, axis=(1, 3))
    return np.reshape(means, (side * side, -1))
