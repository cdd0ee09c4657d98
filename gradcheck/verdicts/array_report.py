"""What a check found of one parameter array."""

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from gradcheck.show.numbers import json_number
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.verdicts.error_histogram import bar_counts, column_counts
from gradcheck.verdicts.norm_ratio import norm_ratio
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = ["LEAST_SHARPNESS", "ArrayReport"]

# An array is decided if a factor that differs from 1 by this much would have been noticed. 1 %: a
# check that could not see even that says little about a gradient. Chosen.
LEAST_SHARPNESS = 0.01


@dataclass(frozen=True, eq=False)
class ArrayReport:
    """What was found of one parameter array; arrays have a value for each entry checked.

    Attributes:
        name: such as ``layer 1 weights``.
        layer: its layer, counted from 1, or None for an array that belongs to no layer.
        parameter: ``weights``, ``biases``, or the name.
        shape: of the array.
        entries: (n,) the checked positions in the flattened array.
        backprop: (n,) the claimed gradient.
        numerical: (n,) the estimate.
        error_bar: (n,) see ``gradcheck.verdicts.verdict``.
        verdicts: (n,) codes of ``Verdict``.
        lowest_slope: (n,) the least of the slopes measured, on either side.
        highest_slope: (n,) the greatest.
        by_example: (n,) bool, entries whose verdict is ``kink`` because of several kinks at once:
            see ``gradcheck.diagnosis.kinks_by_example``. None where none was looked at so.
        accepted_digits: entries that disagree were accepted since they agree to so many decimal
            digits of the largest slope of the array; None where none was.

    """

    name: str
    layer: int | None
    parameter: str
    shape: tuple[int, ...]
    entries: HostArray = field(repr=False)
    backprop: HostArray = field(repr=False)
    numerical: HostArray = field(repr=False)
    error_bar: HostArray = field(repr=False)
    verdicts: HostArray = field(repr=False)
    lowest_slope: HostArray = field(repr=False)
    highest_slope: HostArray = field(repr=False)
    by_example: HostArray | None = field(repr=False, default=None)
    accepted_digits: float | None = None

    @property
    def checked(self) -> int:
        """How many entries were checked."""
        return len(self.entries)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many entries have each verdict."""
        return {
            verdict.word: int(np.count_nonzero(self.verdicts == int(verdict)))
            for verdict in Verdict
        }

    @property
    def relative_error(self) -> float:
        """The norm ratio |a - n| / (|a| + |n|) over the entries checked; 0 where all are 0."""
        return norm_ratio(self.backprop, self.numerical)

    @property
    def max_absolute_error(self) -> float:
        """The largest |a - n| over the entries checked."""
        return float(np.max(self._errors))

    @property
    def _errors(self) -> HostArray:
        """|a - n| of each entry, (n,); infinite where float64 cannot hold it."""
        with np.errstate(over="ignore", invalid="ignore"):
            errors: HostArray = np.abs(self.backprop - self.numerical)
        return errors

    @cached_property
    def not_finite(self) -> HostArray:
        """Whether the cost is not finite around each entry whatever the step, (n,) bool."""
        unbounded: HostArray = ~np.isfinite(self.error_bar)
        return unbounded

    @property
    def is_decided(self) -> bool:
        """Whether something is wrong in the array, or an error of 1 % would have been noticed."""
        return bool(self.counts["disagree"]) or self.resolution <= LEAST_SHARPNESS

    @cached_property
    def resolution(self) -> float:
        """How far from 1 a factor common to the whole array must be to be rejected for certain.

        The error that an entry has already may work against the factor. Infinite where nothing was
        resolved.
        """
        seen = (self.backprop != 0.0) & np.isfinite(self.error_bar)
        seen &= self.verdicts == Verdict.AGREE
        if not np.any(seen):
            return math.inf
        hidden = BARS_ALLOWED * self.error_bar[seen] + self._errors[seen]
        accepted = 0.0 if self.accepted_digits is None else 2.0 * 10.0**-self.accepted_digits
        return max(accepted, float(np.min(hidden / np.abs(self.backprop[seen]))))

    @cached_property
    def errors_in_bars(self) -> HostArray:
        """How many error bars each claim is from its estimate, (n,); infinite where one is NaN."""
        with np.errstate(over="ignore", invalid="ignore"):
            bars = self._errors / np.maximum(self.error_bar, np.finfo(float).tiny)
        finite: HostArray = np.nan_to_num(bars, nan=np.inf, posinf=np.inf)
        return finite

    @cached_property
    def bar_counts(self) -> HostArray:
        """How many entries fall into each bar of a histogram of their errors, (2, bars)."""
        return bar_counts(self.errors_in_bars, self.verdicts)

    @cached_property
    def column_counts(self) -> HostArray:
        """How many entries fall into each column of a table of their errors, (columns,)."""
        return column_counts(self.errors_in_bars, self.verdicts)

    @cached_property
    def agreed_digits(self) -> float:
        """To how many decimal digits of its largest slope all of the array agrees."""
        finite = np.isfinite(self.numerical)
        largest = float(np.max(np.abs(self.numerical[finite]), initial=0.0))
        worst = float(np.max(self._errors[finite], initial=0.0))
        if worst == 0.0:
            return math.inf
        return math.log10(largest / worst) if largest > 0.0 and worst < math.inf else -math.inf

    @cached_property
    def worst(self) -> int:
        """The position, among the entries checked, of the one to look at first.

        A disagreement comes before a kink, and a kink before the rest. Among equals the error in
        bars decides, then the error itself.
        """
        bars = self.errors_in_bars
        for verdict in (Verdict.DISAGREE, Verdict.KINK):
            if np.any(self.verdicts == verdict):
                bars = np.where(self.verdicts == verdict, bars, -1.0)
                break
        return int(np.argmax(bars))

    def index_of(self, position: int) -> tuple[int, ...]:
        """The index into the array of the entry at a position among those checked."""
        return tuple(int(i) for i in np.unravel_index(int(self.entries[position]), self.shape))

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        worst = self.worst
        return {
            "name": self.name,
            "layer": self.layer,
            "parameter": self.parameter,
            "shape": list(self.shape),
            "checked": self.checked,
            "counts": self.counts,
            "relative_error": json_number(self.relative_error),
            "max_absolute_error": json_number(self.max_absolute_error),
            "resolution": json_number(self.resolution),
            "worst_index": list(self.index_of(worst)),
            "worst_verdict": Verdict(int(self.verdicts[worst])).word,
            "worst_backprop": json_number(self.backprop[worst]),
            "worst_numerical": json_number(self.numerical[worst]),
            "worst_error_bar": json_number(self.error_bar[worst]),
            "worst_slopes": [
                json_number(self.lowest_slope[worst]),
                json_number(self.highest_slope[worst]),
            ],
        }
