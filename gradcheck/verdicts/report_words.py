"""The words of a report: its two tables, its notes, and the verdict in a sentence."""

import math
from collections.abc import Sequence

import numpy as np

from gradcheck.show.numbers import (
    differing_texts,
    entries_text,
    index_text,
    percent_text,
    scientific,
)
from gradcheck.show.text import Sentence, Table
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.array_report import ArrayReport, EngineComparison
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

__all__ = [
    "REASONS_FOR_LITTLE",
    "agreement",
    "comparison_note",
    "count_notes",
    "counts_table",
    "disagreement",
    "edge_notes",
    "errors_table",
    "finding_part",
    "indecision",
    "kink_notes",
    "nearly_notes",
    "sample_note",
    "stillness_notes",
    "verdict_part",
]

STYLES = {
    Verdict.AGREE: "bold green",
    Verdict.DISAGREE: "bold red",
    Verdict.UNDECIDED: "bold yellow",
}
WORDS = tuple(verdict.word for verdict in Verdict)
# Decimal digits of the largest slope. What is equal to so many looks like another way of rounding
# or guarding, not like a mistake in a formula.
NEARLY = 4.0
REASONS_FOR_LITTLE = (
    "A guard such as log(a + 1e-8), float32, or a smoothed function has this effect."
)


def verdict_part(verdict: Verdict, sentence: str) -> Sentence:
    """The verdict's sentence in the verdict's colour."""
    return Sentence(sentence, STYLES[verdict])


def finding_part(finding: str) -> Sentence:
    """What is wrong besides the numbers, in the colour of a disagreement."""
    return Sentence(f"WRONG {finding}", STYLES[Verdict.DISAGREE])


def counts_table(
    arrays: Sequence[ArrayReport], totals: dict[str, int], title: str, checked: str
) -> Table:
    """How many entries of each array have which verdict.

    Args:
        arrays: what was found of each parameter array.
        totals: of all arrays, by the verdict's word.
        title: of the table.
        checked: the heading above how many entries were looked at.

    """
    rows = [
        (
            array.name,
            " x ".join(map(str, array.shape)) or "number",
            f"{array.checked:,}",
            *(f"{array.counts[word]:,}" for word in WORDS),
        )
        for array in arrays
    ]
    if len(rows) > 1:
        all_checked = sum(array.checked for array in arrays)
        rows.append(("all", "", f"{all_checked:,}", *(f"{totals[word]:,}" for word in WORDS)))
    return Table(title, ("array", "shape", checked, *WORDS), tuple(rows), left=2)


def errors_table(arrays: Sequence[ArrayReport]) -> Table:
    """The largest error of each array, and its entry that is furthest off in error bars."""
    rows = []
    for array in arrays:
        worst = array.worst
        backprop, numerical = float(array.backprop[worst]), float(array.numerical[worst])
        rows.append(
            (
                array.name,
                scientific(array.max_absolute_error),
                scientific(array.relative_error),
                index_text(array.index_of(worst)),
                scientific(backprop, 3),
                scientific(numerical, 3),
                scientific(abs(backprop - numerical)),
                scientific(float(array.error_bar[worst])),
            )
        )
    return Table(
        "Largest error; ratio = |a - n| / (|a| + |n|); and the entry furthest off, counted in its "
        "error bars",
        ("array", "largest", "ratio", "worst at", "backprop", "numerical", "error", "bar"),
        tuple(rows),
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


def agreement(arrays: Sequence[ArrayReport], agreeing: int, scheme: str) -> str:
    """The sentence for a gradient that agrees, with the smallest error that would have shown."""
    checked = sum(array.checked for array in arrays)
    resolution = max(array.resolution for array in arrays)
    to_digits = any(array.accepted_digits is not None for array in arrays)
    how = "to the digits that count" if to_digits else "within two error bars"
    return (
        f"AGREE {agreeing:,} of {checked:,} entries agree with {scheme_named(scheme).title} {how}, "
        "and none contradicts it. An array wrong by as little as "
        f"{percent_text(resolution)} would have been noticed."
    )


def indecision(undecided: Sequence[ArrayReport], edges: int, scheme: str) -> str:
    """The sentence for a check that confirmed nothing in some array, or at some entry."""
    if edges and not undecided:
        return (
            f"UNDECIDED No entry contradicts {scheme_named(scheme).title}, but the cost is not "
            f"finite around {entries_text(edges)}. This is not a pass."
        )
    where = ", ".join(array.name for array in undecided) or "any array"
    return (
        f"UNDECIDED No entry contradicts {scheme_named(scheme).title}, but none could be confirmed "
        f"in {where}. This is not a pass. Try other inputs, another scheme, or smaller weights."
    )


def disagreement(arrays: Sequence[ArrayReport], scheme: str) -> str:
    """The sentence for a gradient that is wrong, with its worst entry."""
    checked = sum(array.checked for array in arrays)
    wrong = [array for array in arrays if array.counts["disagree"]]
    count = sum(array.counts["disagree"] for array in wrong)
    array = max(wrong, key=lambda each: float(each.errors_in_bars[each.worst]))
    worst, estimate = array.worst, scheme_named(scheme).title
    numerical = float(array.numerical[worst])
    backprop_text, numerical_text = differing_texts(float(array.backprop[worst]), numerical)
    ratio = float(array.backprop[worst]) / numerical if numerical else 0.0
    ratio_text = f" (ratio {differing_texts(ratio, 1.0, 3, 'g')[0]})" if ratio else ""
    return (
        f"DISAGREE {count:,} of {checked:,} entries contradict {estimate}, in "
        f"{', '.join(each.name for each in wrong)}. At {array.name} "
        f"{index_text(array.index_of(worst))} backprop says {backprop_text}, {estimate} says "
        f"{numerical_text} +/- {scientific(float(array.error_bar[worst]))}{ratio_text}."
    )
