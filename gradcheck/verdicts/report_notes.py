"""The notes of a report: what a reader should know besides the verdict."""

import math
from collections.abc import Sequence

import numpy as np

from gradcheck.show.numbers import entries_text, index_text, scientific
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.engine_comparison import EngineComparison
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = [
    "REASONS_FOR_LITTLE",
    "comparison_note",
    "count_notes",
    "edge_notes",
    "kink_notes",
    "kinks_note",
    "nearly_notes",
    "sample_note",
    "stillness_notes",
]

# Decimal digits of the largest slope. Gradients that are equal to this many digits differ by
# rounding or by a guard in the cost rather than by a mistake in a formula. Chosen: a guard such as
# log(a + 1e-8) changes less, and the factors of known mistakes, such as 2 or 1/m, change more.
NEARLY = 4.0
REASONS_FOR_LITTLE = (
    "A guard such as log(a + 1e-8), float32, or a smoothed function can have this effect."
)


def sample_note(checked: int, parameters: int) -> str:
    """That only some of the entries were checked."""
    return (
        f"A sample: {checked:,} of {parameters:,} entries, drawn at random. A mistake in the "
        "others would not be seen."
    )


def comparison_note(comparison: EngineComparison) -> str:
    """How the fast engine compared with plain forward passes."""
    if comparison.ok:
        return (
            f"The fast method was compared with plain forward passes at {comparison.compared} "
            f"entries: at most {comparison.bars:.2f} error bars apart."
        )
    return (
        f"FAULT The fast method and plain forward passes are {comparison.bars:.2f} error bars "
        f"apart at {comparison.name} {index_text(comparison.index)}. This is a fault of "
        "gradcheck, not of the network. Use the engine one-by-one, and please report it."
    )


def count_notes(counts: dict[str, int], edges: int) -> list[str]:
    """What undecided and untested entries are, if there are any.

    Args:
        counts: of entries, by the verdict's word.
        edges: at how many of the undecided ones the cost is not finite nearby.

    """
    notes = []
    if undecided := counts["undecided"] - edges:
        notes.append(
            f"Undecided: {entries_text(undecided)} with a slope smaller than two error bars, so "
            "even 0 would pass. Try other inputs, smaller weights, or another scheme such as "
            "central."
        )
    if untested := counts["untested"]:
        notes.append(
            f"Untested: {entries_text(untested)}. The cost does not change with them, and backprop "
            "says 0, as for the weights of an always-black pixel. Other inputs may test them."
        )
    return notes


def stillness_notes(arrays: Sequence[ArrayReport]) -> list[str]:
    """That the cost was the same whichever entry was moved, if it was."""
    moved = any(np.any(array.lowest_slope) or np.any(array.highest_slope) for array in arrays)
    if moved or not arrays:
        return []
    return ["The cost did not change with any entry: does it use the arrays that it is given?"]


def kink_notes(array: ArrayReport) -> list[str]:
    """The first kink of an array, with both slopes; and how many entries cross several at once."""
    kinked = array.verdicts == Verdict.KINK
    several = np.zeros_like(kinked) if array.by_example is None else kinked & array.by_example
    single = kinked & ~several
    notes = []
    if np.any(single):
        first = int(np.flatnonzero(single)[0])
        notes.append(
            f"Kink: {_count_text(single)} of {array.name}. At {index_text(array.index_of(first))} "
            f"the slope is {scientific(float(array.lowest_slope[first]), 3)} on one side and "
            f"{scientific(float(array.highest_slope[first]), 3)} on the other; backprop says "
            f"{scientific(float(array.backprop[first]), 3)}. Any value between the two slopes is a "
            "valid subgradient, so this is not a mistake."
        )
    if np.any(several):
        notes.append(
            f"Kink: {_count_text(several)} of {array.name} move several examples off their kinks "
            "at once. Backprop's value is the sum of a valid subgradient for each example, so this "
            "is not a mistake."
        )
    return notes


def kinks_note(counts: dict[str, int]) -> list[str]:
    """How many entries are at a kink, in one line, if any are."""
    if not counts["kink"]:
        return []
    return [
        f"Kink: {entries_text(counts['kink'])}. Backprop's value is a valid subgradient there, so "
        "this is not a mistake."
    ]


def nearly_notes(arrays: Sequence[ArrayReport]) -> list[str]:
    """That everything that disagrees does so by very little, if that is so."""
    wrong = [array for array in arrays if array.counts["disagree"]]
    digits = min((array.agreed_digits for array in wrong), default=0.0)
    if not NEARLY <= digits < math.inf:
        return []
    return [
        f"Nearly: what disagrees is equal to {digits:.1f} digits of the largest slope of its "
        f"array. {REASONS_FOR_LITTLE} With digits={math.floor(digits)} the check accepts it."
    ]


def edge_notes(array: ArrayReport) -> list[str]:
    """The first entry around which the cost is not finite."""
    if not np.any(array.not_finite):
        return []
    first = int(np.flatnonzero(array.not_finite)[0])
    others = int(np.count_nonzero(array.not_finite)) - 1
    more = f", and around {entries_text(others)} more" if others else ""
    return [
        f"Not finite: the cost is NaN or infinite around {array.name} "
        f"{index_text(array.index_of(first))}{more}, however small the step. These entries were "
        "not tested. Move them away from the edge of the cost's domain."
    ]


def _count_text(which: HostArray) -> str:
    return entries_text(int(np.count_nonzero(which)))
