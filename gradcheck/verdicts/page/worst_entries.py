"""The entries to look at first, of all arrays together, as a table."""

from collections.abc import Sequence

import numpy as np

from gradcheck.show.numbers import differing_texts, index_text, scientific
from gradcheck.show.page.pieces import Cell
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.page.levels import DISAGREE, UNTESTED, levels_of
from gradcheck.verdicts.verdict import Verdict

__all__ = ["HEADINGS", "worst_entries"]

HEADINGS = ("array", "entry", "verdict", "in bars", "backprop", "slope", "error", "bar")


def worst_entries(arrays: Sequence[ArrayReport], most: int) -> list[tuple[Cell, ...]]:
    """The entries with the largest errors in bars: first those that disagree, then the others.

    Untested entries have no error.
    """
    candidates = []
    for number, array in enumerate(arrays):
        levels = levels_of(array)[array.entries]
        bars = np.nan_to_num(array.errors_in_bars, posinf=np.finfo(float).max)
        first = np.lexsort((-bars, -(levels >= DISAGREE).astype(int)))[:most]
        candidates += [
            (levels[at] < DISAGREE, -bars[at], number, int(at))
            for at in first
            if levels[at] != UNTESTED
        ]
    return [_row(arrays[number], number, at) for _, _, number, at in sorted(candidates)[:most]]


def _row(array: ArrayReport, number: int, at: int) -> tuple[Cell, ...]:
    claim, slope = float(array.backprop[at]), float(array.numerical[at])
    error, bar, bars = abs(claim - slope), float(array.error_bar[at]), array.errors_in_bars[at]
    claim_text, slope_text = differing_texts(claim, slope)
    word = Verdict(int(array.verdicts[at])).word
    bars_text = f"{bars:,.2f}" if bars < 1e6 else scientific(float(bars))
    return (
        Cell(array.name, float(number)),
        Cell(index_text(array.index_of(at)), float(array.entries[at])),
        Cell(word, word),
        Cell(bars_text, float(bars)),
        Cell(claim_text, claim),
        Cell(slope_text, slope),
        Cell(scientific(error), error),
        Cell(scientific(bar), bar),
    )
