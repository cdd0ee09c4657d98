"""What the measurement of all entries of a parameter array shares."""

import numpy as np
import pytest

from gradcheck.engines.engine import LONGEST_REACH
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.schemes import SCHEMES

FORWARD = SCHEMES["forward"].epsilon


@pytest.mark.parametrize(
    ("values", "floor", "relative"),
    [
        ([[0.5, -2.0]], 1.0, 1.0),  # the largest entry is its own scale
        ([[0.5, -0.25]], 1.0, 0.5),
        ([[0.0, 0.0]], 1.0, 1.0),
        ([2e-6, -1e-6], LONGEST_REACH * 2e-6, 1.0 / LONGEST_REACH),
    ],
)
def test_the_scale_of_an_array_is_that_of_its_largest_entry(
    values: list[float], floor: float, relative: float
) -> None:
    array = ParameterArray(0, np.array(values))
    assert array.largest_entry == np.max(np.abs(values))
    assert array.floor(FORWARD) == floor
    assert array.largest_relative_entry(FORWARD) == pytest.approx(relative)


def test_the_largest_entry_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    array = ParameterArray(0, np.array([3.0, -4.0]))
    assert array.largest_entry == 4.0
    monkeypatch.setattr("gradcheck.slopes.parameter_array.largest_size", None)
    assert array.largest_entry == 4.0
