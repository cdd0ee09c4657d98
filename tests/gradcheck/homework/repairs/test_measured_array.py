"""Whether a gradient is that which was measured."""

import numpy as np
import pytest

from gradcheck.homework.repairs.measured_array import MeasuredArray

SLOPES = np.linspace(1.0, 2.0, 200)
RIGHT = SLOPES.reshape(20, 10)


def measured(entries: slice = slice(None)) -> MeasuredArray:
    places = np.arange(200)[entries]
    return MeasuredArray(0, places, SLOPES[entries], np.full(places.size, 1e-6), is_wrong=True)


def test_a_gradient_within_the_tolerance_fits() -> None:
    assert measured().fits(RIGHT)
    assert measured().fits(RIGHT + 9e-7)
    assert not measured().fits(RIGHT + 2e-6)


@pytest.mark.parametrize(("off", "fits"), [(2, True), (3, False)])
def test_one_entry_in_a_hundred_may_be_off(off: int, fits: bool) -> None:
    gradient = RIGHT.copy()
    gradient.reshape(-1)[:off] = 0.0
    assert measured().fits(gradient) is fits


def test_only_measured_entries_count() -> None:
    gradient = RIGHT.copy()
    gradient[0] = 0.0
    assert measured(slice(10, None)).fits(gradient)


def test_what_is_no_number_does_not_fit() -> None:
    assert not measured().fits(np.full_like(RIGHT, np.nan))
