"""What every format gives for a check."""

from dataclasses import replace

import numpy as np

from gradcheck.homework.contract import NamedArray
from tests.gradcheck.homework.parts import W, part_of

PART = replace(part_of(), arrays=(NamedArray("W1", W.copy()), NamedArray("x", np.ones((2, 2)))))


def test_the_values_are_those_of_the_arrays() -> None:
    assert all(map(np.array_equal, PART.values, [W, np.ones((2, 2))]))


def test_a_part_is_checked_at_other_values() -> None:
    moved = PART.at([W + 1.0, np.zeros((2, 2))])
    assert all(map(np.array_equal, moved.values, [W + 1.0, np.zeros((2, 2))]))
    assert [each.name for each in moved.arrays] == ["W1", "x"]
    assert np.array_equal(PART.values[0], W)


def test_an_array_of_another_shape_keeps_its_own_value() -> None:
    """As inputs do where a part is opened with fewer examples."""
    moved = PART.at([W + 1.0, np.zeros((2, 1))])
    assert all(map(np.array_equal, moved.values, [W + 1.0, np.ones((2, 2))]))
