"""Entries whose cost is rounded more coarsely than elsewhere."""

from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from gradcheck.slopes.coarse_rounding import with_own_rounding
from gradcheck.slopes.measured_slopes import MeasuredSlopes
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import HostArray
from tests.gradcheck.problems import REAL_SCHEMES
from tests.gradcheck.slopes.measuring import all_entries

# The last one is rounded to multiples of 2^-26, the others to 2^-52 or so.
LARGE = np.array([0.0, 1.0, 2.0, 1e8])
W = np.array([0.3, -0.7, 1.1, 0.4])


def rounded_sum(w: HostArray) -> Any:
    """A cost with slopes of 1 each, whose last term has fewer digits than the others."""
    return ((w + LARGE) - LARGE).sum()


def looked_at(cost: Any, array: HostArray, noise: float) -> tuple[MeasuredSlopes, MeasuredSlopes]:
    """Slopes with some noise of C, before and after the look at each entry's own rounding."""
    entries = all_entries(cost, array, "forward")
    epsilon = SCHEMES["forward"].epsilon
    each = noise / entries.steps(epsilon)
    before = MeasuredSlopes.of(entries.scheme, entries.slopes(epsilon), each, epsilon)
    return before, with_own_rounding(entries, before)


def test_the_entry_with_the_coarse_rounding_has_more_noise_and_the_others_have_not() -> None:
    before, after = looked_at(rounded_sum, W, 1e-16)
    assert after.noise[:3].tolist() == before.noise[:3].tolist()
    step = SCHEMES["forward"].epsilon
    assert after.noise[3] * step == pytest.approx(2.0**-26 * 12.0**-0.5)


def test_a_change_that_rounding_hides_is_not_taken_for_0() -> None:
    huge = np.array([0.0, 1e12])
    before, after = looked_at(lambda w: ((w + huge) - huge).sum(), np.array([0.3, 0.4]), 1e-16)
    assert before.lowest[1] == before.highest[1] == 0.0
    assert after.lowest[1] < -1.0
    assert after.highest[1] > 1.0


@pytest.mark.parametrize(
    "cost",
    [
        lambda w: np.sin(3.0 * w).sum(),
        lambda w: np.maximum(w - (0.3 + 1e-7), 0.0).sum(),  # a kink within the step
        lambda w: np.maximum(w - 0.3 - 3e-4, 0.0).sum(),  # dead, and alive farther away
        lambda w: np.abs(w - 0.3).sum(),
        lambda w: 0.0 * w.sum(),
    ],
)
def test_kinks_and_what_stands_still_have_no_coarse_rounding(cost: Any) -> None:
    before, after = looked_at(cost, np.array([0.3, 0.3]), 1e-16)
    assert after.noise.tolist() == before.noise.tolist()


class Counting:
    """An engine that notes how many entries each call has."""

    def __init__(self, engine: Any, joins_arrays: bool) -> None:
        self.engine, self.joins_arrays = engine, joins_arrays
        self.base_cost, self.calls = engine.base_cost, list[int]()

    def cost_changes(self, which: int, entries: HostArray, *others: Any) -> Any:
        self.calls.append(len(entries))
        return self.engine.cost_changes(which, entries, *others)


@pytest.mark.parametrize("away", [1e-9, 1e-5, 1e-3, 1.0])  # rounded at the step, or farther away
def test_an_engine_that_wants_few_calls_finds_the_same_in_two(away: float) -> None:
    def cost(w: HostArray) -> Any:
        return np.round(w / away).sum() * away

    entries = all_entries(cost, np.array([0.3, 0.7]), "forward")
    epsilon = SCHEMES["forward"].epsilon
    noise = 1e-16 / entries.steps(epsilon)
    before = MeasuredSlopes.of(entries.scheme, entries.slopes(epsilon), noise, epsilon)
    others: Any = Counting(entries.engine, joins_arrays=False)
    few_calls: Any = Counting(entries.engine, joins_arrays=True)
    in_steps, at_once = (
        with_own_rounding(entries.by(each), before) for each in (others, few_calls)
    )
    assert at_once.noise.tolist() == in_steps.noise.tolist()
    if away == 1.0:  # nothing moves: one look nearby, and one at all that lies farther away
        assert (few_calls.calls, others.calls) == ([2, 2], [2, 2, 2, 2])


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
def test_a_right_gradient_of_a_sum_with_large_terms_is_not_accused(scheme: str) -> None:
    report = check_gradients(lambda p: rounded_sum(p[0]), [W], [np.ones(4)], scheme=scheme)
    assert report.counts["disagree"] == 0
    # Neither is a wrong one pardoned: a wider step tells.
    for wrong in (np.array([1.0, 1.0, 1.0, 0.0]), np.array([1.0, 1.0, 1.0, -1.0])):
        report = check_gradients(lambda p: rounded_sum(p[0]), [W], [wrong], scheme=scheme)
        assert report.counts["disagree"] == 1


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
def test_a_slope_of_which_rounding_hides_a_part_is_not_accused(scheme: str) -> None:
    # The cost falls smoothly by 1, and rises by 0.02 in jumps that lie farther apart than the
    # points at which the noise is measured.
    unit = 1.5e-8

    def cost(p: HostArray) -> Any:
        return p[1] - p[0] + unit * np.round(0.02 * p[0] / unit)

    for seed in range(10):
        w = np.random.default_rng(seed).normal(size=2)
        report = check_gradients(cost, w, np.array([-0.98, 1.0]), scheme=scheme)
        assert report.counts["agree"] == 2
        for factor in (2.0, 0.5, 0.0, -1.0):
            report = check_gradients(cost, w, np.array([-0.98 * factor, 1.0]), scheme=scheme)
            assert report.counts["disagree"] == 1


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
@pytest.mark.parametrize("claimed", [-1.0, 0.0, 2.0])
@pytest.mark.parametrize(
    ("cost", "slope"),
    [
        (
            lambda w, near: np.tan(w[0] + np.pi / 2.0 - near).sum(),
            lambda near: 1 / np.sin(near) ** 2,
        ),
        (lambda w, near: 1.0 / (w[0] - near), lambda near: -1.0 / near**2),
        (lambda w, near: w[0] + 1e3 * (w[0] > near), lambda near: near**0),
    ],
)
def test_a_pole_or_a_stair_beside_the_entry_pardons_nothing(
    cost: Any, slope: Any, claimed: float, scheme: str
) -> None:
    # Some twenty steps away the cost jumps, but on one side of the entry only.
    near = 20.0 * SCHEMES[scheme].epsilon
    w = np.array([0.0])
    right = np.array([slope(near)])
    wrong = check_gradients(lambda w: cost(w, near), w, claimed * right, scheme=scheme)
    assert not wrong.ok
    assert wrong.counts["disagree"] == 1
    report = check_gradients(lambda w: cost(w, near), w, right, scheme=scheme)
    assert report.counts["disagree"] == 0


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
@pytest.mark.parametrize("factor", [-1.0, 0.0, 2.0])
def test_poles_on_both_sides_pardon_nothing(factor: float, scheme: str) -> None:
    h = SCHEMES[scheme].epsilon
    after, before = 0.5 + 6.0 * h, 0.5 - 9.0 * h

    def cost(w: HostArray) -> Any:
        return 3.0 * w[0] + w[1] + h**2 / (w[0] - after) + h**2 / (w[0] - before)

    w = np.array([0.5, 0.3])
    right = np.array([3.0 - 1.0 / 36.0 - 1.0 / 81.0, 1.0])
    wrong = check_gradients(cost, w, right * [factor, 1.0], scheme=scheme)
    assert wrong.arrays[0].verdicts[0] == 1
    assert check_gradients(cost, w, right, scheme=scheme).counts["disagree"] == 0
