"""Blocks of perturbed copies: how many go through the network at a time."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from array_api_compat import device

from nets.arrays import Array, HostArray, array_namespace

__all__ = ["CPU_BLOCK", "LEAST_COLUMNS", "Moves", "device_block", "entry_blocks", "even_blocks"]

# Numbers in the largest temporary of a block. On a CPU a few of them must fit into the cache of
# one core.
CPU_BLOCK = 2**18
# Elsewhere launching a block's operations, some 30 of a few microseconds each, must take less time
# than they then run: at this many numbers in float64 (512 MiB) several times less.
DEVICE_BLOCK = 2**26
# Of the memory that is free there, blocks may take the half: two temporaries of the largest size at
# once, and smaller ones that come to as much again, of complex numbers at worst.
DEVICE_BYTES = 2 * 4 * 16
# However wide the layers, matrix products need this many columns to be worth their weights.
LEAST_COLUMNS = 128
# Neurons with this many entries get blocks of their own.
LEAST_ENTRIES = 64


@dataclass(frozen=True)
class Moves:
    """n entries of a parameter array, each moved, alone, by each of its offsets.

    Attributes:
        rows: (n,) whose entry moves, on the host, where the blocks are made.
        columns: (n,) the neuron upstream of it, likewise.
        by: (offsets, n), how far it moves, where the network lies.
        rows_there: the same as ``rows``, where the network lies.
        columns_there: likewise.
        in_order: whether each entry lies right behind the one before.

    """

    rows: HostArray
    columns: HostArray
    by: Array
    rows_there: Array
    columns_there: Array
    in_order: bool

    @classmethod
    def of(cls, entries: HostArray, n_upstream: int, by: Array) -> "Moves":
        """Moves of entries that are positions in a flattened array with so many columns."""
        xp = array_namespace(by)
        rows = entries // n_upstream  # twice as fast as divmod
        columns = entries - rows * n_upstream
        return cls(
            rows,
            columns,
            by,
            xp.asarray(rows, device=device(by)),
            xp.asarray(columns, device=device(by)),
            in_order=bool(np.all(np.diff(entries) == 1)),
        )

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, some: slice) -> "Moves":
        return Moves(
            self.rows[some],
            self.columns[some],
            self.by[:, some],
            self.rows_there[some],
            self.columns_there[some],
            self.in_order,
        )

    @property
    def is_one_row(self) -> bool:
        """Whether all are entries of one neuron."""
        if self.in_order:
            return bool(self.rows[0] == self.rows[-1])
        return bool(np.all(self.rows == self.rows[0]))

    def of_rows(self, array: Array) -> Array:
        """What an array (..., n_downstream) has for the neurons, (..., n); (..., 1) for one."""
        if self.is_one_row:  # to be broadcast, not repeated
            row = int(self.rows[0])
            return array[..., row : row + 1]
        return array_namespace(array).take(array, self.rows_there, axis=array.ndim - 1)

    def of_columns(self, array: Array) -> Array:
        """What an array (..., n_upstream) has for the neurons upstream, (..., n)."""
        if self.in_order and self.is_one_row:  # a part of the array, not a copy
            column = int(self.columns[0])
            return array[..., column : column + len(self)]
        return array_namespace(array).take(array, self.columns_there, axis=array.ndim - 1)

    @property
    def copies(self) -> int:
        """How many perturbed copies of each example they make."""
        return int(self.by.shape[0]) * len(self)


def even_blocks(count: int, most: int) -> list[slice]:
    """Slices of so many things, each of at most so many."""
    return [slice(start, min(start + most, count)) for start in range(0, count, most)]


def entry_blocks(rows: HostArray, most: int) -> list[slice]:
    """Slices of at most so many entries, of one neuron each if the neurons have many.

    Args:
        rows: (n,) the neuron of each entry.
        most: entries in a slice; of one neuron, which are cheaper together, twice as many.

    """
    starts = np.concatenate([[0], np.flatnonzero(np.diff(rows)) + 1, [len(rows)]])
    if len(rows) < LEAST_ENTRIES * (len(starts) - 1):
        return even_blocks(len(rows), most)
    blocks = []
    for first, last in pairwise(starts.tolist()):
        pieces = -(-(last - first) // (2 * most))
        cuts = [first + (last - first) * piece // pieces for piece in range(pieces + 1)]
        blocks += [slice(*ends) for ends in pairwise(cuts)]
    return blocks


def device_block(free_memory: int) -> int:
    """Numbers in the largest temporary of a block, for so many bytes of free memory.

    >>> device_block(80 * 2**30) == DEVICE_BLOCK
    True
    >>> device_block(2**30) == 2**23
    True

    """
    return max(1, min(DEVICE_BLOCK, free_memory // DEVICE_BYTES))
