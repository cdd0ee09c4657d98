"""Kinks told from curvature."""

from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from gradcheck.slopes.kinks import LOOKS_THAT_PERSIST, told_from_kinks
from gradcheck.slopes.measured_slopes import MeasuredSlopes, measured_again
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray
from tests.gradcheck.problems import REAL_SCHEMES
from tests.gradcheck.slopes.measuring import all_entries, measured

EVERY_REAL_SCHEME = pytest.mark.parametrize("scheme", REAL_SCHEMES)


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("jump", [1e-2, 1.0, 1e4, -1.0])
@pytest.mark.parametrize("curvature", [0.0, 1.0, 100.0])
def test_a_kink_is_found_whatever_its_jump_and_the_curvature_around_it(
    scheme: str, jump: float, curvature: float
) -> None:
    def cost(w: HostArray) -> Any:
        return 0.5 * w[0] + jump * np.maximum(w[0], 0.0) + curvature * np.cos(w[0]) + w[1] ** 2

    _, found = measured(cost, np.array([0.0, 1.0]), scheme)
    assert found.kinked.tolist() == [True, False]
    low, high = sorted((0.5, 0.5 + jump))
    bent = 3.0 * float(found.epsilons[0]) * curvature  # the widest offset of all is 3 steps
    assert (found.lowest[0], found.highest[0]) == pytest.approx((low, high), rel=1e-6, abs=bent)


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("rate", [1e2, 1e3, 1e4, 1e5])
def test_a_smooth_cost_that_bends_as_sharply_as_a_step_is_no_kink(scheme: str, rate: float) -> None:
    # From far away a soft plus is a kink. A step of 1/rate and less sees that it is none.
    def cost(w: HostArray) -> Any:
        return np.logaddexp(0.0, rate * w).sum() / rate

    _, found = measured(cost, np.array([0.0, 0.1 / rate]), scheme)
    assert not np.any(found.kinked)
    wanted = 1.0 / (1.0 + np.exp([0.0, -0.1]))
    assert np.all(np.abs(found.estimate - wanted) <= 2 * found.bars)
    report = check_gradients(cost, np.array([0.0, 0.1 / rate]), wanted, scheme=scheme)
    assert report.ok
    wrong = check_gradients(cost, np.array([0.0, 0.1 / rate]), np.array([1.0, 0.0]), scheme=scheme)
    assert wrong.counts["disagree"] == 2


@EVERY_REAL_SCHEME
@pytest.mark.parametrize("power", [0.25, 0.5, 0.6])
def test_a_vertical_tangent_is_no_kink(scheme: str, power: float) -> None:
    # The slopes grow without end as the step shrinks: no claim lies between the two for good.
    def cost(w: HostArray) -> Any:
        return np.sum(np.abs(w) ** power)

    _, found = measured(cost, np.array([0.0, 1.0]), scheme)
    assert not np.any(found.kinked)
    for claim in (0.0, 1.0, 1e3):
        gradient = np.array([claim, power])
        report = check_gradients(cost, np.array([0.0, 1.0]), gradient, scheme=scheme)
        assert report.arrays[0].verdicts[0] != Verdict.KINK


@EVERY_REAL_SCHEME
def test_a_jump_of_the_cost_is_no_kink(scheme: str) -> None:
    def cost(w: HostArray) -> Any:
        return np.sum(w) + float(w[0] > 0.0)

    _, found = measured(cost, np.array([0.0, 1.0]), scheme)
    assert not np.any(found.kinked)


@EVERY_REAL_SCHEME
def test_kinks_too_close_together_for_the_first_step_are_stepped_around(scheme: str) -> None:
    epsilon = SCHEMES[scheme].epsilon

    def cost(w: HostArray) -> Any:
        return sum(np.abs(w[0] - part * epsilon) for part in (-0.7, -0.1, 0.2, 0.9)) + 0.1 * w[0]

    _, found = measured(cost, np.array([0.0, 1.0]), scheme)
    assert not found.kinked[0]
    assert found.epsilons[0] < 0.1 * epsilon
    assert found.estimate[0] == pytest.approx(0.1, rel=1e-3)


@EVERY_REAL_SCHEME
def test_a_kink_takes_as_many_closer_looks_as_it_must_persist(scheme: str) -> None:
    _, found = measured(lambda w: np.abs(w).sum(), np.array([0.0, 1.0]), scheme)
    assert found.epsilons[0] == SCHEMES[scheme].epsilon / 8**LOOKS_THAT_PERSIST
    assert found.epsilons[1] == SCHEMES[scheme].epsilon


def test_entries_that_were_measured_with_another_step_are_left_alone() -> None:
    array = np.array([0.0, 0.0])
    entries = all_entries(lambda w: np.abs(w).sum(), array, "forward")
    epsilon = SCHEMES["forward"].epsilon
    noise = np.full(2, 1e-12)
    first = MeasuredSlopes.of(entries.scheme, entries.slopes(epsilon), noise, epsilon)
    smaller = measured_again(entries, first, np.array([1]), epsilon / 64)
    told = told_from_kinks(
        entries, epsilon, first.improved(np.array([1]), smaller, np.array([True]))
    )
    assert told.kinked.tolist() == [True, False]
    assert told.epsilons[1] == epsilon / 64


def test_a_rough_entry_is_measured_with_a_smaller_step() -> None:
    # The sums of the five-point scheme nearly cancel here; a smaller step sees no kink.
    step = SCHEMES["five-point"].epsilon

    def cost(w: HostArray) -> Any:
        return w.sum() + 1e-2 * np.maximum(w - 0.4 - 0.6 * step, 0.0).sum()

    _, found = measured(cost, np.array([0.4]), "five-point")
    assert found.epsilons[0] < step
    assert found.estimate[0] == pytest.approx(1.0, rel=1e-9)
