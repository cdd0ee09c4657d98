"""The arithmetic of the batched engine: each moved entry makes a perturbed copy of every example.

Moving weight w_jk of a layer by d moves only z_j of that layer, by d times the upstream
activation k, in each example. So a perturbed copy of an example is one more column, and

1. nothing upstream of the layer is computed again;
2. in the layer itself one activation is;
3. how that changes the cost is computed in ``downstream``.

A bias is a weight whose upstream activation is 1.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gradcheck.engines.blocks import even_blocks
from gradcheck.engines.downstream import Downstream, WayToTheCost
from gradcheck.engines.moved_entries import MovedEntries
from gradcheck.engines.moving_copies import (
    MovingCopies,
    few_enough,
    moving_pairs,
    part_not_zero,
    spread,
)
from nets.activations import Activation
from nets.arrays import Array, HostArray, array_namespace, to_numpy

__all__ = ["MovedArray"]


@dataclass(frozen=True)
class MovedArray:
    """One parameter array, and what is needed to move its entries.

    Layers, z, activations and the cost are those of the network in its cheaper form
    (``FoldedNetwork``). There the z of a sigmoid layer is half of the original z.

    Attributes:
        activation: of the layer that the array belongs to.
        z_per_unit: (batch, 1, n_upstream), by how much z changes for each unit of a weight;
            (batch, 1, 1) for biases.
        z: (batch, 1, n_downstream), of the layer, unperturbed.
        activations: (batch, 1, n_downstream), of the layer, unperturbed.
        way: from the activations to the cost.
        unit: the original cost is ``unit`` times the cost here.

    """

    activation: Activation
    z_per_unit: Array
    z: Array
    activations: Array
    way: WayToTheCost
    unit: float

    @property
    def batch_size(self) -> int:
        """How many examples there are."""
        return int(self.z.shape[0])

    @property
    def numbers(self) -> int:
        """How many numbers are held for this array alone; the weights downstream are shared."""
        return self.batch_size * (self.n_upstream + 2 * int(self.z.shape[2]))

    @property
    def n_upstream(self) -> int:
        """How many columns the array has: 1 for biases."""
        return int(self.z_per_unit.shape[2])

    @property
    def widest(self) -> int:
        """The most neurons of one layer that a perturbed column passes through."""
        return self.way.widest

    def cost_changes(self, block: MovedEntries, examples_each: int) -> Array:
        """How the cost changes as each entry is moved, alone, by each of its displacements.

        Args:
            block: the n entries, and their displacements.
            examples_each: how many examples are computed at a time, each with all its copies.

        Returns:
            (offsets, n), in the unit of the original cost.

        """
        if not few_enough(self.moving_share):
            return self._changes(block, examples_each)
        # First the entries that move nothing in any example, as behind a pixel that stays black.
        moving = np.flatnonzero(self._moving_upstream[block.upstream_neurons])
        if len(moving) == len(block):
            return self._changes(block, examples_each)
        if len(moving) == 0:
            return array_namespace(self.z).zeros_like(block.displacements)
        return spread(self._changes(block.at(moving), examples_each), moving, len(block))

    def _changes(self, block: MovedEntries, examples_each: int) -> Array:
        """See ``cost_changes``; of entries each of which may move something."""
        xp = array_namespace(self.z)
        z_per_unit = block.at_upstream_neurons(self.z_per_unit)  # (batch, 1, n)
        z = block.at_neurons(self.z)  # (batch, 1, n or 1), as the next
        before = block.at_neurons(self.activations)
        constants = self.way.constants_of(block)
        sums = []
        for some in even_blocks(self.batch_size, examples_each):
            after = z_per_unit[some, ...] * block.displacements  # (examples, offsets, n)
            after += z[some, ...]
            after = self.activation.value(after)
            # Costs are subtracted in each example, before they are summed: the sum over the
            # examples would round away digits of the small differences.
            moving = None
            if few_enough(self.moving_share):
                moving = moving_pairs(z_per_unit[some, ...], before[some, ...], after)
            if moving is None:
                changes = self.way.cost_changes(constants, before[some, ...], after, some)
                sums.append(xp.sum(changes, axis=0))
            else:
                copies = MovingCopies(moving, constants, before[some, ...], after)
                sums.append(copies.summed_changes(self.way, some.start))
        total = sums[0] if len(sums) == 1 else xp.sum(xp.stack(sums), axis=0)
        return total / (self.batch_size / self.unit)

    @cached_property
    def _moving_upstream(self) -> HostArray:
        """Which upstream neurons are not 0 in all examples, (n_upstream,) bool, on the host."""
        moving: HostArray = np.any(to_numpy(self.z_per_unit) != 0.0, axis=(0, 1))
        return moving

    @cached_property
    def moving_share(self) -> float:
        """About which part of the pairs of an example and an entry can change a cost, 0 to 1."""
        if not isinstance(self.way, Downstream):
            return 1.0  # a single number is computed for each pair
        share = part_not_zero(self.z_per_unit)
        return share * part_not_zero(self.activations) if self.activation.kinks else share
