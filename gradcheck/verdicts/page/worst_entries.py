"""The entries to look at first, of all arrays together, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.show.numbers import differing_texts, index_text, scientific
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.page.levels import DISAGREE, UNTESTED, levels_of
from gradcheck.verdicts.verdict import Verdict

__all__ = ["HEADINGS", "WorstEntry", "worst_entries"]

HEADINGS = ("array", "entry", "verdict", "in bars", "backprop", "slope", "error", "bar")


@dataclass(frozen=True)
class WorstEntry:
    """One row: the texts of its cells, and by what each column is sorted."""

    texts: tuple[str, ...]
    keys: tuple[str | float, ...]


def worst_entries(arrays: Sequence[ArrayReport], most: int) -> list[WorstEntry]:
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


def _row(array: ArrayReport, number: int, at: int) -> WorstEntry:
    claim, slope = float(array.backprop[at]), float(array.numerical[at])
    error, bar, bars = abs(claim - slope), float(array.error_bar[at]), array.errors_in_bars[at]
    claim_text, slope_text = differing_texts(claim, slope)
    texts = (
        array.name,
        index_text(array.index_of(at)),
        Verdict(int(array.verdicts[at])).word,
        f"{bars:,.2f}" if bars < 1e6 else scientific(float(bars)),
        claim_text,
        slope_text,
        scientific(error),
        scientific(bar),
    )
    entry = float(array.entries[at])
    keys = (float(number), entry, texts[2], float(bars), claim, slope, error, bar)
    return WorstEntry(texts, keys)
