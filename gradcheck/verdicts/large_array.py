"""The report on an array of very many entries: counts of all of them, and the entries that matter.

An ``ArrayReport`` holds six numbers of each entry. For ten million entries that is half a gigabyte,
of which nobody looks at more than the worst. Large arrays are judged in stretches. Of each stretch
only the entries that do not agree, the worst ones and a regular sample are kept.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = [
    "COLUMNS",
    "MOST_HELD",
    "SMALL",
    "Condensed",
    "LargeArrayReport",
    "joined_report",
    "large_array_report",
]

# Entries of all arrays together from which on reports are condensed: 100 MB of numbers.
MOST_HELD = 2**21
# Smaller arrays are never condensed: 3 MB.
SMALL = 2**16
# Entries that are kept of each stretch: this many with the largest errors, in error bars and
# absolutely, ...
WORST_KEPT = 1000
# ... this many that do not agree, the worst first, ...
DOUBTFUL_KEPT = 2**14
# ... and this many at equal distances. All three are chosen.
SAMPLE_KEPT = 2**14


@dataclass(frozen=True, eq=False)
class Totals:
    """What is known of all entries of a stretch or of an array, though not all are kept.

    Attributes:
        left_out: (5,) how many entries have each verdict, of those that are not kept.
        norms: Euclidean norms of the claim, the estimate, and their difference.
        largest_error: the largest |a - n|; infinite or NaN as it comes.
        resolution: see ``ArrayReport.resolution``.
        digits: the largest finite |n|, and the largest finite |a - n|.
        bars: (2, bars) see ``bar_counts``.
        columns: (columns,) see ``column_counts``.

    """

    left_out: HostArray
    norms: tuple[float, float, float]
    largest_error: float
    resolution: float
    digits: tuple[float, float]
    bars: HostArray
    columns: HostArray

    @classmethod
    def of(cls, part: ArrayReport, kept: HostArray) -> "Totals":
        """The totals of a stretch, of which the entries at some positions (m,) are kept."""
        codes = np.bincount(part.verdicts, minlength=len(Verdict))
        error = part.backprop - part.numerical
        finite = np.isfinite(part.numerical)
        return cls(
            codes - np.bincount(part.verdicts[kept], minlength=len(Verdict)),
            (_norm(part.backprop), _norm(part.numerical), _norm(error)),
            part.max_absolute_error,
            part.resolution,
            (
                float(np.max(np.abs(part.numerical[finite]), initial=0.0)),
                float(np.max(np.abs(error[finite]), initial=0.0)),
            ),
            part.bar_counts,
            part.column_counts,
        )

    def __add__(self, other: "Totals") -> "Totals":
        claim, estimate, error = map(math.hypot, self.norms, other.norms)
        return Totals(
            self.left_out + other.left_out,
            (claim, estimate, error),
            float(np.maximum(self.largest_error, other.largest_error)),
            min(self.resolution, other.resolution),
            (max(self.digits[0], other.digits[0]), max(self.digits[1], other.digits[1])),
            self.bars + other.bars,
            self.columns + other.columns,
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class LargeArrayReport(ArrayReport):
    """What was found of a large array; arrays have a value for each entry that is kept.

    Attributes:
        totals: what is known of all entries.

    """

    totals: Totals

    @property
    def checked(self) -> int:
        """How many entries were checked, kept or not."""
        return len(self.entries) + int(self.totals.left_out.sum())

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many entries have each verdict, kept or not."""
        left_out = self.totals.left_out.copy()
        if self.accepted_digits is not None:
            left_out[Verdict.AGREE] += left_out[Verdict.DISAGREE]
            left_out[Verdict.DISAGREE] = 0
        codes = left_out + np.bincount(self.verdicts, minlength=len(Verdict))
        return {verdict.word: int(codes[verdict]) for verdict in Verdict}

    @property
    def relative_error(self) -> float:
        """See ``ArrayReport.relative_error``."""
        claim, estimate, error = self.totals.norms
        return error / (claim + estimate) if claim + estimate else 0.0

    @property
    def max_absolute_error(self) -> float:
        """See ``ArrayReport.max_absolute_error``."""
        return self.totals.largest_error

    @cached_property
    def resolution(self) -> float:
        """See ``ArrayReport.resolution``."""
        accepted = 0.0 if self.accepted_digits is None else 2.0 * 10.0**-self.accepted_digits
        return max(accepted, self.totals.resolution)

    @cached_property
    def agreed_digits(self) -> float:
        """See ``ArrayReport.agreed_digits``."""
        largest, worst = self.totals.digits
        if worst == 0.0:
            return math.inf
        return math.log10(largest / worst) if largest > 0.0 and worst < math.inf else -math.inf

    @cached_property
    def bar_counts(self) -> HostArray:
        """See ``ArrayReport.bar_counts``: (2, bars)."""
        return self.totals.bars

    @cached_property
    def column_counts(self) -> HostArray:
        """See ``ArrayReport.column_counts``: (columns,)."""
        return self.totals.columns


@dataclass(frozen=True, eq=False)
class Condensed:
    """One stretch: the entries that are kept, and the totals of all."""

    kept: ArrayReport
    totals: Totals

    @classmethod
    def of(cls, part: ArrayReport) -> "Condensed":
        """Keep what matters of a stretch."""
        error = np.nan_to_num(np.abs(part.backprop - part.numerical), nan=np.inf)
        bars = part.errors_in_bars
        certain = (part.verdicts == Verdict.AGREE) | (part.verdicts == Verdict.UNTESTED)
        doubtful = np.flatnonzero(~certain)
        # Those that disagree first, and among equals those with the largest errors.
        rank = np.where(part.verdicts[doubtful] == Verdict.DISAGREE, 0, 1)
        order = np.lexsort((-bars[doubtful], rank))[:DOUBTFUL_KEPT]
        every = np.arange(0, len(bars), max(1, len(bars) // SAMPLE_KEPT))
        worst = (_largest(bars), _largest(error), every)
        kept = np.unique(np.concatenate([doubtful[order], *worst]))
        return cls(at(part, kept), Totals.of(part, kept))


def joined_report(parts: Sequence[ArrayReport]) -> ArrayReport:
    """The report on an array, from those on its stretches, at least one."""
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS
    }
    return ArrayReport(first.name, first.layer, first.parameter, first.shape, **columns)


def large_array_report(stretches: Sequence[Condensed]) -> LargeArrayReport:
    """The report on an array, from what is kept of its stretches, at least one."""
    totals = stretches[0].totals
    for each in stretches[1:]:
        totals = totals + each.totals
    kept = joined_report([each.kept for each in stretches])
    columns = {name: getattr(kept, name) for name in COLUMNS}
    return LargeArrayReport(
        kept.name, kept.layer, kept.parameter, kept.shape, **columns, totals=totals
    )


# The attributes of a report with a value for each entry, in the order of its fields.
COLUMNS = (
    "entries",
    "backprop",
    "numerical",
    "error_bar",
    "verdicts",
    "lowest_slope",
    "highest_slope",
)


def at(part: ArrayReport, kept: HostArray) -> ArrayReport:
    """The same report on some of its entries, by their positions (m,)."""
    columns = {name: getattr(part, name)[kept] for name in COLUMNS}
    return ArrayReport(part.name, part.layer, part.parameter, part.shape, **columns)


def _largest(values: HostArray) -> HostArray:
    """The positions of the largest values (n,), at most ``WORST_KEPT``."""
    count = min(WORST_KEPT, len(values))
    largest: HostArray = np.argpartition(values, -count)[-count:]
    return largest


def _norm(values: HostArray) -> float:
    """The Euclidean norm, without squares that overflow or vanish."""
    largest = float(np.max(np.abs(values), initial=0.0))
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    return largest * float(np.linalg.norm(values / largest))
