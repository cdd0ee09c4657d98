"""One entry of an array is moved, in the array or in a copy."""

from typing import Any

import numpy as np
import pytest

from gradcheck.engines.one_entry_moved import Mover, in_a_copy, in_place, mover_for
from nets.arrays import Place, to_numpy


class ReadOnly(np.ndarray[Any, Any]):
    """Stands for an array of JAX: it can be read, and every write is refused."""

    def __setitem__(self, index: object, value: object) -> None:
        raise TypeError("cannot be written to")


@pytest.mark.parametrize("mover", [in_place, in_a_copy])
def test_each_entry_is_moved_alone(mover: Mover, where: Place) -> None:
    array = where.put([[1.0, 2.0], [3.0, 4.0]])
    moved = where.put([10.0, 30.0])
    seen = [to_numpy(each).tolist() for each in mover(array, np.array([0, 2]), moved)]
    assert seen == [[[10.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [30.0, 4.0]]]
    assert to_numpy(array).tolist() == [[1.0, 2.0], [3.0, 4.0]]


@pytest.mark.parametrize("mover", [in_place, in_a_copy])
def test_an_array_of_one_number(mover: Mover, where: Place) -> None:
    array = where.put(1.0)
    (seen,) = [float(each) for each in mover(array, np.array([0]), where.put([5.0]))]
    assert seen == 5.0
    assert float(array) == 1.0


def test_the_entry_goes_back_when_the_loop_is_left() -> None:
    array = np.array([1.0, 2.0])
    arrays = in_place(array, np.array([0, 1]), np.array([9.0, 9.0]))
    next(arrays)
    assert array.tolist() == [9.0, 2.0]
    arrays.close()
    assert array.tolist() == [1.0, 2.0]


def test_the_way_that_suits_an_array(where: Place) -> None:
    assert mover_for(where.put([[1.0, 2.0]])) is in_place
    assert mover_for(where.put(1.0)) is in_place
    assert mover_for(np.zeros((0, 3))) is in_place
    locked = np.ones(3)
    locked.flags.writeable = False
    assert mover_for(locked) is in_a_copy
    assert mover_for(np.ones(3).view(ReadOnly)) is in_a_copy


def test_an_array_that_refuses_writing_cannot_be_moved_in_place() -> None:
    locked = np.ones(2)
    locked.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        next(in_place(locked, np.array([0]), np.array([2.0])))
    assert [each.tolist() for each in in_a_copy(locked, np.array([0]), np.array([2.0]))] == [
        [2.0, 1.0]
    ]
