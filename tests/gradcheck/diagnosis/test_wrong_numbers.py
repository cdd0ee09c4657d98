"""Wrong numbers in a sentence: what they have in common, as a person says it."""

import numpy as np
import pytest

from gradcheck.diagnosis.wrong_numbers import wrong_numbers

RIGHT = np.array([[1.0, -2.0, 4.0], [0.5, 0.0, 0.0]])


def scaled(*factors: float) -> str:
    """The first row, each entry with a factor of its own."""
    claim = RIGHT.copy()
    claim[0] *= factors
    return wrong_numbers(claim, RIGHT)


@pytest.mark.parametrize(
    ("factors", "sentence"),
    [
        ((3.0, 3.0, 3.0), "The wrong entries are 3 times the right value"),
        ((1.0, 3.0, 1.0), "The wrong entries are 3 times the right value"),
        ((-1.0, -1.0, -1.0), "The wrong entries are -1 times the right value"),
        ((1 / 3, 1 / 3, 1 / 3), "The wrong entries are 0.333333 times the right value"),
        ((1e-7, 1e-7, 1e-7), "The wrong entries are 1e-07 times the right value"),
        ((0.0, 0.0, 1.0), "The wrong entries are zero"),
        ((0.0, 2.0, 1.0), "The wrong entries are 0 to 2 times the right value (median 1)"),
        (
            (4.0, 9.9213, 4712.0),
            "The wrong entries are 4 to 4,710 times the right value (median 9.92)",
        ),
        (
            (-0.25, 1.5, 12345678.0),
            "The wrong entries are -0.25 to 12,300,000 times the right value (median 1.5)",
        ),
        ((1.0009, 0.9996, 1.0), "The wrong entries are off by up to 0.09 %"),
        ((1.0 + 3e-6, 1.0, 1.0), "The wrong entries are off by up to 0.0003 %"),
        # So many digits that a wrong number does not look right.
        (
            (0.5, 1.0001, 1.0001),
            "The wrong entries are 0.5 to 1.0001 times the right value (median 1.0001)",
        ),
    ],
)
def test_factors(factors: tuple[float, ...], sentence: str) -> None:
    assert scaled(*factors) == sentence


def test_numbers_that_are_none() -> None:
    claim = RIGHT.copy()
    claim[0, 0], claim[1, 1] = np.nan, -np.inf
    assert wrong_numbers(claim, RIGHT) == "2 of 6 values are NaN or infinite"


def test_a_number_so_large_that_it_has_no_ratio() -> None:
    claim = RIGHT.copy()
    claim[0, 0] = 1e308
    small = 1e-3 * RIGHT
    assert wrong_numbers(claim, small) == (
        "Backprop gives values up to 1e+308 where the right ones are at most 0.004"
    )
    claim[0, 0] = 1e300
    assert wrong_numbers(claim, RIGHT) == "The wrong entries are 1e+300 times the right value"


def test_zeros() -> None:
    assert wrong_numbers(0.0 * RIGHT, RIGHT) == "Backprop returns zero everywhere"
    assert wrong_numbers(RIGHT, 0.0 * RIGHT) == (
        "Backprop gives values up to 4 where all should be zero"
    )


def test_entries_that_should_be_zero() -> None:
    claim = RIGHT.copy()
    claim[1, 1] = 7.0
    assert wrong_numbers(claim, RIGHT) == "Only entries that should be nearly zero are wrong"
    claim[0, :2] *= 2.0
    assert wrong_numbers(claim, RIGHT) == (
        "1 of 2 entries that should be zero are not, and 2 other entries are wrong"
    )


def test_what_is_right() -> None:
    assert wrong_numbers(RIGHT, RIGHT) == (
        "The values are exactly what the chain rule makes of the steps before"
    )
    nearly = RIGHT * (1.0 + 1e-12)
    assert wrong_numbers(nearly, RIGHT) == "The values are right up to rounding"


def test_rounding_of_fewer_digits_is_not_counted_among_what_is_wrong() -> None:
    claim = RIGHT * (1.0 + 1e-7)
    claim[0, 0] = 0.0
    assert wrong_numbers(claim, RIGHT, 1e-6) == "The wrong entries are zero"
    assert wrong_numbers(claim, RIGHT) != "The wrong entries are zero"
