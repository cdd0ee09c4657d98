"""How many entries have which error in error bars: as bars to draw, and as a table."""

from collections.abc import Sequence
from typing import Any

from gradcheck.show.text import Table
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.error_histogram import FROM_POWER, IN_DECADE

__all__ = ["errors_in_bars_table", "histogram"]

# Of the columns of the table: see ``gradcheck.verdicts.error_histogram.LIMITS``.
HEADINGS = ("to 0.1", "to 1", "to 2", "to 10", "to 100", "more")


def histogram(array: ArrayReport) -> dict[str, Any]:
    """What the page needs to draw the errors of an array: a count for each bar."""
    right, wrong = array.bar_counts.tolist()
    return {
        "fromPower": FROM_POWER,
        "inDecade": IN_DECADE,
        "right": right,
        "wrong": wrong,
    }


def errors_in_bars_table(arrays: Sequence[ArrayReport]) -> Table:
    """How many entries of each array have an error of so many error bars; untested ones have none.

    Above the number of its column, and up to it.
    """
    rows = [(array.name, *(f"{count:,}" for count in array.column_counts)) for array in arrays]
    title = "Errors in error bars: how many entries of each array"
    return Table(title, ("array", *HEADINGS), tuple(rows))
