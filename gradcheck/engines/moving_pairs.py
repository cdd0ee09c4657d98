"""Pairs of an example and an entry that move; the others cost what they did, and are left out.

Where the upstream activation is 0, as in most pixels of a digit, moving a weight moves nothing. A
ReLU neuron that is 0 and stays 0 moves nothing either. Such a pair changes no cost, exactly.
"""

from dataclasses import dataclass

import numpy as np
from array_api_compat import device

from nets.arrays import Array, HostArray, array_namespace, to_numpy

__all__ = ["MovingPairs"]

# Pairs are left out where at most this part of them moves. To gather those that move takes about as
# long as one of the operations on all of them, of which there are ten or more.
MOST_MOVING = 0.8


@dataclass(frozen=True)
class MovingPairs:
    """The p pairs, of so many examples and n entries, whose activation moves.

    Attributes:
        positions: (p,) in the flattened array (examples, n), ascending, on the host.
        shape: (examples, n).

    """

    positions: HostArray
    shape: tuple[int, int]

    @classmethod
    def of(cls, z_per_unit: Array, before: Array, after: Array) -> "MovingPairs | None":
        """The pairs that move; None if they are so many that none should be left out.

        Args:
            z_per_unit: (examples, 1, n), by how much z changes for each unit of a weight.
            before: (examples, 1, n or 1), the activations, unperturbed.
            after: (examples, offsets, n), the same, perturbed.

        """
        xp = array_namespace(after)
        moves = xp.any(after != before, axis=1) & (z_per_unit[:, 0, :] != 0.0)
        moving: HostArray = to_numpy(moves)
        positions = np.flatnonzero(moving)
        if len(positions) > MOST_MOVING * moving.size:
            return None
        return cls(positions, (moving.shape[0], moving.shape[1]))

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def examples(self) -> HostArray:
        """The example (p,) of each pair, counted from the first of these examples."""
        return self.positions // self.shape[1]

    def of_entries(self, array: Array) -> Array:
        """The numbers (..., p) of an array (..., n) of entries; (..., 1) stays as it is."""
        if array.shape[-1] != self.shape[1]:
            return array
        return _taken(array, self.positions % self.shape[1])

    def of_pairs(self, array: Array) -> Array:
        """The numbers (1, offsets, p) of an array (examples, offsets, n), or (examples, 1, 1)."""
        xp = array_namespace(array)
        if array.shape[-1] != self.shape[1]:
            return _taken(xp.reshape(array, (1, 1, -1)), self.examples)
        # The example comes beside the entry.
        beside = xp.permute_dims(array, (1, 0, 2))
        return _taken(xp.reshape(beside, (1, array.shape[1], -1)), self.positions)

    def spread(self, changes: Array) -> Array:
        """The cost changes (examples, offsets, n) of all pairs, from (1, offsets, p) of these.

        The others are 0.
        """
        xp = array_namespace(changes)
        offsets = changes.shape[1]
        nothing = xp.zeros((1, offsets, 1), dtype=changes.dtype, device=device(changes))
        source = np.full(self.shape[0] * self.shape[1], len(self), dtype=np.intp)
        source[self.positions] = np.arange(len(self))
        everywhere = _taken(xp.concat([changes, nothing], axis=2), source)
        return xp.permute_dims(xp.reshape(everywhere, (offsets, *self.shape)), (1, 0, 2))


def _taken(array: Array, positions: HostArray) -> Array:
    """The numbers at some positions (p,) of the last axis."""
    xp = array_namespace(array)
    there = xp.asarray(positions, device=device(array))
    return xp.take(array, there, axis=array.ndim - 1)
