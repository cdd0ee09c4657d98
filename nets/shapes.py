"""The sizes of a network and the shapes of a mini-batch: checks, and how many numbers they are."""

import sys
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from nets.arrays import CPU, Array
from nets.errors import BadInput, in_one_line, is_whole, listed

__all__ = ["expect_columns", "expect_free_memory", "expect_sizes", "parameter_count"]

# Bytes. The system is not asked whether it has memory for a network that takes less than this.
SMALL = 2**27


def parameter_count(sizes: Sequence[int]) -> int:
    """How many weights and biases a network of these sizes has.

    >>> parameter_count([784, 40, 10])
    31810
    """
    return sum(n_downstream * (n_upstream + 1) for n_upstream, n_downstream in pairwise(sizes))


def expect_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    """Check that sizes make a network, and return them: two or more whole numbers from 1.

    Raises:
        BadInput: they do not.

    """
    is_list = isinstance(sizes, Sequence | np.ndarray) and not isinstance(sizes, str)
    whole = is_list and all(map(is_whole, listed("sizes", sizes, "whole numbers")))
    if not whole or len(sizes) < 2 or min(sizes) < 1:
        raise BadInput(
            f"sizes {in_one_line(sizes)} make no network; give two or more whole numbers of at "
            "least 1, such as [784, 30, 10]"
        )
    return tuple(map(int, sizes))


def expect_columns(name: str, array: Array, rows: int, batch: int | None = None) -> None:
    """Check that an array has the shape (rows, batch), a column for each example.

    Args:
        name: what the array holds, for the message.
        array: what was given.
        rows: how many rows it should have.
        batch: how many columns it should have; without it, one column or more will do.

    Raises:
        BadInput: it has another shape.

    """
    if not hasattr(array, "shape"):
        raise BadInput(f"{name} are a {type(array).__name__}; give an array")
    shape = tuple(array.shape)
    fits = len(shape) == 2 and shape[0] == rows and shape[1] > 0
    if not fits or (batch is not None and shape[1] != batch):
        raise BadInput(
            f"{name} have shape {shape}; they should have shape ({rows}, {batch or 'batch'}): "
            "a row for each neuron, a column for each example"
        )


def expect_free_memory(sizes: Sequence[int], batch_size: int = 0) -> None:
    """Check that a network of these sizes can be drawn, in float64 on the host.

    Args:
        sizes: neurons in each layer, the input first.
        batch_size: examples of a mini-batch that is drawn as well.

    Raises:
        BadInput: there is not enough free memory.

    """
    needed = 8 * (parameter_count(sizes) + batch_size * (sizes[0] + sizes[-1]))
    free = CPU.free_memory() if needed > SMALL else None
    if needed > (sys.maxsize if free is None else free):
        raise BadInput(
            f"a network of sizes {list(sizes)} with a batch of {batch_size} needs about "
            f"{needed:,} bytes, more than are free; use smaller layers or a smaller batch"
        )
