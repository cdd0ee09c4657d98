"""Matrices as text, side by side."""

import numpy as np

from gradcheck.walk.matrices import matrices_text
from gradcheck.walk.walk_step import Term


def test_matrices_stand_side_by_side_with_their_signs() -> None:
    terms = [Term("", "a", np.array([[1.0, -0.5]])), Term("@", "b", np.array([[2.0], [0.0]]))]
    assert matrices_text(terms) == [
        "a (1, 2)             @ b (2, 1)",
        "[ 1.000  -0.5000 ]   [ 2.000 ]",
        "                     [     0 ]",
    ]


def test_what_does_not_fit_stands_below() -> None:
    lines = matrices_text([Term("", "wide", np.full((1, 4), 1e-7))] * 2)
    assert lines == ["wide (1, 4)", lines[1], "", "wide (1, 4)", lines[1]]
    assert 40 < len(lines[1]) <= 80


def test_a_large_matrix_is_cut() -> None:
    lines = matrices_text([Term("", "a", np.arange(100.0).reshape(10, 10))])
    assert lines == [
        "a (10, 10)",
        "[     0  1.000  ...  9.000 ]",
        "[ 10.00  11.00  ...  19.00 ]",
        "[   ...    ...  ...    ... ]",
        "[ 90.00  91.00  ...  99.00 ]",
    ]


def test_numbers_that_are_none_are_shown_as_they_are() -> None:
    lines = matrices_text([Term("", "a", np.array([[np.inf, np.nan]]))])
    assert lines[1] == "[ inf  nan ]"
