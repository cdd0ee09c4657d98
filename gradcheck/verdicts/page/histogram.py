"""How many entries have which error in error bars: as bars to draw, and as a table."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcheck.show.text import Table
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.verdict import Verdict

__all__ = ["errors_in_bars_table", "histogram"]

# Bars of the histogram: five for each power of ten of the error, from 1e-4 to 1e8 error bars. What
# lies outside is counted in the first and in the last.
IN_DECADE = 5
FROM_POWER, TO_POWER = -4, 8
# The limits of the columns of the table, in error bars. Two are allowed.
LIMITS = (0.1, 1.0, 2.0, 10.0, 100.0)
HEADINGS = ("to 0.1", "to 1", "to 2", "to 10", "to 100", "more")


def histogram(array: ArrayReport) -> dict[str, Any]:
    """What the page needs to draw the errors of an array: a count for each bar."""
    powers = np.log10(np.clip(array.errors_in_bars, 10.0**FROM_POWER, 10.0**TO_POWER))
    count = IN_DECADE * (TO_POWER - FROM_POWER)
    bars = np.clip(np.floor(IN_DECADE * (powers - FROM_POWER)), 0, count - 1).astype(int)
    wrong = array.verdicts == Verdict.DISAGREE
    told = array.verdicts != Verdict.UNTESTED
    return {
        "fromPower": FROM_POWER,
        "inDecade": IN_DECADE,
        "right": np.bincount(bars[told & ~wrong], minlength=count).tolist(),
        "wrong": np.bincount(bars[wrong], minlength=count).tolist(),
    }


def errors_in_bars_table(arrays: Sequence[ArrayReport]) -> Table:
    """How many entries of each array have an error of so many error bars; untested ones have none.

    Above the number of its column, and up to it.
    """
    rows = []
    for array in arrays:
        errors = array.errors_in_bars[array.verdicts != Verdict.UNTESTED]
        column = np.searchsorted(LIMITS, errors)
        counts = np.bincount(column, minlength=len(HEADINGS))
        rows.append((array.name, *(f"{count:,}" for count in counts)))
    title = "Errors in error bars: how many entries of each array"
    return Table(title, ("array", *HEADINGS), tuple(rows))
