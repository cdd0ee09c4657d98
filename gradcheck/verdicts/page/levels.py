"""What a heat map shows of each entry, as one byte: its verdict, and its error in error bars.

    0           not checked
    1           untested
    2 to 121    agrees; the error in bars, 10 levels for each power of ten, from 1e-4 to 1e8
    122         kink
    123         undecided
    124 to 243  disagrees; the error in bars likewise

The worst of some entries is the one with the largest level. ``levels.js`` reads these bytes.
"""

import numpy as np

from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = ["levels_of"]

IN_DECADE = 10  # levels for each power of ten: neighbours differ by 26 %, as fine as colours can be
FROM_POWER, STEPS = -4, 120  # the least error that is told apart is 1e-4 bars, the largest 1e8
UNTESTED, AGREE, KINK, UNDECIDED, DISAGREE = 1, 2, 122, 123, 124
WITHOUT_ERROR = {Verdict.KINK: KINK, Verdict.UNDECIDED: UNDECIDED, Verdict.UNTESTED: UNTESTED}


def levels_of(array: ArrayReport) -> HostArray:
    """The level of each entry of the array, checked or not: (size,) uint8, in C order."""
    bars = np.clip(array.errors_in_bars, 10.0**FROM_POWER, 1e300)
    steps = np.rint(IN_DECADE * (np.log10(bars) - FROM_POWER))
    steps = np.clip(steps, 0, STEPS - 1).astype(np.uint8)
    checked = steps + np.where(array.verdicts == Verdict.DISAGREE, DISAGREE, AGREE)
    for verdict, level in WITHOUT_ERROR.items():
        checked = np.where(array.verdicts == verdict, level, checked)
    levels = np.zeros(int(np.prod(array.shape, dtype=np.int64)), dtype=np.uint8)
    levels[array.entries] = checked
    return levels
