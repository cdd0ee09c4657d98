"""Gradients in which something is missing."""

import numpy as np
import pytest

from gradcheck.diagnosis.parts_left_out import (
    all_zero,
    axis_words,
    examples_left_out,
    only_slices,
    rows_zero,
)
from nets.arrays import HostArray
from tests.gradcheck.diagnosis.checked import alone, checked, right_gradient

RIGHT = right_gradient(4, 3)


def zeroed(right: HostArray, *index: int | slice | list[int]) -> HostArray:
    changed = right.copy()
    changed[index] = 0.0
    return changed


def test_a_gradient_of_zeros() -> None:
    array = checked(0.0 * RIGHT, RIGHT)
    found = all_zero(array, alone(array))
    assert found is not None
    assert found.name == "all-zero"
    array = checked(with_one := zeroed(RIGHT, slice(1, None)), RIGHT)
    assert np.any(with_one)
    assert all_zero(array, alone(array)) is None


@pytest.mark.parametrize(
    ("index", "where"),
    [
        ((0,), (0, [0])),
        (([1, 3],), (0, [1, 3])),
        ((slice(None), 2), (1, [2])),
        ((2, 1), (0, [2])),  # a row is the smaller part of the array
        ((slice(None), slice(None)), None),
    ],
)
def test_the_slices_that_hold_all_wrong_entries(
    index: tuple[int | slice | list[int], ...], where: tuple[int, list[int]] | None
) -> None:
    array = checked(zeroed(RIGHT, *index), RIGHT)
    found = only_slices(array, array.wrong)
    assert (found and tuple(found)) == where


@pytest.mark.parametrize(
    ("shape", "axis", "indices", "words"),
    [
        ((5,), 0, [3], "entry 3"),
        ((5,), 0, [1, 3], "entries 1 and 3"),
        ((4, 3), 0, [0, 3], "rows 0 and 3"),
        ((4, 3), 1, [2], "column 2"),
        ((2, 3, 3), 1, [0], "index 0 of axis 1"),
        ((2, 3, 3), 2, [0, 1], "indices 0 and 1 of axis 2"),
    ],
)
def test_slices_have_the_words_of_a_reader(
    shape: tuple[int, ...], axis: int, indices: list[int], words: str
) -> None:
    right = right_gradient(*shape)
    assert axis_words(checked(right, right), axis, indices) == words


@pytest.mark.parametrize(
    ("shape", "index", "name", "begin"),
    [
        ((4, 3), (0,), "row-zeroed", "Row 0 is zero"),
        ((4, 3), ([1, 3],), "row-zeroed", "Rows 1 and 3 are zero"),
        ((4, 3), (slice(None), 2), "column-zeroed", "Column 2 is zero"),
        ((2, 3, 3), (slice(None), slice(None), 1), "slice-zeroed", "Index 1 of axis 2 is zero"),
        ((5,), (-1,), "entry-zeroed", "Entry 4 is zero"),
    ],
)
def test_slices_that_are_zero(
    shape: tuple[int, ...], index: tuple[int | slice | list[int], ...], name: str, begin: str
) -> None:
    right = right_gradient(*shape)
    array = checked(zeroed(right, *index), right)
    found = rows_zero(array, alone(array))
    assert found is not None
    assert found.name == name
    assert found.says.startswith(f"{begin}, and the rest is right")


def test_slices_that_are_not_quite_zero_are_wrong_in_another_way() -> None:
    wrong = RIGHT.copy()
    wrong[0] *= 0.1
    elsewhere = zeroed(RIGHT, 0)
    elsewhere[2, 2] = 9.0
    for claim in (wrong, elsewhere, RIGHT):
        array = checked(claim, RIGHT)
        assert rows_zero(array, alone(array)) is None


def parts_of(right: HostArray, m: int) -> HostArray:
    """Parts of m examples that add up to the gradient."""
    parts = np.random.default_rng(5).standard_normal((m, *right.shape))
    parts[-1] += right - parts.sum(0)
    return parts


@pytest.mark.parametrize(
    ("shape", "m", "kept", "name"),
    [
        ((4, 3), 5, [0, 1, 2, 3], "example-lost"),
        ((4, 3), 5, [1, 2, 3, 4], "example-lost"),
        ((4, 3), 5, [4], "weights-last-example-only"),
        ((4, 3), 5, [1], "one-example-only"),
        ((3,), 5, [4], "bias-not-summed"),
        ((3, 1), 5, [4], "bias-not-summed"),
        ((3,), 5, [0], "bias-first-example-only"),
        ((4, 3), 5, [0, 3], None),  # of five examples not every choice is tried
        ((4, 3), 4, [0, 3], "examples-left-out"),
        ((4, 3), 2, [1], "weights-last-example-only"),
        ((4, 3), 1, [], "example-lost"),
    ],
)
def test_examples_that_are_left_out(
    shape: tuple[int, ...], m: int, kept: list[int], name: str | None
) -> None:
    right = right_gradient(*shape)
    parts = parts_of(right, m)
    claim = parts[kept].sum(0)
    array = checked(claim, right, by_example=parts)
    found = examples_left_out(array, alone(array))
    assert (None if found is None else found.name) == name
    unknown = checked(claim, right)
    assert examples_left_out(unknown, alone(unknown)) is None


def test_the_mean_over_those_that_are_kept_is_found_too() -> None:
    parts = parts_of(RIGHT, 4)
    array = checked((4 / 3) * parts[[0, 1, 3]].sum(0), RIGHT, by_example=parts)
    found = examples_left_out(array, alone(array))
    assert found is not None
    assert found.says == "Example 2 of 4 is left out of the sum over the examples."
