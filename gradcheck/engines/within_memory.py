"""Blocks that fit into memory: halved where memory runs out."""

import sys

from gradcheck.engines.moved_copies import MovedArray
from gradcheck.engines.moved_entries import MovedEntries
from nets.arrays import Array, array_namespace

__all__ = ["WithinMemory"]


class WithinMemory:
    """Evaluates blocks that may be too large for the memory, and remembers which size was."""

    def __init__(self) -> None:
        """No array has been too large so far."""
        # Numbers in the largest temporary array that there is memory for, as far as is known.
        self._most = sys.maxsize

    def cost_changes(self, array: MovedArray, block: MovedEntries, columns: int) -> Array:
        """The cost changes (offsets, n) of a block of n entries.

        Where memory runs out, the block is computed again with half as many columns at a time, and
        later blocks are computed with no more than that. A part has fewer examples at first, then
        fewer entries, and fewer offsets at last.

        Args:
            array: the parameter array that the entries belong to.
            block: the entries, and their displacements.
            columns: perturbed copies of examples that are computed at a time.

        Raises:
            MemoryError: there is no room for even a single perturbed copy of one example.

        """
        most = max(1, self._most // array.widest)
        if block.copies > most:
            first, second, axis = block.halves()
            parts = [self.cost_changes(array, half, columns) for half in (first, second)]
            return array_namespace(block.displacements).concat(parts, axis=axis)
        examples = examples_each(block.copies, array.batch_size, min(columns, most))
        try:
            return array.cost_changes(block, examples)
        except MemoryError:
            held = block.copies * examples
            if held == 1:
                raise
        # Outside of the except clause, in which the traceback still holds the temporary arrays.
        self._most = min(self._most, array.widest * held // 2)
        return self.cost_changes(array, block, columns)


def examples_each(copies: int, batch_size: int, columns: int) -> int:
    """How many examples of a mini-batch to compute at a time, each with all its copies.

    The mini-batch is divided into parts of about the same size, because a short last part would
    take as many calls of NumPy as a long one.

    Args:
        copies: of each example.
        batch_size: examples in the mini-batch.
        columns: the most copies to compute at a time; one example's copies are never divided.

    >>> examples_each(100, 10, 900)  # two parts of 5, not one of 9 and one of 1
    5

    """
    parts = -(-batch_size // max(1, columns // copies))
    return -(-batch_size // parts)
