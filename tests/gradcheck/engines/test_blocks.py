"""Blocks of perturbed copies: every entry is in one, and none is too large."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.engines.blocks import WORTH_A_BLOCK, device_block, entry_blocks, even_blocks

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


@given(rows=ROWS, most=st.integers(1, 250), numbers=st.sampled_from([1.0, 500.0, 1e6]))
def test_entry_blocks_are_all_entries(rows: np.ndarray, most: int, numbers: float) -> None:
    blocks = entry_blocks(rows, most, numbers)
    assert in_a_row(blocks, len(rows))
    for block in blocks:
        of_one = rows[block.start] == rows[block.stop - 1]
        assert block.stop - block.start <= most * (1 + of_one)


def test_neurons_with_many_entries_get_blocks_of_their_own() -> None:
    rows = np.repeat(np.arange(3), 100)
    assert entry_blocks(rows, 60, WORTH_A_BLOCK) == [
        slice(0, 100),
        slice(100, 200),
        slice(200, 300),
    ]
    # Cut evenly where they are too many.
    assert entry_blocks(rows, 40, WORTH_A_BLOCK)[:3] == [
        slice(0, 50),
        slice(50, 100),
        slice(100, 150),
    ]


def test_neurons_with_few_entries_share_blocks() -> None:
    few, enough = (np.repeat(np.arange(3), each) for each in (63, 64))
    assert entry_blocks(few, 1000, WORTH_A_BLOCK / 64) == [slice(0, len(few))]
    assert len(entry_blocks(enough, 1000, WORTH_A_BLOCK / 64)) == 3
    # A block of several would be hardly longer here.
    assert len(entry_blocks(few, 100, WORTH_A_BLOCK / 64)) == 3


@pytest.mark.parametrize(("gibibytes", "exponent"), [(1, 23), (4, 25), (16, 26), (139, 26)])
def test_a_block_leaves_half_of_the_memory_free(gibibytes: int, exponent: int) -> None:
    assert device_block(gibibytes * 2**30) == 2**exponent


def test_a_device_that_is_full_gets_the_smallest_blocks() -> None:
    assert device_block(0) == 1
