"""Perturbed copies that move; the others cost what they did, and are left out.

Where the upstream activation is 0, as in most pixels of a digit, moving a weight moves nothing. A
ReLU neuron that is 0 and stays 0 moves nothing either. Such a copy of an example costs exactly what
the example does.
"""

from dataclasses import dataclass

import numpy as np

from gradcheck.engines.downstream import WayToTheCost, WeightsBehind
from gradcheck.engines.engine import there
from nets.arrays import Array, HostArray, array_namespace, to_numpy

__all__ = ["MovingCopies", "few_enough", "moving_pairs", "part_not_zero", "spread"]

# A part of the copies. Copies that do not move are left out where at most this part of them moves.
# Selecting those that move takes about as long as one operation on all copies, and there are ten or
# more operations, so that 0.9 would break even. Chosen, with a reserve.
MOST_MOVING = 0.8


def part_not_zero(array: Array) -> float:
    """The part of the numbers of an array of any shape that are not 0."""
    xp = array_namespace(array)
    return float(xp.count_nonzero(array)) / int(np.prod(array.shape))


def few_enough(share: float) -> bool:
    """Whether so small a part of the copies moves that the others are left out."""
    return share <= MOST_MOVING


def moving_pairs(z_per_unit: Array, before: Array, after: Array) -> HostArray | None:
    """Which pairs of an example and an entry move, (examples, n) bool, on the host.

    Args:
        z_per_unit: (examples, 1, n), by how much z changes for each unit of a weight.
        before: (examples, 1, n or 1), the activations, unperturbed.
        after: (examples, offsets, n), the same, perturbed.

    Returns:
        None if so many move that none should be left out.

    """
    xp = array_namespace(after)
    moves = xp.any(after != before, axis=1) & (z_per_unit[:, 0, :] != 0.0)
    moving: HostArray = to_numpy(moves)
    return moving if few_enough(np.count_nonzero(moving) / moving.size) else None


@dataclass(frozen=True)
class MovingCopies:
    """Perturbed copies of some examples, for n entries, of which only some move.

    Attributes:
        moving: (examples, n) bool, on the host.
        weights: behind the neurons of the entries.
        before: (examples, 1, n or 1), the activation of each moved neuron, unperturbed.
        after: (examples, offsets, n), the same, perturbed.

    """

    moving: HostArray
    weights: WeightsBehind
    before: Array
    after: Array

    def summed_changes(self, way: WayToTheCost, first: int) -> Array:
        """How the costs change, summed over the examples: (offsets, n).

        Args:
            way: from the activations to the cost.
            first: the number, in the mini-batch, of the first of these examples.

        """
        xp = array_namespace(self.after)
        total = xp.zeros_like(self.after[0, ...])
        for position, moving in enumerate(self.moving):
            some = np.flatnonzero(moving)
            if len(some):
                example = slice(first + position, first + position + 1)
                one = slice(position, position + 1)
                changes = way.cost_changes(
                    self.weights.at(some),
                    _taken(self.before[one, ...], some),
                    _taken(self.after[one, ...], some),
                    example,
                )
                total = total + spread(changes[0, ...], some, len(moving))
        return total


def _taken(array: Array, positions: HostArray) -> Array:
    """The numbers at some positions (p,) of the last axis; a single number there stays."""
    if array.shape[-1] == 1:
        return array
    xp = array_namespace(array)
    return xp.take(array, there(positions, array), axis=array.ndim - 1)


def spread(changes: Array, positions: HostArray, count: int) -> Array:
    """Changes (offsets, p) at their positions (p,) among so many; the others are 0."""
    xp = array_namespace(changes)
    nothing = xp.zeros_like(changes[:, :1])
    source = np.full(count, len(positions), dtype=np.intp)
    source[positions] = np.arange(len(positions))
    return _taken(xp.concat([changes, nothing], axis=1), source)
