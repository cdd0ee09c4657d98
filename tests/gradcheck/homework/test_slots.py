"""The arrays of a network in their order, the shapes they may have, and real numbers."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.homework.slots import real_numbers, slots_of
from gradcheck.homework.student_code import StudentError
from nets.network import Network


def test_the_order_and_the_names() -> None:
    slots = slots_of([5, 4, 3])
    assert [slot.name for slot in slots] == [
        "layer 1 weights",
        "layer 1 biases",
        "layer 2 weights",
        "layer 2 biases",
    ]
    assert slots[3].in_words == "the biases of layer 2"


@given(st.lists(st.integers(1, 6), min_size=2, max_size=5))
def test_the_book_s_shapes_are_those_of_our_networks(sizes: list[int]) -> None:
    shapes = [slot.book_shape for slot in slots_of(sizes)]
    assert shapes == [array.shape for array in Network.create(sizes).parameters]


@given(st.lists(st.integers(1, 6), min_size=2, max_size=5))
def test_of_equal_shapes_the_book_s_layout_counts(sizes: list[int]) -> None:
    for slot in slots_of(sizes):
        assert slot.layouts[slot.book_shape] == ""


def test_layouts_that_are_not_the_book_s() -> None:
    weights, biases = slots_of([5, 4])
    assert weights.layouts[5, 4] == "(n_up, n_down), the transpose of the book's"
    assert weights.layouts[20,] == "flat arrays"
    assert biases.layouts[1, 4] == "rows (1, n)"
    assert biases.layouts[4,] == "flat arrays (n,)"
    assert (4, 4) not in weights.layouts


@pytest.mark.parametrize("value", [[[1, 2], [3, 4]], np.eye(2), np.eye(2, dtype=int), 3.0])
def test_real_numbers(value: Any) -> None:
    assert np.array_equal(real_numbers(value, "it"), value)


def test_an_array_is_not_copied_and_a_matrix_stays_one() -> None:
    array = np.ones((2, 2))
    assert real_numbers(array, "it") is array


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("text", "dtype <U4"),
        (None, "type NoneType"),
        ([1j], "dtype complex128"),
        ([[1, 2], [3]], "a list in the weights that NumPy cannot turn into an array"),
        ({"a": 1}, "type dict"),
    ],
)
def test_what_is_no_number(value: Any, found: str) -> None:
    with pytest.raises(StudentError) as error:
        real_numbers(value, "the weights")
    assert f"Found {found}" in error.value.line
    assert error.value.line.endswith("it should be an array of real numbers")
