"""What a check found: per array and in all, for the terminal, a notebook and JSON."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from gradcheck.verdict import BARS_ALLOWED, Verdict
from nets.arrays import HostArray

if TYPE_CHECKING:
    from gradcheck.diagnosis import Diagnosis

# The bars that a rejection may have to overcome, in those that are reported: see ``resolution``.
RESOLUTION_BARS = 10.0

__all__ = ["ArrayReport", "EngineComparison", "Report", "norm_ratio"]


def _number(value: float) -> float | None:
    """A number as JSON can hold it: NaN and infinity become null."""
    return float(value) if math.isfinite(value) else None


def norm_ratio(one: HostArray, other: HostArray) -> float:
    """How far apart two gradients are, |a - n| / (|a| + |n|): from 0 to 1; 0 where both are 0.

    >>> norm_ratio(np.array([3.0, 4.0]), np.array([3.0, 4.0]))
    0.0
    """
    largest = max(float(np.max(np.abs(each), initial=0.0)) for each in (one, other))
    if math.isfinite(largest):
        # Squares of very large and very small numbers overflow and vanish.
        scale = 2.0 ** (math.frexp(largest)[1] - 1)
        one, other = one / scale, other / scale
    size = float(np.linalg.norm(one) + np.linalg.norm(other))
    return float(np.linalg.norm(one - other)) / size if size else 0.0


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
        error_bar: (n,) see ``gradcheck.verdict``.
        verdicts: (n,) codes of ``Verdict``.
        lowest_slope: (n,) the least of the slopes measured, on either side.
        highest_slope: (n,) the greatest.
        by_example: (n,) bool, entries whose verdict is ``kink`` because of several kinks at once:
            see ``gradcheck.kinks``. None where none was looked at so.

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
        return float(np.max(np.abs(self.backprop - self.numerical)))

    @property
    def resolution(self) -> float:
        """How far from 1 a factor common to the whole array must be to be rejected for certain.

        An entry that disagrees is measured again with a narrower step, whose bar is wider by
        that much, and the error that it has already may work against the factor. Infinite where
        nothing was resolved.
        """
        seen = (self.backprop != 0.0) & np.isfinite(self.error_bar)
        seen &= self.verdicts == Verdict.AGREE
        if not np.any(seen):
            return math.inf
        error = np.abs(self.backprop - self.numerical)[seen]
        hidden = BARS_ALLOWED * RESOLUTION_BARS * self.error_bar[seen] + error
        return float(np.min(hidden / np.abs(self.backprop[seen])))

    @cached_property
    def worst(self) -> int:
        """The position, among the entries checked, of the one to look at first.

        A disagreement goes before a kink, a kink before the rest; among equals the error in
        bars decides, then the error itself.
        """
        error = np.nan_to_num(np.abs(self.backprop - self.numerical), nan=np.inf)
        with np.errstate(over="ignore"):
            bars = error / np.maximum(self.error_bar, np.finfo(float).tiny)
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
            "relative_error": _number(self.relative_error),
            "max_absolute_error": _number(self.max_absolute_error),
            "resolution": _number(self.resolution),
            "worst_index": list(self.index_of(worst)),
            "worst_verdict": Verdict(int(self.verdicts[worst])).word,
            "worst_backprop": _number(self.backprop[worst]),
            "worst_numerical": _number(self.numerical[worst]),
            "worst_error_bar": _number(self.error_bar[worst]),
            "worst_slopes": [
                _number(self.lowest_slope[worst]),
                _number(self.highest_slope[worst]),
            ],
        }


@dataclass(frozen=True)
class EngineComparison:
    """How far apart two engines came out, in error bars: more than one is a fault of ours.

    Attributes:
        compared: how many entries both measured.
        bars: the largest distance between the two.
        name: the array where that was.
        index: the entry.

    """

    compared: int
    bars: float
    name: str
    index: tuple[int, ...]

    @property
    def ok(self) -> bool:
        """Whether the engines agree."""
        return self.bars <= 1.0

    @classmethod
    def worst_of(cls, comparisons: Sequence["EngineComparison"]) -> "EngineComparison | None":
        """One for all arrays; None if nothing was compared."""
        if not comparisons:
            return None
        worst = max(comparisons, key=lambda each: math.inf if each.bars != each.bars else each.bars)
        return replace(worst, compared=sum(each.compared for each in comparisons))

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {
            "compared": self.compared,
            "largest_difference_in_error_bars": _number(self.bars),
            "array": self.name,
            "index": list(self.index),
        }


@dataclass(frozen=True)
class Report:
    """What a check found.

    Prints as tables, shows as tables in a notebook; ``to_dict`` is what ``--json`` writes.

    Attributes:
        arrays: what was found of each parameter array.
        scheme: the name of the difference scheme.
        epsilon: its relative step.
        engine: the name of the engine.
        cost: C, unperturbed.
        parameters: how many parameters there are, checked or not.
        evaluations: how many times C was evaluated in all.
        seconds: how long the check took.
        comparison: how the engine fared against full forward passes; None if it makes them.
        diagnosis: the first wrong step and the likely mistake, where a network disagrees.
        suspicions: signs that a thing was compared with itself.

    """

    arrays: tuple[ArrayReport, ...]
    scheme: str
    epsilon: float
    engine: str
    cost: float
    parameters: int
    evaluations: int
    seconds: float
    comparison: EngineComparison | None = None
    diagnosis: "Diagnosis | None" = None
    suspicions: tuple[str, ...] = ()

    @property
    def checked(self) -> int:
        """How many entries were checked."""
        return sum(array.checked for array in self.arrays)

    @property
    def is_sample(self) -> bool:
        """Whether only some of the parameters were checked."""
        return self.checked < self.parameters

    @property
    def counts(self) -> dict[str, int]:
        """How many entries have each verdict, over all arrays."""
        each = [array.counts for array in self.arrays]
        return {verdict.word: sum(counts[verdict.word] for counts in each) for verdict in Verdict}

    @property
    def undecided_arrays(self) -> tuple[ArrayReport, ...]:
        """The arrays in which no entry was found to agree or disagree."""
        return tuple(
            array
            for array in self.arrays
            if not (array.counts["agree"] or array.counts["disagree"])
        )

    @property
    def verdict(self) -> Verdict:
        """Disagree if any entry does; agree if none does and every array has entries that agree.

        An array in which nothing could be decided leaves the whole undecided: a check that
        tested nothing never passes.
        """
        if self.counts["disagree"]:
            return Verdict.DISAGREE
        nothing = self.undecided_arrays or not self.arrays
        return Verdict.UNDECIDED if nothing else Verdict.AGREE

    @property
    def ok(self) -> bool:
        """Whether the verdict is ``agree``, and the engines' own comparison is in order."""
        return self.verdict is Verdict.AGREE and (self.comparison is None or self.comparison.ok)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings: the part of the JSON that the check knows."""
        return {
            "scheme": self.scheme,
            "epsilon": self.epsilon,
            "engine": self.engine,
            "cost": self.cost,
            "verdict": self.verdict.word,
            "parameters": self.parameters,
            "checked": self.checked,
            "sample": self.is_sample,
            "evaluations": self.evaluations,
            "counts": self.counts,
            "engines": None if self.comparison is None else self.comparison.to_dict(),
            "arrays": [array.to_dict() for array in self.arrays],
            "suspicions": list(self.suspicions),
            "diagnosis": None if self.diagnosis is None else self.diagnosis.to_dict(),
        }

    def __str__(self) -> str:
        from gradcheck.report_text import report_parts
        from gradcheck.text import plain_text

        return plain_text(report_parts(self))

    def _repr_html_(self) -> str:
        from gradcheck.report_text import report_parts
        from gradcheck.text import html

        return html(report_parts(self))
