"""The heat map of an array: a level for each entry, and how the entries lie side by side."""

import base64
import math
from typing import Any

import numpy as np

from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.page.levels import levels_of
from nets.arrays import HostArray

__all__ = ["heat_map"]

# Entries of a vector side by side: a vector is drawn in rows, as text is.
ACROSS = 25
# The least side, in pixels, of inputs that are drawn as a picture. The smallest digits that people
# train on have 8 x 8.
LEAST_SIDE = 8


def heat_map(array: ArrayReport, *, is_first: bool, block: int = 1) -> dict[str, Any]:
    """What the page needs to draw the errors of an array.

    Args:
        array: what was found.
        is_first: whether the inputs of the network go into it; they may be pictures.
        block: so many rows and columns are drawn as one, with the level of the worst entry.

    Returns:
        ``levels`` (base64, see ``levels``) in ``columns`` columns; ``block``; and ``picture``, None
        or the number of pixels on each ``side``, of ``neurons`` neurons, whose weights are rows of
        the array or else (``isTransposed``) columns.

    """
    levels = levels_of(array)
    matrix = _as_matrix(levels, array.shape)
    picture = _picture(array) if is_first and block == 1 else None
    if block > 1:
        matrix = _worst_of_blocks(matrix, block)
    return {
        "levels": base64.b64encode(matrix.tobytes()).decode("ascii"),
        "columns": matrix.shape[1],
        "block": block,
        "picture": picture,
    }


def _as_matrix(levels: HostArray, shape: tuple[int, ...]) -> HostArray:
    """The levels as rows and columns; a vector in rows of ``ACROSS``, filled up with zeros."""
    sides = [side for side in shape if side != 1]
    if len(sides) > 1:
        return levels.reshape(sides[0], -1)
    columns = min(max(levels.size, 1), ACROSS)
    filled = np.zeros(-(-levels.size // columns) * columns, dtype=np.uint8)
    filled[: levels.size] = levels
    return filled.reshape(-1, columns)


def _worst_of_blocks(matrix: HostArray, block: int) -> HostArray:
    rows, columns = (-(-side // block) * block for side in matrix.shape)
    filled = np.zeros((rows, columns), dtype=np.uint8)
    filled[: matrix.shape[0], : matrix.shape[1]] = matrix
    worst: HostArray = filled.reshape(rows // block, block, columns // block, block).max((1, 3))
    return worst


def _picture(array: ArrayReport) -> dict[str, Any] | None:
    """How the weights of a neuron make a picture, if its inputs are square pictures."""
    if len(array.shape) != 2 or min(array.shape) < 2:
        return None
    rows, columns = array.shape
    # The book's weights are (downstream, upstream). Others store the transpose.
    for neurons, pixels, is_transposed in ((rows, columns, False), (columns, rows, True)):
        side = math.isqrt(pixels)
        if side * side == pixels and side >= LEAST_SIDE:
            return {"side": side, "neurons": neurons, "isTransposed": is_transposed}
    return None
