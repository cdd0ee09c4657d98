"""The readings that fit what backprop returned, and the gradients they give."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.homework.slots import Slot
from gradcheck.homework.understanding.forms import COLUMN, ROWS, WHOLE, Form
from gradcheck.homework.understanding.read_gradients import mean_gradients, readings_that_fit
from gradcheck.homework.understanding.readings import ORDERS, Reading
from gradcheck.homework.understanding.returned_arrays import Unfit
from nets.arrays import HostArray
from tests.gradcheck.homework.students import Book, student_of

SIZES = (6, 5, 3)
BIASES_FIRST = Reading(ORDERS[0], False)


def slots_of(sizes: tuple[int, ...] = SIZES) -> list[Slot]:
    return student_of(Book(sizes), sizes).parameters.slots


def gradients_of(sizes: tuple[int, ...] = SIZES) -> list[HostArray]:
    """An array in the shape of each slot, with numbers that tell them apart."""
    generator = np.random.default_rng(0)
    return [generator.standard_normal(slot.shape) for slot in slots_of(sizes)]


def returned(gradients: list[HostArray]) -> tuple[list[HostArray], list[HostArray]]:
    """Biases first, then weights, as the book returns them."""
    return gradients[1::2], gradients[0::2]


def test_each_order_is_recognised() -> None:
    for order in ORDERS:
        gradients = gradients_of()
        packed: list[Any] = [None] * len(gradients)
        for gradient, place in zip(gradients, order.places(2), strict=True):
            packed[place] = gradient
        (reading,) = readings_that_fit(packed, slots_of(), COLUMN, 1)
        assert reading == Reading(order, False)


def test_transposes_are_another_reading() -> None:
    transposed = [each.T if each.shape[1] > 1 else each for each in gradients_of()]
    ((reading, read),) = readings_that_fit(returned(transposed), slots_of(), COLUMN, 1).items()
    assert reading.transposed
    assert all(map(np.array_equal, read.gradients, gradients_of()))


def test_square_arrays_leave_two_readings() -> None:
    sizes = (4, 4, 4)
    found = readings_that_fit(returned(gradients_of(sizes)), slots_of(sizes), COLUMN, 1)
    assert [reading.transposed for reading in found] == [False, True]


def test_orders_that_come_to_the_same_count_once() -> None:
    sizes = (3, 2)
    found = readings_that_fit(returned(gradients_of(sizes)), slots_of(sizes), COLUMN, 1)
    assert [reading.order.name for reading in found] == ["biases first, then weights"]


@pytest.mark.parametrize("form", [WHOLE, ROWS], ids=["columns", "rows"])
def test_bias_gradients_of_each_example_are_added_up(form: Form) -> None:
    gradients = gradients_of()
    each = [np.outer(b, np.arange(1.0, 5.0)) for b in gradients[1::2]]
    per_example = each if form is WHOLE else [b.T for b in each]
    (read,) = readings_that_fit((per_example, gradients[0::2]), slots_of(), form, 4).values()
    assert read.left_per_example == ["layer 1 biases", "layer 2 biases"]
    assert np.allclose(read.gradients[1], 10 * gradients[1], rtol=1e-12)


def test_other_dtypes_and_lists_are_noted() -> None:
    w1, b1, w2, b2 = gradients_of()
    packed: Any = ([b1.astype(np.float32), b2.tolist()], [w1, w2])
    (read,) = readings_that_fit(packed, slots_of(), COLUMN, 1).values()
    assert read.unusual == {"float32": ["layer 1 biases"], "lists": ["layer 2 biases"]}


def test_a_number_is_the_gradient_of_a_single_bias() -> None:
    sizes = (3, 1)
    (read, *_) = readings_that_fit(
        ([np.float64(0.5)], [np.ones((1, 3))]), slots_of(sizes), COLUMN, 1
    ).values()
    assert read.gradients[1].tolist() == [[0.5]]


def test_the_message_is_about_the_array_that_does_not_fit() -> None:
    w1, b1, w2, b2 = gradients_of()
    for packed, words in (
        (
            ([b1, np.ones((6, 1))], [w1, w2]),
            "For the biases of layer 2 backprop returned shape (6, 1); it should be (3, 1)",
        ),
        (
            ([w1.T, w2], [b1, b2]),
            "For the weights of layer 1 backprop returned shape (6, 5); it should be (5, 6)",
        ),
    ):
        with pytest.raises(Unfit) as error:
            readings_that_fit(packed, slots_of(), COLUMN, 1)
        assert error.value.line == words
        assert error.value.fitting == 3


@given(calls=st.integers(1, 5))
def test_gradients_of_single_examples_are_averaged(calls: int) -> None:
    gradients = gradients_of()
    each = [returned([(k + 1) * gradient for gradient in gradients]) for k in range(calls)]
    found = mean_gradients(each, BIASES_FIRST, slots_of(), COLUMN, calls)
    for mean, gradient in zip(found, gradients, strict=True):
        assert np.allclose(mean, gradient * (calls + 1) / 2, rtol=1e-12)


def test_gradients_of_a_whole_mini_batch_stay_as_they_came() -> None:
    gradients = gradients_of()
    found = mean_gradients([returned(gradients)], BIASES_FIRST, slots_of(), WHOLE, 7)
    assert all(map(np.array_equal, found, gradients))


def test_a_later_call_must_return_the_same_shapes() -> None:
    gradients = gradients_of()
    with pytest.raises(Unfit, match="backprop returned None"):
        mean_gradients([returned(gradients), None], BIASES_FIRST, slots_of(), COLUMN, 2)
