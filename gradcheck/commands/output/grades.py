"""What ``gradcheck grade`` shows: a row for each submission, and a summary."""

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Any

from gradcheck.commands.options.grading import GradingOptions
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.task import Task
from gradcheck.show.text import WIDTH

__all__ = ["json_of_grades", "row_text", "summary_text"]

VERDICTS = ("agree", "disagree", "undecided", "failed")
INDENT = "    "


def row_text(row: Row, *, kept: bool) -> str:
    """A row in 80 columns; explanations stand below it.

    Args:
        row: how the submission was graded.
        kept: whether the row comes from a former run.

    """
    share = "" if row.arrays_right is None else f"{row.arrays_right:.0%} right"
    time = "kept" if kept else f"{row.seconds:.1f} s"
    points = "" if row.points is None else f"{row.points:g} points"
    width = 40 if row.points is None else 28
    line = f"{row.submission:<{width}} {row.verdict:<9} {share:>10} {time:>8} {points:>11}".rstrip()
    line += "\n"
    said = "; ".join(filter(None, (row.first_wrong, row.likely_cause, row.error, row.remarks)))
    if not said:
        return line
    return line + textwrap.fill(said, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT) + "\n"


def summary_text(rows: Sequence[Row]) -> str:
    """How many submissions have each verdict, in a sentence."""
    counts = Counter(row.verdict for row in rows)
    listed = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS)
    return f"{len(rows)} {'submission' if len(rows) == 1 else 'submissions'}: {listed}."


def json_of_grades(asked: GradingOptions, task: Task, rows: Sequence[Row]) -> dict[str, Any]:
    """The JSON of the command, the submissions in the order of their names."""
    counts = Counter(row.verdict for row in rows)
    return {
        "class": asked.class_name,
        "sizes": None if asked.assignment or asked.sizes is None else list(asked.sizes),
        "batch_size": asked.batch_size,
        "seed": asked.seed,
        "assignment": None if asked.assignment is None else task.title or asked.assignment.name,
        "points": task.points,
        "counts": {verdict: counts[verdict] for verdict in VERDICTS},
        "submissions": [row.to_dict() for row in sorted(rows, key=lambda row: row.submission)],
    }
