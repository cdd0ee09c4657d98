"""Blocks of moved entries: which entries are evaluated together, and how many."""

from itertools import pairwise

import numpy as np

from nets.arrays import HostArray

__all__ = [
    "CPU_BLOCK",
    "LEAST_COLUMNS",
    "WORTH_A_BLOCK",
    "device_block",
    "entry_blocks",
    "even_blocks",
]

# Numbers in the largest temporary array of a block on a CPU: 2 MiB in float64. A few arrays of this
# size stay in the caches of a core, and an operation still runs many times as long as NumPy takes
# to begin it. `python -m tests.benchmarks.checker --only growth` times the engine with it.
CPU_BLOCK = 2**18
# The same on a GPU: 512 MiB in float64. A block has about 30 operations, and starting each takes a
# few microseconds. With this many numbers they run several times as long as that. This is an
# estimate; tests/benchmarks/gpu.py times the engine on a GPU.
DEVICE_BLOCK = 2**26
# Bytes of free memory on a GPU for each number in the largest temporary array of a block:
# 2, because blocks may take half of the free memory,
# times 4, because two such arrays exist at once, and smaller ones take as much again,
# times 16, the bytes of a complex number.
DEVICE_BYTES = 2 * 4 * 16
# Columns (perturbed copies of examples) that a block has at least, however wide the layers are. It
# trades time against memory: with few columns a matrix product takes most of its time to read the
# weights, with many its result is large.
LEAST_COLUMNS = 128
# Numbers that the entries of one neuron make, on average, from which on no block has entries of two
# neurons: those of the widest layer, over all entries and examples. The entries of one neuron share
# its z and its weights downstream, which saves copies. But short blocks take NumPy most of their
# time to begin each operation. `python -m tests.benchmarks.checker --only blocks` measures it.
WORTH_A_BLOCK = 2.0**15


def even_blocks(count: int, most: int) -> list[slice]:
    """Cut ``count`` things into slices of ``most`` things; the last one may be shorter.

    >>> even_blocks(5, 2)
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]

    """
    # The array API standard has no slice that ends beyond the end of an array.
    return [slice(start, min(start + most, count)) for start in range(0, count, most)]


def entry_blocks(neurons: HostArray, most: int, numbers: float) -> list[slice]:
    """Cut entries into slices; where neurons have many entries, each slice has those of one neuron.

    Args:
        neurons: (n,) the neuron of each entry.
        most: entries in a slice. A slice of one neuron may have twice as many, because its entries
            share what belongs to the neuron.
        numbers: of the widest layer, for each entry; at least 1.

    """
    if len(neurons) <= most and len(neurons) * numbers < WORTH_A_BLOCK:
        return [slice(0, len(neurons))]  # as below, but quickly
    starts = np.concatenate([[0], np.flatnonzero(np.diff(neurons)) + 1, [len(neurons)]])
    each = len(neurons) / (len(starts) - 1)
    # A block of several neurons is worth it if it is at least twice as long.
    if each * numbers < WORTH_A_BLOCK and 2 * each <= most:
        return even_blocks(len(neurons), most)
    blocks = []
    for first, last in pairwise(starts.tolist()):
        pieces = -(-(last - first) // (2 * most))
        cuts = [first + (last - first) * piece // pieces for piece in range(pieces + 1)]
        blocks += [slice(*ends) for ends in pairwise(cuts)]
    return blocks


def device_block(free_memory: int | None) -> int:
    """Numbers in the largest temporary array of a block on a GPU with so many bytes free.

    If it is not known how many are free, there is taken to be enough.

    >>> device_block(80 * 2**30) == DEVICE_BLOCK
    True
    >>> device_block(2**30) == 2**23
    True

    """
    if free_memory is None:
        return DEVICE_BLOCK
    return max(1, min(DEVICE_BLOCK, free_memory // DEVICE_BYTES))
