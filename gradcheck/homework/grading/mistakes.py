"""How many students of a class made each mistake: a table and a figure for the lecturer."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradcheck.homework.grading.filled_row import NOT_ASKED_FOR
from gradcheck.homework.grading.grade_table import Row
from gradcheck.show.figures import BLUE, ORANGE, large_type
from gradcheck.show.text import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Mistakes", "draw_mistakes", "mistakes_of", "mistakes_table", "mistakes_text"]

RIGHT = "right"
DIFFERENCES = "right, but takes differences"
ANOTHER = "right, but not what was asked for"
MISSING = "a gradient is missing"
UNKNOWN = "wrong, no known mistake fits"
UNDECIDED = "undecided"
FAILED = "could not be checked"
# A cell of a row has the name of a mistake, then the sentence that says what shows it. If there are
# several parts, the name of the part comes before both.
CAUSE = re.compile(r"(?:^|; |: )([a-z][a-z0-9/-]*): (?=[A-Z`])")
# The same cell may name an array that has no gradient.
NO_GRADIENT = re.compile(r": missing(;|$)")
BAR_INCHES = 0.6  # of the figure's height, for each bar: large type fits
GREY = "#767676"


@dataclass(frozen=True)
class Mistakes:
    """How many submissions of a class belong to each group.

    Attributes:
        counts: each group with how many are in it: first what is right, then the mistakes from the
            most common to the rarest, then what is left. A submission with several mistakes is in
            several groups.
        total: how many submissions there are.

    """

    counts: tuple[tuple[str, int], ...]
    total: int


def mistakes_of(rows: Sequence[Row]) -> Mistakes:
    """Count the mistakes of a class; a submission with several counts for each of them, once.

    Args:
        rows: of the table of grades.

    """
    found = Counter(group for row in rows for group in _groups(row))
    ends = (RIGHT, DIFFERENCES, ANOTHER, UNKNOWN, UNDECIDED, FAILED)
    named = sorted(
        ((name, count) for name, count in found.items() if name not in ends),
        key=lambda each: (-each[1], each[0]),
    )
    right, left = ends[:3], ends[3:]
    counts = [
        *((name, found[name]) for name in right if found[name]),
        *named,
        *((name, found[name]) for name in left if found[name]),
    ]
    return Mistakes(tuple(counts), len(rows))


def _groups(row: Row) -> list[str]:
    """The groups of a submission, each once."""
    unlike = [ANOTHER] if NOT_ASKED_FOR in row.remarks else []
    differences = [DIFFERENCES] if "differences: " in row.remarks else []
    if row.verdict == "agree":
        return [*unlike, *differences] or [RIGHT]
    causes = list(dict.fromkeys(CAUSE.findall(row.likely_cause)))
    missing = [MISSING] if NO_GRADIENT.search(row.likely_cause) else []
    failed = [FAILED] if row.error or row.verdict == "failed" else []
    last = {"disagree": [UNKNOWN], "undecided": [UNDECIDED]}.get(row.verdict, [])
    return [*causes, *missing, *failed] or last


def mistakes_table(found: Mistakes) -> Table:
    """The counts as a table."""
    rows = tuple((name, f"{count:,}", f"{count / found.total:.0%}") for name, count in found.counts)
    return Table("What the class handed in", ("", "submissions", "share"), rows)


def mistakes_text(found: Mistakes) -> str:
    """What the figure shows, for those who cannot see it."""
    listed = ", ".join(f"{name} {count:,}" for name, count in found.counts)
    return f"Bars: how many of {found.total:,} submissions belong to each group: {listed}."


def draw_mistakes(found: Mistakes, title: str) -> "Figure":
    """Draw a bar for each group, with its count beside it.

    Args:
        found: the counts.
        title: of the figure.

    """
    from matplotlib.figure import Figure

    colours = {RIGHT: BLUE, DIFFERENCES: BLUE, ANOTHER: BLUE, UNDECIDED: GREY, FAILED: GREY}
    # No meaning depends on colour alone: each kind of bar has its own hatching.
    hatches = {DIFFERENCES: "//", ANOTHER: "\\\\", UNDECIDED: "..", FAILED: "xx"}
    names = [name for name, _ in found.counts]
    counts = [count for _, count in found.counts]
    with large_type():
        figure = Figure(figsize=(14, 2.5 + BAR_INCHES * len(names)), layout="constrained")
        axes: Any = figure.subplots()
        bars = axes.barh(
            names,
            counts,
            color=[colours.get(name, ORANGE) for name in names],
            edgecolor="white",
            hatch=[hatches.get(name, "") for name in names],
        )
        axes.bar_label(bars, [f" {count:,}" for count in counts])
        axes.invert_yaxis()
        axes.set_xlabel("submissions (count)")
        axes.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
        axes.margins(x=0.1)
        axes.spines[["top", "right"]].set_visible(False)
        figure.suptitle(title, fontsize="large")
    return figure
