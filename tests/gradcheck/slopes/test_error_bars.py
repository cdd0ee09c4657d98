"""The parts of an error bar."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.engine import Offset
from gradcheck.slopes.error_bars import BARS_ALLOWED, extremes, truncation
from gradcheck.slopes.measured_slopes import MeasuredSlopes, suspects_kink
from gradcheck.slopes.schemes import SCHEMES, Scheme
from nets.arrays import HostArray
from tests.gradcheck.problems import REAL_SCHEMES
from tests.gradcheck.slopes.measuring import all_entries

FORWARD = SCHEMES["forward"]


def slopes(left: float, right: float) -> dict[Offset, HostArray]:
    return {-1.0: np.array([left]), 1.0: np.array([right])}


def measured(scheme: Scheme, found: dict[Offset, HostArray], noise: float) -> MeasuredSlopes:
    return MeasuredSlopes.of(scheme, found, np.array([noise]), scheme.epsilon)


def bar(left: float, right: float, noise: float) -> float:
    return float(measured(FORWARD, slopes(left, right), noise).bars[0])


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
    assert not suspects_kink(measured(scheme, level, 1e-12))[0]
    np.testing.assert_allclose(scheme.estimate(level), 0.3, rtol=1e-15)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("noise", [1e-3, np.nan])
def test_slopes_that_are_no_numbers_have_an_infinite_bar(bad: float, noise: float) -> None:
    with np.errstate(invalid="ignore"):
        assert bar(bad, 1.0, noise) == bar(1.0, bad, noise) == bar(bad, bad, noise) == np.inf
    assert bar(1.0, 1.0, np.nan) == np.inf


def test_slopes_that_differ_by_more_than_noise_look_kinked() -> None:
    def looks_kinked(left: float, right: float, noise: float, doubt: float = 0.0) -> bool:
        return bool(suspects_kink(measured(FORWARD, slopes(left, right), noise), doubt)[0])

    assert looks_kinked(0.0, 1.0, 1e-3)
    assert not looks_kinked(0.0, 1.0, 1.0)
    assert not looks_kinked(1.0, 1.0001, 0.0)
    assert looks_kinked(0.0, 1.0, 1e-3, doubt=1e-3)
    assert not looks_kinked(0.0, 1.0, 1e-3, doubt=1.0)


# By how much a kink may bend the estimate, in what the bars allow. Those of central miss a little
# where the kink is two thirds of a step away.
IN_BARS = {"forward": 1.0, "central": 1.2, "five-point": 1.0}


@pytest.mark.parametrize("name", REAL_SCHEMES)
def test_the_bars_cover_a_kink_wherever_it_lies(name: str) -> None:
    scheme = SCHEMES[name]
    for at in np.linspace(-4.0, 4.0, 801):
        seen = {
            offset: np.array([(max(offset.real - at, 0.0) - max(-at, 0.0)) / offset.real])
            for offset in scheme.perturbed_offsets
        }
        estimate = float(scheme.estimate(seen)[0])
        # At the entry itself every slope from 0 to 1 is one of the valid ones.
        lowest, highest = (0.0, 1.0) if abs(at) < 1e-9 else (float(at < 0), float(at < 0))
        error = max(lowest - estimate, estimate - highest, 0.0)
        allowed = BARS_ALLOWED * float(truncation(scheme, seen)[0])
        assert error <= IN_BARS[name] * allowed + 1e-12


@pytest.mark.parametrize("scheme", ["central", "five-point"])
def test_several_kinks_look_rough_and_a_curve_does_not(scheme: str) -> None:
    step = SCHEMES[scheme].epsilon
    kinks = 0.4 + step * np.array([-1.3, 0.55, 0.7, 1.8])

    def kinked(w: HostArray) -> Any:
        return (np.array([1.0, -2.0, 1.5, 1.0]) * np.maximum(w - kinks, 0.0)).sum() + (w**2).sum()

    for cost, is_rough in ((kinked, True), (lambda w: np.exp(3.0 * w).sum(), False)):
        entries = all_entries(cost, np.array([0.4]), scheme)
        noise = np.array([1e-16 / step])
        found = MeasuredSlopes.of(entries.scheme, entries.slopes(step), noise, step)
        assert found.rough.tolist() == [is_rough]


@pytest.mark.parametrize("scheme", ["forward", "central", "five-point"])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_two_bars_cover_a_jump_of_the_curvature_and_a_kink_beside(scheme: str, sign: float) -> None:
    step = SCHEMES[scheme].epsilon
    kinks = 0.4 + sign * step * np.linspace(0.02, 3.1, 78)

    def jump_of_curvature(w: HostArray) -> Any:
        return (np.maximum(sign * (w - 0.4), 0.0) ** 2).sum()

    def kink(w: HostArray, there: float) -> Any:
        return np.maximum(sign * (w - there), 0.0).sum()

    costs: list[Callable[[Any], Any]] = [jump_of_curvature]
    for cost in costs + [partial(kink, there=there) for there in kinks]:
        entries = all_entries(cost, np.array([0.4]), scheme)
        found = MeasuredSlopes.of(entries.scheme, entries.slopes(step), np.zeros(1), step)
        assert abs(found.estimate[0]) <= BARS_ALLOWED * found.bars[0] * (1.0 + 1e-9)
