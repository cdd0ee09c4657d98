"""What arrays have for moved entries, and how those are halved."""

import numpy as np
import pytest

from gradcheck.engines.moved_entries import MovedEntries
from nets.arrays import CPU, Place, to_numpy


def moved_entries(entries: np.ndarray, n_upstream: int, where: Place = CPU) -> MovedEntries:
    return MovedEntries.of(
        entries, n_upstream, where.put(np.arange(2.0 * len(entries)).reshape(2, -1))
    )


@pytest.mark.parametrize(
    "entries",
    [
        np.arange(12),
        np.arange(4, 8),  # one row, as it lies in memory
        np.arange(5, 7),
        np.array([6, 5]),
        np.array([5, 5, 7]),  # one row, but not one beside the other
        np.array([1, 9, 4, 4]),
    ],
)
def test_what_an_array_has_for_entries(entries: np.ndarray, where: Place) -> None:
    downstream, upstream = np.arange(30.0).reshape(10, 3), np.arange(80.0).reshape(2, 10, 4)
    moved = moved_entries(entries, 4, where)
    rows, columns = np.divmod(entries, 4)
    for some in (slice(0, len(entries)), slice(0, 2), slice(1, 2)):
        block = moved[some]
        assert block.copies == 2 * len(block) == 2 * len(rows[some])
        found = to_numpy(block.at_neurons(where.put(downstream)))
        wanted = downstream[:, rows[some]]
        if len(set(rows[some].tolist())) == 1:
            wanted = wanted[:, :1]  # to be broadcast
        np.testing.assert_array_equal(found, wanted)
        found = to_numpy(block.at_upstream_neurons(where.put(upstream)))
        np.testing.assert_array_equal(found, upstream[..., columns[some]])
        np.testing.assert_array_equal(
            to_numpy(block.displacements), np.arange(2.0 * len(entries)).reshape(2, -1)[:, some]
        )


def test_a_row_of_weights_is_not_copied() -> None:
    upstream = np.arange(12.0).reshape(3, 4)
    row, others = moved_entries(np.arange(4, 8), 4), moved_entries(np.array([4, 6, 7]), 4)
    assert np.shares_memory(row.at_upstream_neurons(upstream), upstream)
    assert not np.shares_memory(others.at_upstream_neurons(upstream), upstream)


def test_several_entries_are_halved() -> None:
    first, second, axis = moved_entries(np.array([3, 4, 9]), 4).halves()
    assert axis == 1
    assert (first.neurons.tolist(), second.neurons.tolist()) == ([0], [1, 2])
    assert first.displacements.tolist() == [[0.0], [3.0]]
    assert second.displacements.tolist() == [[1.0, 2.0], [4.0, 5.0]]


def test_of_a_single_entry_the_offsets_are_halved() -> None:
    first, second, axis = moved_entries(np.array([9]), 4).halves()
    assert axis == 0
    assert (first.displacements.tolist(), second.displacements.tolist()) == ([[0.0]], [[1.0]])
    assert first.neurons.tolist() == second.neurons.tolist() == [2]
    assert (first.offsets, second.offsets) == (1, 1)
    assert first.copies == second.copies == 1
