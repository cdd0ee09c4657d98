"""Which entries are drawn, and which samples and seeds are refused."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.engines.entries import drawn_entries, expect_sample
from nets.errors import BadInput


@given(size=st.integers(1, 300), sample=st.integers(1, 400), seed=st.integers(0, 99))
def test_drawn_entries_are_different_ones_in_ascending_order(
    size: int, sample: int, seed: int
) -> None:
    entries = drawn_entries(size, sample, np.random.default_rng(seed))
    assert len(entries) == min(size, sample)
    assert np.all(np.diff(entries) > 0)
    assert 0 <= entries[0] <= entries[-1] < size


@pytest.mark.parametrize("sample", [None, 5, 6])
def test_without_a_smaller_sample_all_are_taken(sample: int | None) -> None:
    entries = drawn_entries(5, sample, np.random.default_rng(0))
    assert entries.tolist() == [0, 1, 2, 3, 4]


def test_the_seed_decides_which() -> None:
    first, again, other = (
        drawn_entries(1000, 10, np.random.default_rng(seed)).tolist() for seed in (3, 3, 4)
    )
    assert first == again
    assert first != other


def test_every_entry_can_be_drawn() -> None:
    generator = np.random.default_rng(0)
    drawn = np.concatenate([drawn_entries(20, 2, generator) for _ in range(300)])
    assert set(drawn.tolist()) == set(range(20))


@pytest.mark.parametrize("sample", [None, 1, 10**9, np.int64(3)])
@pytest.mark.parametrize("seed", [0, 7, np.int32(2)])
def test_a_sample_and_a_seed_that_can_be_used(sample: Any, seed: Any) -> None:
    expect_sample(sample, seed)


@pytest.mark.parametrize("sample", [0, -1, 1.0, True, "3"])
def test_a_sample_that_tests_nothing(sample: Any) -> None:
    with pytest.raises(BadInput, match=f"a sample of {sample!r} entries tests nothing; give"):
        expect_sample(sample, 0)


@pytest.mark.parametrize("seed", [-1, 0.5, True, None])
def test_a_seed_that_cannot_be_used(seed: Any) -> None:
    with pytest.raises(BadInput, match=f"seed {seed} cannot be used; give a whole number from 0"):
        expect_sample(3, seed)
