"""Factors that have a name, and others."""

import numpy as np
import pytest

from gradcheck.diagnosis.checked_array import CheckedArrays
from gradcheck.diagnosis.factors import averaged_biases, common_factor, other_factor
from tests.gradcheck.diagnosis.checked import alone, checked, right_gradient

RIGHT = right_gradient(4, 3)


@pytest.mark.parametrize(
    ("factor", "name"),
    [
        (-1.0, "sign-flipped"),
        (-2.0, "sign-flipped"),
        (2.0, "factor-two"),
        (0.5, "factor-half"),
        (7.0, "not-divided-by-batch"),
        (1 / 7, "divided-twice"),
        (-7.0, "sign-flipped"),
        (-1 / 7, "sign-flipped"),
        (3.0, "not-divided-by-outputs"),
        (1 / 3, "divided-by-outputs"),
        (21.0, "not-divided-by-batch"),
        (1 / 21, "divided-twice"),
        (6.0, None),
        (1.0, None),
    ],
)
def test_factors_from_sizes(factor: float, name: str | None) -> None:
    array = checked(factor * RIGHT, RIGHT)
    found = common_factor(array, alone(array, batch_size=7, outputs=3))
    assert (None if found is None else found.name) == name


def test_a_size_that_is_not_known_or_is_one_names_no_factor() -> None:
    array = checked(7.0 * RIGHT, RIGHT)
    assert common_factor(array, alone(array)) is None
    assert common_factor(array, alone(array, batch_size=1, outputs=1)) is None
    assert common_factor(array, alone(array, batch_size=7)) is not None


def test_sizes_that_are_equal_to_the_factor_are_told() -> None:
    array = checked(2.0 * RIGHT, RIGHT)
    found = common_factor(array, alone(array, outputs=2))
    assert found is not None
    assert found.evidence == "2 is also how many numbers one output has."
    found = common_factor(array, alone(array, outputs=5))
    assert found is not None
    assert found.evidence == ""


def test_the_mean_of_the_biases_beside_right_weights() -> None:
    weights, biases = right_gradient(4, 3), right_gradient(4, 1)
    averaged = checked(biases / 7, biases, name="b")
    beside = CheckedArrays([checked(weights, weights, name="W"), averaged], batch_size=7)
    found = averaged_biases(averaged, beside)
    assert found is not None
    assert found.name == "bias-averaged"
    assert "m = 7" in found.says
    # Not where all is wrong, not in a matrix, not for another number of examples.
    assert averaged_biases(averaged, alone(averaged, batch_size=7)) is None
    matrix = checked(weights / 7, weights)
    right = checked(biases, biases)
    assert averaged_biases(matrix, CheckedArrays([matrix, right], batch_size=7)) is None
    assert averaged_biases(averaged, CheckedArrays(beside.arrays, batch_size=6)) is None
    assert averaged_biases(averaged, CheckedArrays(beside.arrays)) is None


@pytest.mark.parametrize(
    ("factor", "text"),
    [
        (3.0, "It is 3 times the measured gradient."),
        (1 / 3, "It is 1/3 of the measured gradient."),
        (-1 / 5, "It is -1/5 of the measured gradient."),
        (0.7, "It is 0.7 times the measured gradient."),
    ],
)
def test_a_factor_without_a_name_is_told_as_a_number(factor: float, text: str) -> None:
    array = checked(factor * RIGHT, RIGHT)
    found = other_factor(array, alone(array))
    assert found is not None
    assert (found.name, found.says) == ("constant-factor", text)


def test_a_length_that_is_the_factor_is_told() -> None:
    array = checked(4.0 * RIGHT, RIGHT)
    found = other_factor(array, alone(array))
    assert found is not None
    assert found.evidence == "4 is also the length of axis 0 of a0."


def test_numbers_that_are_no_multiple_have_no_factor() -> None:
    wrong = 3.0 * RIGHT
    wrong[0, 0] *= 1.01
    array = checked(wrong, RIGHT)
    assert other_factor(array, alone(array)) is None
    # One number is some multiple of any other; and badly known slopes have any ratio.
    number = checked(3.3, np.array(1.0))
    assert other_factor(number, alone(number)) is None
    noisy = checked(3.3 * RIGHT, RIGHT, bar=0.01)
    assert other_factor(noisy, alone(noisy)) is None
