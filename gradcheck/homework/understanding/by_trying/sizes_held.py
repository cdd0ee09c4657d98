"""The numbers of inputs and outputs that the matrices of an object may have."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.leaves import arrays_of

__all__ = ["sizes_between", "sizes_held_by", "with_free_batch"]

MOST = 6  # pairs that are tried
# Examples in a mini-batch: the first number that is no side of an array. An array with as many rows
# as there are examples may hold one row for each.
BATCHES = (10, 7, 9, 11, 13)


def sizes_held_by(code: Code) -> list[tuple[int, int]]:
    """Numbers of inputs and outputs, as the first and the last matrix may mean them."""
    matrices = [value for value in arrays_of(code.root).values() if value.ndim == 2]
    if not matrices:
        return []
    return sizes_between(matrices[0].shape, matrices[-1].shape)[:MOST]


def sizes_between(first: Sequence[int], last: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers of inputs and outputs, as the shapes of the first and the last matrix may mean them.

    Pairs for matrices that both take examples in rows, or both in columns, come first: with others
    the targets may have a wrong size that NumPy broadcasts. One row or column of the first matrix
    may be the biases.

    >>> sizes_between((4, 5), (3, 4))
    [(4, 4), (5, 3), (4, 3), (5, 4), (3, 4), (3, 3)]
    """
    found = [(first[0], last[1]), (first[1], last[0]), (first[0], last[0]), (first[1], last[1])]
    found += [(n_in - 1, n_out) for n_in, n_out in found if n_in > 1]
    return list(dict.fromkeys(found))


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
