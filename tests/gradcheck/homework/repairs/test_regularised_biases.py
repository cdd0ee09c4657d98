"""Biases that are regularised in the gradient alone."""

import numpy as np

from gradcheck.homework.repairs.regularised_biases import regularised_biases
from tests.gradcheck.homework.repairs.places import line_with

NAME = {"bias-regularised"}
VECTOR, MATRIX = np.arange(3.0), np.arange(6.0).reshape(2, 3)


def test_the_first_entry_of_a_vector_is_left_out() -> None:
    found = line_with(regularised_biases, "d = g + lam * theta", g=VECTOR, lam=0.1, theta=VECTOR)
    assert found == {"d = g + lam * (theta * ([0] + [1] * (len(theta) - 1)))": NAME}


def test_the_first_column_or_row_of_a_matrix_is_left_out() -> None:
    found = line_with(regularised_biases, "d = reg * w", reg=0.1, w=MATRIX)
    assert set(found) == {
        "d = reg * (w * ([0] + [1] * (w.shape[1] - 1)))",
        "d = reg * (w * ([[0]] + [[1]] * (len(w) - 1)))",
    }


def test_without_a_strength_nothing_is_tried() -> None:
    assert line_with(regularised_biases, "d = g * theta", g=VECTOR, theta=VECTOR) == {}
