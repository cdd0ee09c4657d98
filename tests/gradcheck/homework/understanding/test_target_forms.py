"""The forms in which a function may take the targets."""

import numpy as np

from gradcheck.homework.understanding.target_forms import target_forms

TARGETS = np.eye(3)[:, [2, 0, 0, 1]]


def test_class_numbers_from_one_come_first_then_one_hot_rows() -> None:
    found = {form.name: form.of(TARGETS) for form in target_forms()}
    assert [*found] == [
        "class numbers from 1, in a column",
        "class numbers from 1, in a flat array",
        "one-hot targets in rows",
        "class numbers from 0, in a column",
        "class numbers from 0, in a flat array",
    ]
    np.testing.assert_array_equal(found["class numbers from 1, in a column"], [[3], [1], [1], [2]])
    np.testing.assert_array_equal(found["class numbers from 0, in a flat array"], [2, 0, 0, 1])
    np.testing.assert_array_equal(found["one-hot targets in rows"], TARGETS.T)


def test_the_targets_of_one_output_are_taken_as_they_are() -> None:
    one = np.array([[0.0, 1.0, 0.0]])
    for form in target_forms():
        np.testing.assert_array_equal(np.ravel(form.of(one)), one[0])


def test_each_call_has_arrays_of_its_own() -> None:
    for form in target_forms():
        form.of(TARGETS)[...] = 9
    assert TARGETS.max() == 1.0
