"""How many entries have which error in error bars: the counts behind pictures and tables."""

import numpy as np

from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = ["FROM_POWER", "IN_DECADE", "LIMITS", "bar_counts", "column_counts"]

# Bars of the histogram: five for each power of ten of the error, from 1e-4 to 1e8 error bars. What
# lies outside is counted in the first and in the last.
IN_DECADE = 5
FROM_POWER, TO_POWER = -4, 8
# The limits of the columns of a table, in error bars. Two are allowed.
LIMITS = (0.1, 1.0, 2.0, 10.0, 100.0)


def bar_counts(errors: HostArray, verdicts: HostArray) -> HostArray:
    """How many entries fall into each bar: those that do not disagree, and those that do.

    Args:
        errors: (n,) in error bars.
        verdicts: (n,) codes of ``Verdict``; untested entries are not counted.

    Returns:
        (2, bars).

    """
    powers = np.log10(np.clip(errors, 10.0**FROM_POWER, 10.0**TO_POWER))
    count = IN_DECADE * (TO_POWER - FROM_POWER)
    bars = np.clip(np.floor(IN_DECADE * (powers - FROM_POWER)), 0, count - 1).astype(int)
    wrong = verdicts == Verdict.DISAGREE
    right = (verdicts != Verdict.UNTESTED) & ~wrong
    return np.stack([np.bincount(bars[some], minlength=count) for some in (right, wrong)])


def column_counts(errors: HostArray, verdicts: HostArray) -> HostArray:
    """How many entries have an error above the limit before a column, and up to that of the column.

    Args:
        errors: (n,) in error bars.
        verdicts: (n,) codes of ``Verdict``; untested entries are not counted.

    Returns:
        (columns,): one more than there are limits.

    """
    column = np.searchsorted(LIMITS, errors[verdicts != Verdict.UNTESTED])
    counted: HostArray = np.bincount(column, minlength=len(LIMITS) + 1)
    return counted
