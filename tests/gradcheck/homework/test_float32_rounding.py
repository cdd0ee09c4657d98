"""What the class itself rounded to float32 is no mistake, and hides none."""

import numpy as np

from gradcheck.homework.float32_rounding import FLOAT32_ROUNDING, with_float32_rounding
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray
from tests.gradcheck.homework.reports import array_of, report_of

MEASURED = np.random.default_rng(0).standard_normal((5, 4))
ROUNDED = MEASURED.astype(np.float32).astype(np.float64)


def report_on(claimed: HostArray, measured: HostArray = MEASURED) -> Report:
    return report_of([array_of(1, "weights", claimed, measured, error_bar=1e-12)])


def test_rounding_disagrees_before_and_agrees_after() -> None:
    before = report_on(ROUNDED)
    assert before.verdict is Verdict.DISAGREE
    after = with_float32_rounding(before)
    assert after.counts["agree"] == 20
    assert np.array_equal(after.arrays[0].backprop, before.arrays[0].backprop)


def test_a_mistake_of_a_thousandth_still_disagrees() -> None:
    after = with_float32_rounding(report_on(1.001 * ROUNDED))
    assert after.verdict is Verdict.DISAGREE


def test_a_small_entry_is_undecided_and_not_right() -> None:
    measured = MEASURED.copy()
    measured[0, 0] = 1e-9
    claimed = measured.copy()
    claimed[0, 0] = 0.0
    after = with_float32_rounding(report_on(claimed, measured))
    assert after.arrays[0].verdicts[0] == Verdict.UNDECIDED
    assert after.counts["agree"] == 19


def test_the_bars_are_wider_by_a_part_of_the_largest_entry() -> None:
    after = with_float32_rounding(report_on(ROUNDED)).arrays[0]
    wider = FLOAT32_ROUNDING * np.max(np.abs(ROUNDED))
    assert np.allclose(after.error_bar, 1e-12 + wider, rtol=1e-12)


def test_an_infinite_claim_is_not_excused() -> None:
    claimed = ROUNDED.copy()
    claimed[0, 0] = np.inf
    after = with_float32_rounding(report_on(claimed))
    assert after.arrays[0].verdicts[0] == Verdict.DISAGREE
    assert after.counts["disagree"] == 1
