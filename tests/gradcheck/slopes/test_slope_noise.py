"""How much rounding moves a slope: measured at probes, and never below what is known."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.slopes.slope_noise import noise_of, noise_of_cost
from nets.arrays import HostArray
from nets.rounding import UNIT_ROUNDOFF
from tests.gradcheck.problems import REAL_SCHEMES

STEP = 2.0**-20


def entries_of(cost: Callable[[Any], Any], array: HostArray, scheme: str = "forward") -> Entries:
    engine = OneByOne(lambda parameters: cost(parameters[0]), [array])
    return Entries.of(engine, ParameterArray(0, array), np.arange(array.size), SCHEMES[scheme])


def noise_at(entries: Entries, epsilon: float, largest_slope: float) -> HostArray:
    noise: HostArray = noise_of(entries, noise_of_cost(entries), epsilon, [largest_slope])
    return noise


def test_noise_is_that_of_the_cost_divided_by_each_entry_s_step() -> None:
    entries = entries_of(lambda w: 1.0 + (w**2).sum(), np.array([0.5, -100.0]))
    noise = noise_at(entries, STEP, 1.0)
    assert noise[0] / noise[1] == pytest.approx(100.0)  # the step is relative to max(1, |w|)
    assert noise_at(entries, STEP / 4, 1.0) == pytest.approx(4 * noise)


def test_a_cost_rounded_to_few_digits_is_noisier() -> None:
    array = np.linspace(0.1, 0.9, 5)
    fine = entries_of(lambda w: (w**2).sum(), array)
    coarse = entries_of(lambda w: np.float32((w**2).sum()), array)
    worst = float(np.max(noise_at(fine, STEP, 1.0)))
    assert float(np.min(noise_at(coarse, STEP, 1.0))) > 1e4 * worst


def test_a_cost_that_never_moves_is_taken_to_come_from_numbers_around_1() -> None:
    entries = entries_of(lambda w: 0.0 * w.sum() + 1e-30, np.array([0.5]))
    assert noise_at(entries, STEP, 0.0).tolist() == [UNIT_ROUNDOFF / STEP]


def test_what_is_known_of_the_rounding_of_the_cost_is_a_lower_bound() -> None:
    entries = entries_of(lambda w: (w**2).sum(), np.array([0.5]))
    known = replace(entries, arrays=(replace(entries.arrays[0], cost_round_off=1e-3),))
    assert noise_at(known, STEP, 1.0).tolist() == [1e-3 / STEP]


def test_the_complex_step_has_no_noise_over_step_but_a_part_of_the_largest_slope() -> None:
    entries = entries_of(lambda w: (w**2).sum(), np.array([0.5, 2.0]), "complex")
    (first, second) = noise_at(entries, STEP, 4.0).tolist()
    assert first == second
    assert 1e-13 < first < 1e-9
    assert noise_at(entries, STEP, 4000.0)[0] == pytest.approx(1000 * first, rel=1e-3)


def test_a_known_rounding_of_the_gradient_takes_the_place_of_that_part() -> None:
    entries = entries_of(lambda w: (w**2).sum(), np.array([0.5, 2.0]), "complex")
    known = replace(entries, arrays=(replace(entries.arrays[0], round_off_known=True),))
    assert noise_at(known, STEP, 4.0)[0] < 1e-14


def test_noise_is_never_below_one_rounding_of_the_cost() -> None:
    entries = entries_of(lambda w: 2.0**30 + 1 / 3 + np.round(w).sum(), np.array([0.3]))
    assert noise_at(entries, STEP, 0.0).tolist() == [UNIT_ROUNDOFF * (2.0**30 + 1 / 3) / STEP]


def test_the_noise_of_tiny_parameters_is_divided_by_their_own_steps() -> None:
    tiny = entries_of(lambda w: 1.0 + (w * 1e9).sum(), np.array([1e-9, -3e-10]))
    noise = noise_at(tiny, STEP, 1.0)
    assert noise[0] == noise[1]
    cost_noise = noise[0] * STEP * 1024 * 1e-9
    assert UNIT_ROUNDOFF / 10 < cost_noise < 10 * UNIT_ROUNDOFF


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
def test_a_straight_line_in_float32_whose_steps_are_rounded_alike_is_not_accused(
    scheme: str,
) -> None:
    w = np.array([0.5])
    for slope in (0.0625, 1 / 48, 0.3, 0.5, 1.0):
        report = check_gradients(
            lambda p, slope=slope: np.float32(1.25 + p[0] * slope),
            w,
            np.array([slope]),
            scheme=scheme,
        )
        assert report.counts["disagree"] == 0
        wrong = check_gradients(
            lambda p, slope=slope: np.float32(1.25 + p[0] * slope),
            w,
            np.array([-slope]),
            scheme=scheme,
        )
        assert not wrong.ok


def complex_noise(cost: Callable[[Any], Any], largest: float) -> float:
    entries = entries_of(cost, np.array([0.5]), "complex")
    return float(noise_at(entries, SCHEMES["complex"].epsilon, largest)[0])


def test_the_complex_step_is_as_uncertain_as_some_roundings_of_the_cost() -> None:
    assert complex_noise(lambda w: 1e9 + w.sum(), 1.0) >= 16 * UNIT_ROUNDOFF * 1e9
    assert complex_noise(lambda w: 1.0 + w.sum(), 1.0) < 1e-10


def test_the_complex_step_is_less_certain_where_the_cost_is_a_small_square() -> None:
    # (w - 0.5 - 1e-9)^2 with differences of 1e-9, each of which has lost nine digits.
    near_zero = complex_noise(lambda w: ((w - 0.5 - 1e-9) ** 2).sum(), 2e-9)
    assert near_zero >= 4 * UNIT_ROUNDOFF / 1e-9 * 2e-9 * 0.99
    # Of a cost that is 0 by chance no more than of 1e-20.
    at_zero = complex_noise(lambda w: ((w - 0.5) ** 2).sum() * 0.0, 1.0)
    assert at_zero == pytest.approx(UNIT_ROUNDOFF * (2**16 + 4e10), rel=1e-6)
