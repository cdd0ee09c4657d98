"""The forms in which a mini-batch is given to code for whole mini-batches."""

import numpy as np

from gradcheck.homework.understanding.example_forms import EXAMPLE_FORMS
from tests.gradcheck.homework.students import batch_of

BATCH = batch_of((4, 3), 5)


def test_rows_and_columns_hold_the_same_numbers() -> None:
    for form in EXAMPLE_FORMS:
        x, y = form.arguments(BATCH)
        assert x.shape == ((4, 5) if form.in_columns else (5, 4))
        numbers = y if y.ndim == 1 else np.argmax(y, axis=0 if form.in_columns else 1)
        np.testing.assert_array_equal(numbers, np.argmax(BATCH.targets, axis=0))


def test_the_arrays_are_new_in_each_call() -> None:
    for form in EXAMPLE_FORMS:
        form.arguments(BATCH)[0][:] = 7.0
    assert not np.any(BATCH.inputs == 7.0)


def test_a_single_output_keeps_its_targets() -> None:
    batch = batch_of((4, 1), 5)
    assert EXAMPLE_FORMS[1].arguments(batch)[1].tolist() == batch.targets[0].tolist()
