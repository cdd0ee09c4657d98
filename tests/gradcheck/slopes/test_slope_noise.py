"""How much rounding moves a slope: measured at probes, and never below what is known."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.measured import Entries
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.slopes.slope_noise import noise_of
from nets.arrays import HostArray
from nets.rounding import UNIT_ROUNDOFF

STEP = 2.0**-20


def entries_of(cost: Callable[[Any], Any], array: HostArray, scheme: str = "forward") -> Entries:
    engine = OneByOne(lambda parameters: cost(parameters[0]), [array])
    return Entries(engine, 0, array, np.arange(array.size), SCHEMES[scheme])


def test_noise_is_that_of_the_cost_divided_by_each_entry_s_step() -> None:
    entries = entries_of(lambda w: 1.0 + (w**2).sum(), np.array([0.5, -100.0]))
    noise = noise_of(entries, entries, STEP, 1.0)
    assert noise[0] / noise[1] == pytest.approx(100.0)  # the step is relative to max(1, |w|)
    assert noise_of(entries, entries, STEP / 4, 1.0) == pytest.approx(4 * noise)


def test_a_cost_rounded_to_few_digits_is_noisier() -> None:
    array = np.linspace(0.1, 0.9, 5)
    fine = entries_of(lambda w: (w**2).sum(), array)
    coarse = entries_of(lambda w: np.float32((w**2).sum()), array)
    worst = float(np.max(noise_of(fine, fine, STEP, 1.0)))
    assert float(np.min(noise_of(coarse, coarse, STEP, 1.0))) > 1e4 * worst


def test_a_cost_that_never_moves_is_taken_to_come_from_numbers_around_1() -> None:
    entries = entries_of(lambda w: 0.0 * w.sum() + 1e-30, np.array([0.5]))
    assert noise_of(entries, entries, STEP, 0.0).tolist() == [UNIT_ROUNDOFF / STEP]


def test_what_is_known_of_the_rounding_of_the_cost_is_a_lower_bound() -> None:
    entries = entries_of(lambda w: (w**2).sum(), np.array([0.5]))
    known = replace(entries, cost_round_off=1e-3)
    assert noise_of(known, known, STEP, 1.0).tolist() == [1e-3 / STEP]


def test_the_complex_step_has_no_noise_over_step_but_a_part_of_the_largest_slope() -> None:
    entries = entries_of(lambda w: (w**2).sum(), np.array([0.5, 2.0]), "complex")
    (first, second) = noise_of(entries, entries, STEP, 4.0).tolist()
    assert first == second
    assert 1e-13 < first < 1e-9
    assert noise_of(entries, entries, STEP, 4000.0)[0] == pytest.approx(1000 * first, rel=1e-3)


def test_a_known_rounding_of_the_gradient_takes_the_place_of_that_part() -> None:
    entries = entries_of(lambda w: (w**2).sum(), np.array([0.5, 2.0]), "complex")
    known = replace(entries, round_off_known=True)
    assert noise_of(known, known, STEP, 4.0)[0] < 1e-14
