"""The tables of signed distances."""

import numpy as np
import pytest

from nets.arrays import HostArray
from nets.data.typefaces import NODES, REACH, TYPEFACES, signed_distances

STEP = 2 * REACH / (NODES - 1)


def tables() -> HostArray:
    """A table for each typeface and digit, (typefaces, 10, NODES, NODES)."""
    return signed_distances().reshape(len(TYPEFACES), 10, NODES, NODES)


def test_a_table_for_each_digit_of_each_typeface() -> None:
    assert tables().dtype == np.float32
    assert len({table.tobytes() for face in tables() for table in face}) == 10 * len(TYPEFACES)


def test_a_digit_is_one_height_high_and_in_the_middle() -> None:
    inside = np.max(tables(), axis=3) > 0  # rows with a point inside, from the lowest
    lowest = -REACH + STEP * np.argmax(inside, axis=2)
    highest = REACH - STEP * np.argmax(inside[:, :, ::-1], axis=2)
    assert np.all(np.abs(lowest + 0.5) < 1.5 * STEP)
    assert np.all(np.abs(highest - 0.5) < 1.5 * STEP)


def test_neighbours_differ_by_no_more_than_their_distance() -> None:
    # This holds for every signed distance, also across the outline.
    for axis in (2, 3):
        assert np.max(np.abs(np.diff(tables(), axis=axis))) < STEP * (1 + 1e-4)


@pytest.mark.parametrize(("digit", "inside"), [(0, False), (1, True), (3, True)])
def test_inside_is_positive(digit: int, inside: bool) -> None:
    # In DejaVu Sans the middle of a 0 is its hole; a 1 has its stem there, and a 3 its joint.
    table = tables()[TYPEFACES.index("DejaVuSans"), digit]
    middle = slice(NODES // 2 - 2, NODES // 2 + 3)
    assert (np.max(table[middle, middle]) > 0) == inside
    assert table[0, 0] < -0.2  # a corner is far outside
