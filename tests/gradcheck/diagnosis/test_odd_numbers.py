"""Gradients whose numbers were spoilt."""

import numpy as np
import pytest

from gradcheck.diagnosis.odd_numbers import clipped, half_precision, not_a_number, old_values
from nets.arrays import HostArray
from tests.gradcheck.diagnosis.checked import alone, checked, right_gradient

RIGHT = right_gradient(4, 3)


def with_value(value: float, *indices: tuple[int, int]) -> HostArray:
    changed = RIGHT.copy()
    for index in indices:
        changed[index] = value
    return changed


def test_values_that_are_none_are_counted() -> None:
    one = checked(with_value(np.nan, (2, 1)), RIGHT)
    found = not_a_number(one, alone(one))
    assert found is not None
    assert found.name == "not-a-number"
    assert found.evidence == "1 of 12 values is NaN or infinite. The first is at [2, 1]."
    two = checked(with_value(np.inf, (1, 0), (3, 2)), RIGHT)
    found = not_a_number(two, alone(two))
    assert found is not None
    assert found.evidence == "2 of 12 values are NaN or infinite. The first is at [1, 0]."
    number = checked(np.nan, np.array(1.0))
    found = not_a_number(number, alone(number))
    assert found is not None
    assert found.evidence == "1 of 1 values is NaN or infinite."
    wrong = checked(2.0 * RIGHT, RIGHT)
    assert not_a_number(wrong, alone(wrong)) is None


BEFORE = right_gradient(4, 3, seed=1)


@pytest.mark.parametrize(
    ("again", "name"),
    [
        (BEFORE + 2.0 * RIGHT, "accumulated"),
        (BEFORE - RIGHT, "keeps-state"),
        (BEFORE + RIGHT, None),
    ],
)
def test_calls_that_differ(again: HostArray, name: str | None) -> None:
    array = checked(BEFORE + RIGHT, RIGHT, again=again)
    found = old_values(array, alone(array))
    assert (None if found is None else found.name) == name


def test_without_a_second_call_nothing_is_told_of_old_values() -> None:
    array = checked(BEFORE + RIGHT, RIGHT)
    assert old_values(array, alone(array)) is None


def test_large_entries_that_are_cut_off() -> None:
    array = checked(np.clip(RIGHT, -0.9, 0.9), RIGHT)
    found = clipped(array, alone(array))
    assert found is not None
    assert (found.name, found.says) == ("gradient-clipped", "Large entries are cut off at 0.9.")
    for claim in (
        np.clip(RIGHT, -0.9, None),  # on one side only
        2.0 * np.clip(RIGHT, -0.9, 0.9),
        np.where(np.abs(RIGHT) == np.max(np.abs(RIGHT)), 0.9 * RIGHT, RIGHT),  # one entry
        0.0 * RIGHT,
    ):
        array = checked(claim, RIGHT)
        assert clipped(array, alone(array)) is None


def test_numbers_that_were_stored_as_float16() -> None:
    half = RIGHT.astype(np.float16)
    array = checked(half, RIGHT)
    found = half_precision(array, alone(array))
    assert found is not None
    assert found.name == "rounded-to-half-precision"
    for claim in (2.0 * half, RIGHT + 1e-4, half.astype(float) + 1e-6):
        array = checked(claim, RIGHT)
        assert half_precision(array, alone(array)) is None
