"""Whether claimed gradients are those of a cost."""

from collections.abc import Sequence

import numpy as np
import pytest

from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.understanding.by_trying.fitting import fit_of, part_that_fits
from nets.arrays import HostArray

VALUES = [np.linspace(-1.0, 2.0, 12).reshape(3, 4), np.array([0.5, -1.5])]


def cost(values: Sequence[HostArray]) -> float:
    return float(sum(np.sum(np.sin(each)) for each in values))


RIGHT = [np.cos(each) for each in VALUES]


def fit(*readings: list[HostArray], any_factor: bool = False) -> float | None:
    named = [NamedGradients("", False, arrays) for arrays in readings]
    return fit_of(named, cost, VALUES, any_factor=any_factor)


def test_right_gradients_fit() -> None:
    assert fit(RIGHT) == 1.0


@pytest.mark.parametrize("which", [0, 1])
def test_one_wrong_array_does_not(which: int) -> None:
    wrong = [*RIGHT]
    wrong[which] = wrong[which] * 1.1
    assert fit(wrong) is None
    assert fit(wrong, any_factor=True) is None


def test_a_factor_common_to_all_is_told() -> None:
    thrice = [3.0 * each for each in RIGHT]
    assert fit(thrice) is None
    assert fit(thrice, any_factor=True) == pytest.approx(3.0)


def test_gradients_that_climb_never_fit() -> None:
    assert fit([-each for each in RIGHT], any_factor=True) is None


def test_the_first_reading_that_fits_counts() -> None:
    assert fit([2.0 * each for each in RIGHT], RIGHT) == 1.0


def test_gradients_of_nothing_fit_nothing() -> None:
    assert fit([np.zeros_like(each) for each in VALUES], any_factor=True) is None
    assert fit([np.full_like(each, np.nan) for each in VALUES]) is None


def test_the_arrays_that_fit_by_themselves_are_counted() -> None:
    half = [NamedGradients("", False, [0.5 * RIGHT[0], -RIGHT[1]])]
    count, factor = part_that_fits(half, cost, VALUES, any_factor=True)
    assert count == 1
    assert factor == pytest.approx(0.5)
    assert part_that_fits(half, cost, VALUES, any_factor=False)[0] == 0
    right = [NamedGradients("", False, RIGHT)]
    assert part_that_fits(right, cost, VALUES, any_factor=False)[0] == 2
