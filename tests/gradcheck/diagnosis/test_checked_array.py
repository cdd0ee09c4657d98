"""One array of a report, and whether a mistake explains it."""

import numpy as np

from gradcheck.diagnosis.checked_array import SHARP, CheckedArrays
from tests.gradcheck.diagnosis.checked import checked, right_gradient

RIGHT = right_gradient(10, 10)


def test_an_entry_is_wrong_beyond_its_tolerance_only() -> None:
    claim = RIGHT.copy()
    claim[0, 0] += 1.0
    claim[0, 1] += 1e-8  # beyond two bars, but equal to the digits of float32
    array = checked(claim, RIGHT)
    assert array.report.counts["disagree"] == 2
    assert np.flatnonzero(array.wrong).tolist() == [0]
    assert array.is_wrong
    assert not checked(RIGHT, RIGHT).is_wrong


def test_an_entry_without_a_slope_is_neither_wrong_nor_measured() -> None:
    right = RIGHT.copy()
    right[0, 0] = np.nan
    array = checked(2.0 * RIGHT, right)
    assert not array.measured[0]
    assert not array.wrong[0]
    assert np.all(array.wrong[1:])
    assert np.isinf(array.tolerance[0])


def test_an_entry_with_a_wide_bar_does_not_speak_for_a_cause() -> None:
    right = np.array([1.0, 1.0])
    narrow = checked(3.0 * right, right, bar=0.4 * SHARP)
    wide = checked(3.0 * right, right, bar=0.6 * SHARP)
    assert np.all(narrow.sharp)
    assert np.all(wide.wrong)
    assert not np.any(wide.sharp)


def test_a_mistake_explains_what_it_predicts() -> None:
    array = checked(-RIGHT, RIGHT)
    assert array.is_explained(-RIGHT.reshape(-1))
    assert not array.is_explained(RIGHT.reshape(-1))
    assert array.is_explained(RIGHT.reshape(-1), claimed=RIGHT.reshape(-1))
    wide = np.full(RIGHT.size, 10.0)
    assert array.is_explained(RIGHT.reshape(-1), tolerance=wide)
    assert not array.is_explained(-RIGHT.reshape(-1), least=101)


def test_one_entry_of_a_hundred_may_stay_unexplained() -> None:
    claim = -RIGHT.reshape(-1)
    claim[7] = 17.0
    array = checked(claim.reshape(RIGHT.shape), RIGHT)
    assert array.is_explained(-RIGHT.reshape(-1))
    claim[8] = 17.0
    assert not checked(claim.reshape(RIGHT.shape), RIGHT).is_explained(-RIGHT.reshape(-1))


def test_a_right_array_is_not_explained_by_any_mistake() -> None:
    assert not checked(RIGHT, RIGHT).is_explained(RIGHT.reshape(-1))


def test_indices_are_those_of_the_entries_that_were_checked() -> None:
    right = right_gradient(2, 3)
    array = checked(right, right, entries=[1, 5])
    rows, columns = array.indices(np.array([True, True]))
    assert (rows.tolist(), columns.tolist()) == ([0, 1], [1, 2])
    assert [each.tolist() for each in array.indices(np.array([False, True]))] == [[1], [2]]
    number = right_gradient()
    assert checked(number, number).indices(np.array([True])) == ()


def test_the_right_arrays_are_those_in_which_nothing_disagrees() -> None:
    right, wrong = checked(RIGHT, RIGHT), checked(-RIGHT, RIGHT)
    assert CheckedArrays([wrong, right]).right == [right]
