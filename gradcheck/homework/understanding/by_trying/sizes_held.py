"""The numbers of inputs and outputs that the matrices of an object may have."""

from dataclasses import replace
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.leaves import arrays_of

__all__ = ["sizes_held_by", "with_free_batch"]

MOST = 6  # pairs that are tried
# Examples in a mini-batch: the first number that is no side of an array. An array with as many rows
# as there are examples may hold one row for each.
BATCHES = (10, 7, 9, 11, 13)


def sizes_held_by(code: Code) -> list[tuple[int, int]]:
    """Numbers of inputs and outputs, as the first and the last matrix may mean them.

    One column of the first may be that of the biases.
    """
    matrices = [value for value in arrays_of(code.root).values() if value.ndim == 2]
    if not matrices:
        return []
    first, last = matrices[0].shape, matrices[-1].shape
    found = [(n_in, n_out) for n_in in first for n_out in reversed(last)]
    found += [(n_in - 1, n_out) for n_in, n_out in found if n_in > 1]
    return list(dict.fromkeys(found))[:MOST]


def with_free_batch(asked: Asked, root: Any) -> Asked:
    """What was asked for, with a number of examples that is no side of an array.

    Args:
        asked: a mini-batch that was given is kept.
        root: that holds the arrays.

    """
    sides = {side for value in arrays_of(root).values() for side in value.shape}
    if asked.examples is not None or asked.batch_size not in sides:
        return asked
    free = (each for each in BATCHES if each not in sides)
    return replace(asked, batch_size=next(free, asked.batch_size))
