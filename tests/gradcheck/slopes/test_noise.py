"""The noise of a computed cost."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.noise import POINTS, difference_table_noise, measured_noise
from nets.arrays import HostArray
from nets.rounding import UNIT_ROUNDOFF

GRID = np.linspace(0.0, 1.0, POINTS)[:, np.newaxis]


@pytest.mark.parametrize("sigma", [1e-200, 1e-12, 1.0, 1e9, 1e200])
def test_known_noise_is_recovered(sigma: float) -> None:
    noise = sigma * np.random.default_rng(0).standard_normal((POINTS, 400))
    estimates = difference_table_noise(noise)
    within = (estimates > sigma / 3) & (estimates < 3 * sigma)
    assert np.mean(within) > 0.9
    assert sigma / 1.5 < np.median(estimates) < 1.5 * sigma


def test_known_noise_is_recovered_beside_a_slope_and_a_curvature() -> None:
    smooth = 5.0 - 3.0 * GRID + 2.0 * GRID**2
    noise = 1e-6 * np.random.default_rng(0).standard_normal((POINTS, 400))
    assert 1e-6 / 3 < np.median(difference_table_noise(smooth + noise)) < 3e-6


@pytest.mark.parametrize("degree", [0, 1, 2])
def test_a_smooth_polynomial_has_no_noise(degree: int) -> None:
    assert difference_table_noise(GRID**degree)[0] < 1e-15


def test_each_column_is_a_table_of_its_own() -> None:
    wiggle = np.random.default_rng(0).standard_normal((POINTS, 1))
    together = difference_table_noise(np.hstack([GRID, wiggle, 1000 * wiggle]))
    assert together[0] < 1e-15
    np.testing.assert_allclose(together[2], 1000 * together[1])


def noise_of(cost_of_number: Callable[[Any], Any], w: float = 0.7) -> float:
    engine = OneByOne(lambda parameters: cost_of_number(parameters[0][0]), [np.array([w])])
    return measured_noise(engine, 0, np.array([0]), np.array([w]), 2.0**-21)


def scrambled(w: HostArray) -> float:
    """A number from -1 to 1 that looks random but depends on w alone; standard deviation 0.58."""
    return math.modf(math.sin(float(w) * 1e14) * 1e4)[0]


@pytest.mark.parametrize("sigma", [1e-13, 1e-9, 1e-4])
def test_noise_of_a_cost_function_is_recovered(sigma: float) -> None:
    def cost(w: HostArray) -> float:
        return float(w) ** 2 + sigma / 0.577 * scrambled(w)

    assert sigma / 3 < noise_of(cost) < 3 * sigma


def test_a_cost_in_float32_is_as_noisy_as_float32() -> None:
    # Rounding to a spacing of 2^-23 around 1 to 2: its standard deviation is spacing / sqrt(12).
    sigma = 2.0**-23 / math.sqrt(12)
    found = noise_of(lambda w: np.float32(1.2 + 0.3 * w))
    assert sigma / 3 < found < 3 * sigma


def test_a_cost_in_float64_is_as_noisy_as_float64() -> None:
    found = noise_of(lambda w: 1.0 + w * np.sin(w))
    assert UNIT_ROUNDOFF / 10 < found < 10 * UNIT_ROUNDOFF


def test_a_cost_that_never_moves_shows_no_noise() -> None:
    assert noise_of(lambda _: 3.0) == 0.0


def test_the_noise_of_the_complex_step_is_one_of_slopes() -> None:
    engine = OneByOne(lambda parameters: np.sin(parameters[0]).sum(), [np.array([0.7])])
    noise = measured_noise(engine, 0, np.array([0]), np.array([0.7]), 2.0**-64)
    assert 0 < noise < 1e-15
