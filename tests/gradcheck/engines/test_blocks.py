"""Blocks of perturbed copies: every entry is in one, and none is too large."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.engines.blocks import Moves, entry_blocks, even_blocks
from nets.arrays import CPU, Place, to_numpy

ROWS = st.lists(st.integers(0, 5), min_size=1, max_size=400).map(
    lambda rows: np.array(sorted(rows))
)


def in_a_row(blocks: list[slice], count: int) -> bool:
    """Whether the blocks, one after the other, are all things of so many."""
    ends = [0, *(block.stop for block in blocks)]
    return ends[-1] == count and all(
        block.start == end < block.stop for block, end in zip(blocks, ends, strict=False)
    )


@given(count=st.integers(1, 200), most=st.integers(1, 250))
def test_even_blocks_are_all_things_and_none_is_too_large(count: int, most: int) -> None:
    blocks = even_blocks(count, most)
    assert in_a_row(blocks, count)
    assert max(block.stop - block.start for block in blocks) <= most


@given(rows=ROWS, most=st.integers(1, 250))
def test_entry_blocks_are_all_entries(rows: np.ndarray, most: int) -> None:
    blocks = entry_blocks(rows, most)
    assert in_a_row(blocks, len(rows))
    for block in blocks:
        of_one = rows[block.start] == rows[block.stop - 1]
        assert block.stop - block.start <= most * (1 + of_one)


def test_neurons_with_many_entries_get_blocks_of_their_own() -> None:
    rows = np.repeat(np.arange(3), 100)
    assert entry_blocks(rows, 60) == [slice(0, 100), slice(100, 200), slice(200, 300)]
    # Cut evenly where they are too many.
    assert entry_blocks(rows, 40)[:3] == [slice(0, 50), slice(50, 100), slice(100, 150)]
    few = np.repeat(np.arange(3), 10)
    assert entry_blocks(few, 60) == [slice(0, 30)]


def moves_of(entries: np.ndarray, n_upstream: int, where: Place = CPU) -> Moves:
    return Moves.of(entries, n_upstream, where.put(np.arange(2.0 * len(entries)).reshape(2, -1)))


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
    moves = moves_of(entries, 4, where)
    rows, columns = np.divmod(entries, 4)
    for some in (slice(0, len(entries)), slice(0, 2), slice(1, 2)):
        block = moves[some]
        assert block.copies == 2 * len(block) == 2 * len(rows[some])
        found = to_numpy(block.at_neurons(where.put(downstream)))
        wanted = downstream[:, rows[some]]
        if len(set(rows[some].tolist())) == 1:
            wanted = wanted[:, :1]  # to be broadcast
        np.testing.assert_array_equal(found, wanted)
        found = to_numpy(block.at_upstreams(where.put(upstream)))
        np.testing.assert_array_equal(found, upstream[..., columns[some]])
        np.testing.assert_array_equal(
            to_numpy(block.by), np.arange(2.0 * len(entries)).reshape(2, -1)[:, some]
        )


def test_a_row_of_weights_is_not_copied() -> None:
    upstream = np.arange(12.0).reshape(3, 4)
    assert np.shares_memory(moves_of(np.arange(4, 8), 4).at_upstreams(upstream), upstream)
    assert not np.shares_memory(moves_of(np.array([4, 6, 7]), 4).at_upstreams(upstream), upstream)


def test_halves_of_entries_and_of_the_offsets_of_one() -> None:
    first, second, axis = moves_of(np.array([3, 4, 9]), 4).halves()
    assert (first.neurons.tolist(), second.neurons.tolist(), axis) == ([0], [1, 2], 1)
    assert (first.by.tolist(), second.by.tolist()) == ([[0.0], [3.0]], [[1.0, 2.0], [4.0, 5.0]])
    first, second, axis = moves_of(np.array([9]), 4).halves()
    assert (first.by.tolist(), second.by.tolist(), axis) == ([[0.0]], [[1.0]], 0)
    assert first.copies == second.copies == 1
