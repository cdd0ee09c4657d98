"""Gradients that are cut off at a number are compared where they are not."""

from dataclasses import replace

import numpy as np

from gradcheck.homework.cut_gradients import cut_off_at, smaller_where_cut
from tests.gradcheck.homework.parts import W, part_of


def test_a_typed_bound_is_told_from_a_gradient() -> None:
    assert cut_off_at([np.array([-5.0, 0.2]), np.array([[3.0]])]) == 5.0
    assert cut_off_at([np.array([5.0 + 1e-9])]) is None
    assert cut_off_at([np.array([0.5, -0.5])]) is None  # such a bound is a mistake
    assert cut_off_at([np.array([np.inf])]) is None
    assert cut_off_at([np.zeros((0, 2))]) is None


def test_parameters_become_smaller_until_nothing_is_cut_off() -> None:
    cut = part_of(gradient=lambda w: np.clip(2.0 * w, -4.0, 4.0))
    smaller, (finding,) = smaller_where_cut(cut, cut.arrays, cut.claims_at([W]))
    assert "larger than 4 are cut off at 4" in finding.text
    assert np.array_equal(smaller[0].value, 0.5 * W)
    # An input stays as it is, so here the bound is always reached.
    inputs = tuple(replace(array, is_input=True) for array in cut.arrays)
    assert smaller_where_cut(cut, inputs, cut.claims_at([W])) == (inputs, [])


def test_large_gradients_that_are_not_cut_off_change_nothing() -> None:
    part = part_of(gradient=lambda w: 2.001234 * w)
    assert smaller_where_cut(part, part.arrays, part.claims_at([W])) == (part.arrays, [])
