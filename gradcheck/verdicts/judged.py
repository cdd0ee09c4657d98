"""Entries with the verdicts on them, and entries with what is claimed of them."""

from dataclasses import dataclass

import numpy as np

from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.slopes.measured_slopes import MeasuredSlopes
from gradcheck.verdicts.array_report import LEAST_SHARPNESS
from gradcheck.verdicts.verdict import Judgement, Verdict, judge
from nets.arrays import Array, HostArray, array_namespace, to_numpy

__all__ = ["ClaimedEntries", "Judged"]


@dataclass(frozen=True)
class Judged:
    """What was measured at n entries, and the verdicts on them."""

    measured: MeasuredSlopes
    judgement: Judgement

    def __len__(self) -> int:
        return int(self.judgement.verdicts.shape[0])

    def have(self, verdict: Verdict) -> HostArray:
        """Whether the entries have a verdict, (n,) bool."""
        # A plain int: NumPy would compare with an IntEnum in 64 bits.
        having: HostArray = to_numpy(self.judgement.verdicts) == int(verdict)
        return having

    def where(self, verdict: Verdict) -> HostArray:
        """The positions (m,) among the n that have a verdict."""
        return np.flatnonzero(self.have(verdict))

    def sharp(self) -> HostArray:
        """Whether the entries agree, and would show an error of 1 %, (n,) bool."""
        found = self.judgement
        size = array_namespace(found.numerical).abs(found.numerical)
        seen: HostArray = to_numpy(BARS_ALLOWED * found.error_bar <= LEAST_SHARPNESS * size)
        return seen & self.have(Verdict.AGREE)


@dataclass(frozen=True)
class ClaimedEntries:
    """What is claimed at n entries: (n,) each."""

    entries: Entries
    claims: Array
    round_off: Array | float

    def judged(self, measured: MeasuredSlopes) -> Judged:
        """The verdicts that a measurement leads to."""
        return Judged(measured, judge(self.claims, measured, self.round_off))
