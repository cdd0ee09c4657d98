"""Entries of one parameter array, and how far each of them is moved."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import there
from nets.arrays import Array, HostArray, array_namespace

__all__ = ["MovedEntries"]


@dataclass(frozen=True)
class MovedEntries:
    """n entries of a parameter array, each moved, alone, by each of its displacements.

    Entry (j, k) of a weights array belongs to neuron j of the layer and to neuron k upstream.
    For an entry of a biases array k is 0.

    Attributes:
        neurons: (n,) the neuron j of each entry, on the host, where the blocks are made.
        upstream_neurons: (n,) the neuron k of each entry, on the host.
        displacements: (offsets, n), how far each entry moves, on the device of the network.
        neurons_on_device: (n,) ``neurons`` on the device of the network.
        upstream_neurons_on_device: (n,) ``upstream_neurons`` on the device of the network.
        consecutive: whether each entry follows directly on the one before, in the flattened array.

    """

    neurons: HostArray
    upstream_neurons: HostArray
    displacements: Array
    neurons_on_device: Array
    upstream_neurons_on_device: Array
    consecutive: bool

    @classmethod
    def of(cls, entries: HostArray, n_upstream: int, displacements: Array) -> "MovedEntries":
        """Entries of an array (n_downstream, n_upstream).

        Args:
            entries: (n,) positions in the flattened array, on the host.
            n_upstream: columns of the array: 1 for biases.
            displacements: (offsets, n), on the device of the network.

        """
        xp = array_namespace(displacements)
        neurons, upstream_neurons = np.divmod(entries, n_upstream)
        return cls(
            neurons,
            upstream_neurons,
            displacements,
            xp.asarray(neurons, device=device(displacements)),
            xp.asarray(upstream_neurons, device=device(displacements)),
            consecutive=bool(np.all(np.diff(entries) == 1)),
        )

    def __len__(self) -> int:
        return len(self.neurons)

    def __getitem__(self, some: slice) -> "MovedEntries":
        return MovedEntries(
            self.neurons[some],
            self.upstream_neurons[some],
            self.displacements[:, some],
            self.neurons_on_device[some],
            self.upstream_neurons_on_device[some],
            self.consecutive,
        )

    def at(self, positions: HostArray) -> "MovedEntries":
        """Some of the entries, by their positions (m,) among the n."""
        xp, where = array_namespace(self.displacements), there(positions, self.displacements)
        return MovedEntries(
            self.neurons[positions],
            self.upstream_neurons[positions],
            xp.take(self.displacements, where, axis=1),
            xp.take(self.neurons_on_device, where),
            xp.take(self.upstream_neurons_on_device, where),
            consecutive=False,
        )

    @property
    def offsets(self) -> int:
        """By how many offsets each entry is moved."""
        return int(self.displacements.shape[0])

    @property
    def copies(self) -> int:
        """How many perturbed copies each example has: one for each entry and offset."""
        return self.offsets * len(self)

    def halves(self) -> tuple["MovedEntries", "MovedEntries", int]:
        """Two halves, and the axis of (offsets, n) along which their results are joined.

        The entries are divided between the halves. A single entry cannot be divided; then its
        offsets are.
        """
        if len(self) > 1:
            middle = len(self) // 2
            return self[:middle], self[middle:], 1
        middle = self.offsets // 2
        first, second = self.displacements[:middle, :], self.displacements[middle:, :]
        return replace(self, displacements=first), replace(self, displacements=second), 0

    @cached_property
    def of_one_neuron(self) -> bool:
        """Whether all entries belong to one neuron."""
        if self.consecutive:
            return bool(self.neurons[0] == self.neurons[-1])
        return bool(np.all(self.neurons == self.neurons[0]))

    def at_neurons(self, array: Array) -> Array:
        """The numbers of an array (..., n_downstream) that belong to each entry's neuron.

        Returns:
            (..., n), or (..., 1) if all entries belong to one neuron: that is broadcast later,
            which costs less than n copies.

        """
        if self.of_one_neuron:
            neuron = int(self.neurons[0])
            return array[..., neuron : neuron + 1]
        return array_namespace(array).take(array, self.neurons_on_device, axis=array.ndim - 1)

    def at_upstream_neurons(self, array: Array) -> Array:
        """The numbers of an array (..., n_upstream) that belong to each entry's upstream neuron.

        Returns:
            (..., n): a view of the array if the entries lie side by side in one row, else a copy.

        """
        if self.consecutive and self.of_one_neuron:
            first = int(self.upstream_neurons[0])
            return array[..., first : first + len(self)]
        positions = self.upstream_neurons_on_device
        return array_namespace(array).take(array, positions, axis=array.ndim - 1)
