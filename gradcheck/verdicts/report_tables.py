"""The two tables of a report: the verdicts of each array, and its largest errors."""

from collections.abc import Collection, Sequence

from gradcheck.show.numbers import index_text, scientific, shape_text
from gradcheck.show.text import Table
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.verdict import Verdict

__all__ = ["counts_table", "errors_table", "short_table"]

WORDS = tuple(verdict.word for verdict in Verdict)
# Verdicts that the short table counts only where an entry has one of them.
RARE = ("kink", "undecided", "untested")


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
            shape_text(array.shape) or "number",
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
        "Largest error; norm ratio |a - n| / (|a| + |n|); and the entry furthest off, counted in "
        "its error bars",
        ("array", "largest", "ratio", "worst at", "backprop", "numerical", "error", "bar"),
        tuple(rows),
    )


def short_table(
    arrays: Sequence[ArrayReport],
    totals: dict[str, int],
    rows: int,
    to_mend: Collection[str] = (),
) -> Table:
    """One table instead of two: the verdicts that occur, and the norm ratio of each array.

    Args:
        arrays: what was found of each parameter array, at least one.
        totals: of all arrays, by the verdict's word.
        rows: how many arrays it shows at most: first those to mend, then those in which most
            entries do not agree. One more row counts the others together.
        to_mend: names of arrays that the diagnosis is about.

    """
    words = [word for word in WORDS if word not in RARE or totals[word]]

    def doubtful(position: int) -> tuple[bool, int, int]:
        array = arrays[position]
        wrong = array.counts["disagree"]
        return not (wrong and array.name in to_mend), -wrong, array.counts["agree"] - array.checked

    shown = sorted(sorted(range(len(arrays)), key=doubtful)[:rows])
    others = [array for position, array in enumerate(arrays) if position not in shown]
    cells = [
        (
            arrays[position].name,
            f"{arrays[position].checked:,}",
            *(f"{arrays[position].counts[word]:,}" for word in words),
            scientific(arrays[position].relative_error),
        )
        for position in shown
    ]
    if others:
        name = "1 other array" if len(others) == 1 else f"{len(others):,} other arrays"
        checked = sum(array.checked for array in others)
        counted = (sum(array.counts[word] for array in others) for word in words)
        largest = max(array.relative_error for array in others)
        cells.append(
            (name, f"{checked:,}", *(f"{count:,}" for count in counted), scientific(largest))
        )
    return Table("", ("array", "checked", *words, "norm ratio"), tuple(cells))
