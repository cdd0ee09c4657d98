"""The noise of a computed cost."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.engine import LONGEST_REACH
from gradcheck.slopes.noise import (
    POINTS,
    MeasuredNoise,
    measured_noise,
    noise_beside_polynomials,
)
from nets.arrays import HostArray
from nets.rounding import UNIT_ROUNDOFF
from tests.gradcheck.slopes.measuring import all_entries

GRID = np.array(POINTS)[:, np.newaxis] / POINTS[-1]


@pytest.mark.parametrize("sigma", [1e-200, 1e-12, 1.0, 1e9, 1e200])
def test_known_noise_is_recovered(sigma: float) -> None:
    noise = sigma * np.random.default_rng(0).standard_normal((len(POINTS), 400))
    estimates = noise_beside_polynomials(noise)
    within = (estimates > sigma / 3) & (estimates < 3 * sigma)
    assert np.mean(within) > 0.9
    assert sigma / 1.5 < np.median(estimates) < 1.5 * sigma


def test_known_noise_is_recovered_beside_a_slope_and_a_curvature() -> None:
    smooth = 5.0 - 3.0 * GRID + 2.0 * GRID**2
    noise = 1e-6 * np.random.default_rng(0).standard_normal((len(POINTS), 400))
    assert 1e-6 / 3 < np.median(noise_beside_polynomials(smooth + noise)) < 3e-6


@pytest.mark.parametrize("degree", [0, 1, 2])
def test_a_smooth_polynomial_has_no_noise(degree: int) -> None:
    assert noise_beside_polynomials(GRID**degree)[0] < 1e-15


def test_each_column_is_a_table_of_its_own() -> None:
    wiggle = np.random.default_rng(0).standard_normal((len(POINTS), 1))
    together = noise_beside_polynomials(np.hstack([GRID, wiggle, 1000 * wiggle]))
    assert together[0] < 1e-15
    np.testing.assert_allclose(together[2], 1000 * together[1])


def noise_around(
    cost: Callable[[Any], Any], array: HostArray, scheme: str = "forward", epsilon: float = 2.0**-21
) -> MeasuredNoise:
    return measured_noise(all_entries(cost, array, scheme), epsilon)


def noise_of(cost_of_number: Callable[[Any], Any], w: float = 0.7) -> float:
    return float(noise_around(lambda array: cost_of_number(array[0]), np.array([w])).sizes[0])


def scrambled(w: HostArray) -> float:
    """A number from -1 to 1 that looks random but depends on w alone; standard deviation 0.58."""
    return math.modf(math.sin(float(w) * 1e14) * 1e4)[0]


@pytest.mark.parametrize("sigma", [1e-13, 1e-9, 1e-4])
def test_noise_of_a_cost_function_is_recovered(sigma: float) -> None:
    def cost(w: HostArray) -> float:
        return float(w) ** 2 + sigma / 0.577 * scrambled(w)

    assert sigma / 3 < noise_of(cost) < 3 * sigma


def test_noise_of_a_cost_that_ends_at_the_parameters() -> None:
    def cost(w: HostArray) -> float:
        return math.nan if w > 1.0 else float(w) ** 2 + 1e-9 / 0.577 * scrambled(w)

    assert 1e-9 / 3 < noise_of(cost, 1.0) < 3e-9
    assert noise_of(lambda w: cost(w) if w == 1.0 else math.nan, 1.0) == 0.0


def test_a_cost_in_float32_is_as_noisy_as_float32() -> None:
    # Rounding to a spacing of 2^-23 around 1 to 2: its standard deviation is spacing / sqrt(12).
    sigma = 2.0**-23 / math.sqrt(12)
    found = noise_of(lambda w: np.float32(1.2 + 0.3 * w))
    assert sigma / 3 < found < 3 * sigma


def drawn_lines(count: int) -> list[tuple[float, float, float]]:
    """Offset, slope and point of straight lines; the slopes spread over three decades."""
    generator = np.random.default_rng(3)
    return [
        (offset, 10.0**exponent * sign, w)
        for offset, exponent, sign, w in zip(
            generator.normal(size=count),
            generator.uniform(-2.0, 1.0, count),
            generator.choice([-1.0, 1.0], count),
            generator.normal(size=count),
            strict=True,
        )
    ]


def test_no_straight_line_in_float32_passes_for_one_in_float64() -> None:
    # Its steps may all be rounded alike by chance. Then another spacing must tell.
    for offset, slope, w in drawn_lines(200):
        sigma = float(np.spacing(np.float32(abs(offset + slope * w)))) / math.sqrt(12)

        def cost(v: HostArray, a: float = offset, b: float = slope) -> Any:
            return np.float32(a + b * v)

        found = noise_of(cost, w)
        assert sigma / 6 < found < 10 * sigma


@pytest.mark.parametrize("step", [1e-4, 2.0**-12])
@pytest.mark.parametrize("w", [0.5, 0.7, -1.3])
def test_a_cost_rounded_to_few_digits_is_as_noisy_as_its_digits(step: float, w: float) -> None:
    found = noise_of(lambda v: step * round(math.sin(v) / step), w)
    sigma = step / math.sqrt(12)
    assert sigma / 3 < found < 3 * sigma


def test_a_cost_rounded_so_coarsely_that_it_takes_two_values_is_as_noisy_as_their_distance() -> (
    None
):
    # Moved by up to 7 * 2^-6: from 0.49 to 0.6, one jump of 1 at 0.5.
    found = noise_of(lambda v: float(round(v)), 0.49)
    assert found == pytest.approx(1.0 / math.sqrt(12))


def test_points_at_which_the_cost_is_not_finite_are_left_out() -> None:
    # The wider spacings of the first entry leave the domain; the second one's tell.
    def cost(w: HostArray) -> Any:
        return np.float32(np.sqrt(w[0]) + w[1] / 3.0)

    found = noise_around(cost, np.array([0.0, 0.5]), epsilon=-(2.0**-21))
    assert 2.0**-24 / 12 < found.sizes[0] < 2.0**-22


def test_entries_around_which_the_cost_does_not_move_do_not_tell() -> None:
    found = noise_around(lambda w: np.sin(w[0]) + np.round(w[1], 3), np.array([0.3, 0.5]))
    assert found.telling.tolist() == [True, False]
    assert found.sizes[0] < 1e-15


def test_the_spacing_follows_the_floor_of_the_steps() -> None:
    seen: list[float] = []

    def cost(w: HostArray) -> float:
        seen.append(abs(float(w[0])))
        return float(w[0])

    for largest, floor in ((1.0, 1.0), (2.0**-40, LONGEST_REACH * 2.0**-40)):
        seen.clear()
        noise_around(cost, np.array([0.0, largest]))
        assert max(seen) == pytest.approx(floor * 2.0**-21, rel=0.01)


def test_a_cost_in_float64_is_as_noisy_as_float64() -> None:
    found = noise_of(lambda w: 1.0 + w * np.sin(w))
    assert UNIT_ROUNDOFF / 10 < found < 10 * UNIT_ROUNDOFF


def test_a_cost_that_never_moves_shows_no_noise() -> None:
    assert noise_of(lambda _: 3.0) == 0.0


def test_the_noise_of_the_complex_step_is_one_of_slopes() -> None:
    def cost(w: HostArray) -> Any:
        return 1e-9 * np.sin(w).sum()

    noise = noise_around(cost, np.array([0.7]), "complex", 2.0**-64)
    assert 1e-27 < noise.sizes[0] < 1e-24
