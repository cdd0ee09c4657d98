"""Entries that rounding hides are measured again with wider steps."""

from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.judged import Judged
from gradcheck.verdicts.judged_entries import judged_entries
from gradcheck.verdicts.verdict import Verdict
from gradcheck.verdicts.wider_looks import LARGEST_PART, WIDER
from nets.arrays import HostArray
from tests.gradcheck.problems import EVERY_REAL_SCHEME
from tests.gradcheck.slopes.measuring import all_entries

FORWARD = SCHEMES["forward"].epsilon
WIDEST = LARGEST_PART * 0.5  # of an array whose only entry is 0.5


def looked_at(curvature: float) -> tuple[Judged, int]:
    """The slope 1e-11 of a cost around 1, and how many costs it took."""

    def cost(w: HostArray) -> Any:
        away = w[0] - 0.5
        return 1.0 + 1e-11 * away + curvature * away**2

    array = np.array([0.5])
    entries = all_entries(cost, array, "forward")
    claim = Claim("w", None, "w", array, np.array([1e-11]))
    judged = judged_entries(claim, entries, FORWARD, np.random.default_rng(0))
    return judged, entries.engine.evaluations


def test_where_rounding_alone_makes_the_bar_the_widest_step_is_the_only_one() -> None:
    straight, costs = looked_at(curvature=0.0)
    assert straight.where(Verdict.AGREE).tolist() == [0]
    assert straight.measured.epsilons.tolist() == [WIDEST]
    # Where the slope bends on the way, a narrower one is better, and it takes three costs more.
    bent, more = looked_at(curvature=2e-10)
    assert bent.measured.epsilons.tolist() == [WIDER[0] * FORWARD]
    assert more == costs + 3


@EVERY_REAL_SCHEME
def test_wider_steps_are_tried_where_no_entry_of_an_array_is_sharp(scheme: str) -> None:
    generator = np.random.default_rng(7)
    undecided = 0
    for _ in range(40):
        offset, slope, w = generator.normal(size=3)

        def cost(p: HostArray, a: float = offset, b: float = slope) -> Any:
            return np.float32(a + b * p[0])

        report = check_gradients(cost, np.array([w]), np.array([slope]), scheme=scheme)
        assert report.counts["disagree"] == 0
        undecided += not report.ok
        assert not check_gradients(cost, np.array([w]), np.array([-slope]), scheme=scheme).ok
    assert undecided <= 4


def test_a_wide_step_stays_below_a_part_of_small_parameters() -> None:
    # The slope is 1 near the entry and 0.4 beyond the kinks. A step of half the entry, and the one
    # 8 times narrower beside it, both lie nearly whole beyond them.
    def cost(p: HostArray) -> Any:
        away = p[0] - 0.03
        return 1.0 + 2e-12 * (0.4 * away + 0.6 * np.clip(away, -5e-5, 5e-5))

    report = check_gradients(cost, np.array([0.03]), np.array([2e-12]), scheme="forward")
    assert report.counts["disagree"] == 0
    # Where all is smooth, the widest step that is left still shows a slope that rounding hid.
    for claim, verdict in [(2e-11, "agree"), (-2e-11, "disagree")]:
        smooth = check_gradients(
            lambda p: 1.0 + 2e-11 * p[0], np.array([0.03]), np.array([claim]), scheme="forward"
        )
        assert smooth.counts[verdict] == 1


@EVERY_REAL_SCHEME
def test_a_cost_rounded_to_four_digits_accuses_nothing_and_passes_nothing_wrong(
    scheme: str,
) -> None:
    generator = np.random.default_rng(8)
    for _ in range(60):
        offset, slope, w = generator.normal(size=3)

        def cost(p: HostArray, a: float = offset, b: float = slope) -> float:
            return round(float(a + b * p[0]), 4)

        report = check_gradients(cost, np.array([w]), np.array([slope]), scheme=scheme)
        assert report.counts["disagree"] == 0
        # Where it says agree, one percent would have been seen.
        assert report.ok is (report.arrays[0].resolution <= 0.01)
        for factor in (-1.0, 0.0, 2.0):
            claim = np.array([factor * slope])
            assert not check_gradients(cost, np.array([w]), claim, scheme=scheme).ok


@pytest.mark.parametrize("which", [1, 2])
def test_where_the_cost_stands_still_within_a_step_a_claim_of_0_is_no_accident(which: int) -> None:
    # The change is less than the last digit of 1e9, and a thousand steps away it is more.
    slopes = np.array([2.0, 9.2e-4, -9.95e-3, 3e-1])
    w = np.array([0.5, -0.3, 0.7, 1.1])
    claims = np.where(np.arange(4) == which, 0.0, slopes)
    report = check_gradients(lambda w: 1e9 + (slopes * w).sum(), w, claims)
    assert report.arrays[0].verdicts[which] != int(Verdict.UNTESTED)
    right = check_gradients(lambda w: 1e9 + (slopes * w).sum(), w, slopes)
    assert right.counts["disagree"] == 0
    if 4.0 * right.arrays[0].error_bar[which] < abs(slopes[which]):
        assert report.arrays[0].verdicts[which] == int(Verdict.DISAGREE)
