"""Reports made by hand, for tests of what they tell."""

from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict

__all__ = ["AGREE", "DISAGREE", "KINK", "UNDECIDED", "UNTESTED", "array_report", "report_of"]

AGREE, DISAGREE, KINK, UNDECIDED, UNTESTED = Verdict


def array_report(
    verdicts: list[Verdict], *, backprop: Any = None, numerical: Any = None, **changes: Any
) -> ArrayReport:
    count = len(verdicts)
    right = np.arange(1.0, count + 1)
    report = ArrayReport(
        name="layer 1 weights",
        layer=1,
        parameter="weights",
        shape=(2, count),
        entries=np.arange(count) + 1,
        backprop=right if backprop is None else np.array(backprop),
        numerical=right if numerical is None else np.array(numerical),
        error_bar=np.full(count, 0.001),
        verdicts=np.array(verdicts, dtype=np.int8),
        lowest_slope=right,
        highest_slope=right,
    )
    return replace(report, **changes)


def report_of(*arrays: ArrayReport, parameters: int = 100) -> Report:
    return Report(
        arrays=arrays,
        scheme="forward",
        epsilon=1e-7,
        engine="one-by-one",
        cost=0.5,
        parameters=parameters,
        evaluations=10,
        seconds=0.1,
    )
