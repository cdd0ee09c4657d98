"""Blocks of perturbed copies: which go through the network at a time, and how many."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from array_api_compat import device

from nets.arrays import Array, HostArray, array_namespace

__all__ = ["CPU_BLOCK", "LEAST_COLUMNS", "Moves", "device_block", "entry_blocks", "even_blocks"]

# Numbers in the largest temporary of a block. On a CPU (2 MiB) a few of them stay in the caches of
# a core, and an operation still takes many times as long as NumPy needs to begin it.
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
        neurons: (n,) whose entry moves, on the host, where the blocks are made.
        upstreams: (n,) the neuron upstream of it, likewise.
        by: (offsets, n), how far it moves, where the network lies.
        neurons_there: the same as ``neurons``, where the network lies.
        upstreams_there: likewise.
        in_order: whether each entry lies right behind the one before.

    """

    neurons: HostArray
    upstreams: HostArray
    by: Array
    neurons_there: Array
    upstreams_there: Array
    in_order: bool

    @classmethod
    def of(cls, entries: HostArray, n_upstream: int, by: Array) -> "Moves":
        """Moves of entries that are positions in a flattened array (n_downstream, n_upstream)."""
        xp = array_namespace(by)
        neurons, upstreams = np.divmod(entries, n_upstream)
        return cls(
            neurons,
            upstreams,
            by,
            xp.asarray(neurons, device=device(by)),
            xp.asarray(upstreams, device=device(by)),
            in_order=bool(np.all(np.diff(entries) == 1)),
        )

    def __len__(self) -> int:
        return len(self.neurons)

    def __getitem__(self, some: slice) -> "Moves":
        return Moves(
            self.neurons[some],
            self.upstreams[some],
            self.by[:, some],
            self.neurons_there[some],
            self.upstreams_there[some],
            self.in_order,
        )

    @property
    def copies(self) -> int:
        """How many perturbed copies of each example they make."""
        return int(self.by.shape[0]) * len(self)

    def halves(self) -> tuple["Moves", "Moves", int]:
        """Two halves, and the axis of (offsets, n) along which what they give is joined."""
        if len(self) > 1:
            middle = len(self) // 2
            return self[:middle], self[middle:], 1
        middle = int(self.by.shape[0]) // 2
        first, second = self.by[:middle, :], self.by[middle:, :]
        return replace(self, by=first), replace(self, by=second), 0

    @cached_property
    def of_one_neuron(self) -> bool:
        """Whether all entries are of one neuron."""
        if self.in_order:
            return bool(self.neurons[0] == self.neurons[-1])
        return bool(np.all(self.neurons == self.neurons[0]))

    def at_neurons(self, array: Array) -> Array:
        """What an array (..., n_downstream) has for the neurons, (..., n); (..., 1) for one."""
        if self.of_one_neuron:  # to be broadcast, not repeated
            neuron = int(self.neurons[0])
            return array[..., neuron : neuron + 1]
        return array_namespace(array).take(array, self.neurons_there, axis=array.ndim - 1)

    def at_upstreams(self, array: Array) -> Array:
        """What an array (..., n_upstream) has for the neurons upstream, (..., n)."""
        if self.in_order and self.of_one_neuron:  # a part of the array, not a copy
            first = int(self.upstreams[0])
            return array[..., first : first + len(self)]
        return array_namespace(array).take(array, self.upstreams_there, axis=array.ndim - 1)


def even_blocks(count: int, most: int) -> list[slice]:
    """Slices of so many things, each of at most so many."""
    # The standard knows no slice that ends beyond the end.
    return [slice(start, min(start + most, count)) for start in range(0, count, most)]


def entry_blocks(neurons: HostArray, most: int) -> list[slice]:
    """Slices of at most so many entries, of one neuron each if the neurons have many.

    Args:
        neurons: (n,) the neuron of each entry.
        most: entries in a slice; of one neuron, which are cheaper together, twice as many.

    """
    starts = np.concatenate([[0], np.flatnonzero(np.diff(neurons)) + 1, [len(neurons)]])
    if len(neurons) < LEAST_ENTRIES * (len(starts) - 1):
        return even_blocks(len(neurons), most)
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
