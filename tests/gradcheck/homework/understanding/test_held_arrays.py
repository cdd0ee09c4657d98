"""The arrays that an object holds are float64 and its own; they are replaced in place."""

from types import SimpleNamespace

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.held_arrays import HeldArrays
from gradcheck.homework.understanding.stores import ListItems


def test_arrays_get_memory_of_their_own_and_float64() -> None:
    shared = np.ones(4)
    own = SimpleNamespace(w=[shared[:2], shared[1:3], np.ones(2, "f4"), [1, 2]])
    held = HeldArrays(ListItems(own, "w"), "abcd")
    held.place([np.full(2, value) for value in (5.0, 6.0, 7.0, 8.0)])
    assert [array.tolist() for array in own.w] == [[v, v] for v in (5.0, 6.0, 7.0, 8.0)]
    assert all(array.dtype == np.float64 for array in own.w)


def test_values_are_copies_and_replaced_arrays_are_put_back() -> None:
    own = SimpleNamespace(w=[np.zeros(2)])
    held = HeldArrays(ListItems(own, "w"), "a")
    before = held.values()
    own.w = [np.full(2, 9.0)]
    np.testing.assert_array_equal(held.current()[0], [9.0, 9.0])
    held.place(before)
    np.testing.assert_array_equal(own.w[0], [0.0, 0.0])


def test_complex_values_can_be_placed() -> None:
    own = SimpleNamespace(w=[np.zeros(2)])
    HeldArrays(ListItems(own, "w"), "a").place([np.array([1j, 2.0])])
    assert own.w[0].dtype == complex


def test_what_is_no_array_is_refused_by_its_name() -> None:
    with pytest.raises(StudentError, match="weights of layer 1"):
        HeldArrays(ListItems(SimpleNamespace(w=["text"]), "w"), ["weights of layer 1"])
