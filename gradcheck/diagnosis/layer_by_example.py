"""One layer of any fully connected network, as slopes at single examples show it.

For one example the slopes of the biases are dC/dz, and those of the weights are dC/dz times the
upstream activations. So the slopes alone give both, and z follows from the parameters. Nothing need
be known of the activation functions or of the cost.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nets.arrays import HostArray

__all__ = ["ALIKE", "LayerByExample", "alike", "is_smooth"]

# Two arrays are the same if they differ by less than this part of the larger one's largest entry:
# far more than the error of central differences, and less than any mistake in a formula makes.
ALIKE = 1e-4
# Entries in the order of z. A function of z has at most one turn (a maximum or a minimum) in so
# many of them. Of random numbers two in three are turns. Chosen.
ENTRIES_A_TURN = 4


def alike(one: HostArray, other: HostArray) -> bool:
    """Whether two arrays of one shape are the same, but for the error of the slopes.

    >>> alike(np.array([1.0, 2.0]), np.array([1.0, 2.00001]))
    True
    """
    if not (np.all(np.isfinite(one)) and np.all(np.isfinite(other))):
        return False
    largest = float(np.max(np.abs(other), initial=0.0))
    largest = max(largest, float(np.max(np.abs(one), initial=0.0)))
    return bool(np.all(np.abs(one - other) <= ALIKE * largest))


def is_smooth(values: HostArray, z: HostArray) -> bool:
    """Whether values, in the order of z, seldom turn from rising to falling or back.

    Args:
        values: of any shape.
        z: as many numbers.

    >>> is_smooth(np.arange(9.0) ** 2, np.arange(9.0)), is_smooth(np.arange(9) % 2, np.arange(9))
    (True, False)
    """
    by_z = np.asarray(values).reshape(-1)[np.argsort(z.reshape(-1))]
    steps = np.diff(by_z)
    steps = steps[np.abs(steps) > ALIKE * np.max(np.abs(by_z), initial=0.0)]
    turns = int(np.count_nonzero(steps[1:] * steps[:-1] < 0.0))
    return turns * ENTRIES_A_TURN <= by_z.size


@dataclass(frozen=True, eq=False)
class LayerByExample:
    """One layer, at k examples, each of them alone.

    Attributes:
        number: of the layer, counted from 1.
        weights: (n_down, n_up).
        biases: (n_down,).
        upstream: (k, n_up) the upstream activations.
        right: (k, n_down) dC/dz as measured.
        claimed_biases: (k, n_down) the gradients that are claimed for the biases.
        claimed_weights: (k, n_down, n_up) those of the weights, without regularisation.

    """

    number: int
    weights: HostArray
    biases: HostArray
    upstream: HostArray
    right: HostArray
    claimed_biases: HostArray
    claimed_weights: HostArray

    @cached_property
    def z(self) -> HostArray:
        """The pre-activations, (k, n_down)."""
        return np.asarray(self.upstream @ self.weights.T + self.biases)

    @property
    def biases_right(self) -> bool:
        """Whether the gradients of the biases are right."""
        return alike(self.claimed_biases, self.right)

    @property
    def weights_right(self) -> bool:
        """Whether the gradients of the weights are right."""
        return alike(self.claimed_weights, self.product(self.right))

    def product(self, of: HostArray) -> HostArray:
        """The gradients of the weights, (k, n_down, n_up), for a dC/dz of (k, n_down)."""
        return np.asarray(of[:, :, None] * self.upstream[:, None, :])

    @cached_property
    def used(self) -> HostArray | None:
        """The dC/dz that the claims of the weights contain, (k, n_down).

        None if they are not a product with the upstream activations.
        """
        size = np.sum(self.upstream**2, axis=1)
        if not np.all(size > 0.0):
            return None
        found = np.einsum("kij,kj->ki", self.claimed_weights, self.upstream) / size[:, None]
        return found if alike(self.product(found), self.claimed_weights) else None
