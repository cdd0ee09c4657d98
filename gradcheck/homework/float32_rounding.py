"""Verdicts on gradients that the class itself rounded to float32: that is not its mistake."""

from dataclasses import replace

import numpy as np

from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict

__all__ = ["with_float32_rounding"]

# How far rounding to float32 on the way may move an entry, as a part of the largest entry of its
# array. One rounding moves it by 2^-24 of itself; this leaves room for 32 of them in a row.
FLOAT32_ROUNDING = 2.0**-19


def with_float32_rounding(report: Report) -> Report:
    """The same report with error bars that are wider by what float32 rounds away.

    A disagreement within the wider bar becomes an agreement, or stays undecided where the bar is
    wider than the slope itself. No other verdict changes.
    """
    return replace(report, arrays=tuple(_with_wider_bars(array) for array in report.arrays))


def _with_wider_bars(array: ArrayReport) -> ArrayReport:
    finite = np.abs(array.backprop[np.isfinite(array.backprop)])
    rounding = FLOAT32_ROUNDING * float(np.max(finite, initial=0.0))
    wider = replace(array, error_bar=array.error_bar + rounding)
    excused = (array.verdicts == Verdict.DISAGREE) & (wider.errors_in_bars <= BARS_ALLOWED)
    resolved = np.abs(array.numerical) > BARS_ALLOWED * wider.error_bar
    judged = np.where(resolved, Verdict.AGREE, Verdict.UNDECIDED)
    verdicts = np.where(excused, judged, array.verdicts).astype(array.verdicts.dtype)
    return replace(wider, verdicts=verdicts)
