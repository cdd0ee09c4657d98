"""Gradients are matched with arrays by names, and by shapes where names say nothing."""

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.code import Learned
from gradcheck.homework.understanding.by_trying.leaves import Path
from gradcheck.homework.understanding.by_trying.matched import by_names, by_shapes, matched


def path(*steps: object) -> Path:
    return Path(tuple((False, step) for step in steps))


LEARNED = Learned((path("W1"), path("b1")), (np.zeros((2, 3)), np.zeros((2, 1))))
W, B = np.arange(6.0).reshape(2, 3), np.ones((2, 1))


@pytest.mark.parametrize("form", ["d{}", "grad_{}", "{}_grad", "nabla_{}", "d_{}", "{}_update"])
def test_names_say_which_gradient_belongs_to_which_array(form: str) -> None:
    found = {path(form.format("b1")): B, path(form.format("W1")): W}
    arrays = by_names(found, LEARNED)
    assert arrays is not None
    assert [each.shape for each in arrays] == [(2, 3), (2, 1)]


def test_numbers_in_a_list_count_too() -> None:
    learned = Learned((path("W", 0), path("W", 1)), (np.zeros(2), np.zeros(2)))
    found = {path("dW", 1): np.ones(2), path("dW", 0): np.zeros(2)}
    arrays = by_names(found, learned)
    assert arrays is not None
    assert [each[0] for each in arrays] == [0.0, 1.0]


def test_equal_shapes_are_read_in_both_orders() -> None:
    learned = Learned((path("a"), path("b")), (np.zeros(2), np.zeros(2)))
    readings = by_shapes([np.zeros(2), np.ones(2)], learned)
    assert [each.arrays[0][0] for each in readings] == [0.0, 1.0]


def test_transposes_are_told() -> None:
    (reading,) = by_shapes([W.T, B], LEARNED)
    assert reading.transposed
    assert np.array_equal(reading.arrays[0], W)


def test_a_column_for_each_example_is_no_gradient() -> None:
    with pytest.raises(StudentError, match=r"the shapes \(2, 3\), \(2, 10\); gradients of"):
        matched({path("dW1"): W, path("db1"): np.ones((2, 10))}, LEARNED, "back")


def test_a_number_is_the_gradient_of_every_entry_of_its_array() -> None:
    arrays = by_names({path("db1"): np.array(3.0), path("dW1"): W}, LEARNED)
    assert arrays is not None
    np.testing.assert_array_equal(arrays[1], [[3.0], [3.0]])
    assert by_names({path("loss"): np.array(3.0), path("dW1"): W}, LEARNED) is None
