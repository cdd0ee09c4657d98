"""The parts of an error bar."""

import numpy as np
import pytest

from gradcheck.engines.engine import Offset
from gradcheck.slopes.error_bars import (
    error_bars,
    extremes,
    looks_kinked,
    truncation,
)
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import HostArray
from tests.gradcheck.problems import REAL_SCHEMES

FORWARD = SCHEMES["forward"]


def slopes(left: float, right: float) -> dict[Offset, HostArray]:
    return {-1.0: np.array([left]), 1.0: np.array([right])}


def bar(left: float, right: float, noise: float) -> float:
    return float(error_bars(FORWARD, slopes(left, right), np.array([noise]))[0])


def test_extremes_are_the_least_and_the_greatest_slope() -> None:
    three: dict[Offset, HostArray] = {
        -1.0: np.array([1.0, 5.0]),
        1.0: np.array([2.0, 4.0]),
        2.0: np.array([3.0, 3.0]),
    }
    lowest, highest = extremes(three)
    assert (lowest.tolist(), highest.tolist()) == ([1.0, 3.0], [3.0, 5.0])


def test_the_bar_is_at_least_half_the_difference_of_the_slopes_and_twice_the_noise() -> None:
    assert bar(1.0, 1.0, noise=1e-3) == pytest.approx(2e-3)
    assert 0.05 <= bar(0.9, 1.0, noise=0.0) <= 0.1


@pytest.mark.parametrize("name", REAL_SCHEMES)
def test_equal_slopes_leave_no_truncation(name: str) -> None:
    scheme = SCHEMES[name]
    level = {offset: np.array([0.3]) for offset in scheme.perturbed_offsets}
    assert truncation(scheme, level)[0] < 1e-15
    assert not looks_kinked(scheme, level, np.array([1e-12]))[0]
    np.testing.assert_allclose(scheme.estimate(level), 0.3, rtol=1e-15)


def test_slopes_that_differ_by_more_than_noise_look_kinked() -> None:
    assert looks_kinked(FORWARD, slopes(0.0, 1.0), np.array([1e-3]))[0]
    assert not looks_kinked(FORWARD, slopes(0.0, 1.0), np.array([1.0]))[0]
    assert not looks_kinked(FORWARD, slopes(1.0, 1.0001), np.array([0.0]))[0]
