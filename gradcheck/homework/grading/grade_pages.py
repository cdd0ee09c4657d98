"""A page for each submission of a class, and an index of them."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from gradcheck.homework.grading.grade_table import COLUMNS, Row
from gradcheck.homework.grading.task import Task
from gradcheck.homework.submission_page import submission_page
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.show.page.document import Page, write_page
from gradcheck.show.page.pieces import Cell, paragraph, section, sortable_table
from gradcheck.verdicts.page.report_page import ReportPage
from nets.errors import BadInput

__all__ = [
    "INDEX",
    "CheckedPart",
    "expect_page_folder",
    "page_name",
    "points_text",
    "write_index",
    "write_pages",
]

INDEX = "index.html"
LONGEST_NAME = 60  # characters of a name in that of its page: paths are limited on Windows
DIGITS = 8  # of SHA-256, so that names which differ in other characters have pages of their own
CAPTION = "A click on a heading sorts the rows"
# Columns that the index leaves out: they are in the CSV file, and most are the same in all rows.
HIDDEN = ("hash", "max_points", "cost_taken", "sharpness", "format", "part_points")
# The columns that a lecturer looks for first come before the others.
FIRST = ("submission", "verdict", "points", "likely_cause", "error", "remarks")
WORST_FIRST = ("failed", "disagree", "undecided", "agree")


@dataclass(frozen=True)
class CheckedPart:
    """One part of a submission: its name and what the check of it found."""

    name: str
    found: SubmissionReport


def expect_page_folder(folder: Path) -> None:
    """Check that pages can be written into a folder, and make it if only it is missing.

    Raises:
        BadInput: they cannot.

    """
    try:
        folder.mkdir(exist_ok=True)
        possible = os.access(folder, os.W_OK)
    except OSError:
        possible = False
    if not possible:
        raise BadInput(
            f"no pages can be written into {folder}; give a folder that you can write to"
        )


def page_name(submission: str) -> str:
    """The name of the file with the page of a submission.

    >>> page_name("anna/homework.py")
    'anna_homework.py-3fa906c5.html'
    """
    safe = "".join(
        each if each.isascii() and (each.isalnum() or each in "-_.") else "_" for each in submission
    )
    digest = hashlib.sha256(submission.encode("utf-8", "backslashreplace")).hexdigest()
    return f"{safe[:LONGEST_NAME].lstrip('.')}-{digest[:DIGITS]}.html"


def write_pages(
    folder: Path,
    submission: str,
    error: str,
    parts: Sequence[CheckedPart],
    settings: str,
    *,
    about: Sequence[str] = (),
) -> Path:
    """Write the page of one submission, and return its path.

    Args:
        folder: for the pages of the class.
        submission: its name.
        error: why nothing could be checked, in one line; it counts only where there are no parts.
        parts: what was found, for each part of the homework.
        settings: a sentence on how it was checked.
        about: more sentences, such as the points and the remarks.

    Raises:
        BadInput: the file cannot be written.

    """
    pages = [submission_page(part.name, settings, part.found) for part in parts]
    path = folder / page_name(submission)
    page = _joined(submission, error, pages)
    write_page(replace(page, about=(*filter(None, about), *page.about)).page(), path)
    return path


def points_text(row: Row, task: Task) -> str:
    """The points of a submission and of each of its parts, in a sentence; empty if there are none.

    Args:
        row: of the table of grades.
        task: what was asked for.

    """
    if row.points is None or row.max_points is None:
        return ""
    most = [part.points or 0.0 for part in task.parts]
    if row.part_points:
        listed = [
            f"{name} {points:g} of {each:g}"
            for (name, points), each in zip(row.part_points, most, strict=True)
        ]
        of_parts = f": {', '.join(listed)}"
    else:
        of_parts = ""
    return f"Points: {row.points:g} of {row.max_points:g}{of_parts}."


def _joined(submission: str, error: str, pages: Sequence[ReportPage]) -> ReportPage:
    """One page for all parts of a submission."""
    if not pages:
        return ReportPage(submission, "failed", f"FAILED {error}")
    if len(pages) == 1:
        return replace(pages[0], title=submission)
    worst = min(pages, key=lambda page: WORST_FIRST.index(page.word))

    def of_parts(texts: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(
            f"{page.title}: {text}"
            for page, some in zip(pages, texts, strict=True)
            for text in some
        )

    sentences = [page.sentence for page in pages]
    differ = len(set(sentences)) > 1
    return ReportPage(
        submission,
        worst.word,
        worst.sentence,
        about=(*(of_parts([(each,) for each in sentences]) if differ else ()), *worst.about),
        mend=of_parts([page.mend for page in pages]),
        hints=of_parts([page.hints for page in pages]),
        traceback="\n".join(dict.fromkeys(filter(None, (page.traceback for page in pages)))),
        understood=tuple(part for page in pages for part in page.understood),
        checks=tuple(
            replace(check, heading=f"{page.title} {check.heading}".rstrip())
            for page in pages
            for check in page.checks
        ),
        costs=tuple(part for page in pages for part in page.costs),
    )


def write_index(
    folder: Path, rows: Sequence[Mapping[str, Any]], summary: str, title: str = "Grades"
) -> Path:
    """Write the index: a row for each submission, which leads to its page where there is one.

    Args:
        folder: with the pages.
        rows: of the table of grades, as ``Row.to_dict`` gives them.
        summary: a sentence on all of them.
        title: of the page.

    Raises:
        BadInput: the file cannot be written.

    """
    parts = list(dict.fromkeys(name for row in rows for name in row.get("part_points", ())))
    flat = [
        {**row, **{name: row.get("part_points", {}).get(name) for name in parts}} for row in rows
    ]
    columns = [
        name
        for name in _columns(parts)
        if name not in HIDDEN and any(row.get(name) is not None for row in flat)
    ]
    headings = [name if name in parts else name.replace("_", " ") for name in columns]
    cells = [[_cell(folder, name, row) for name in columns] for row in flat]
    body = f"""<header>
<div class="heading">
<h1>{escape(title)}</h1>
<button type="button" id="theme" class="screen-only">Dark colours</button>
</div>
{paragraph(summary, "quiet")}
</header>
<main>
{section("Submissions", "submissions", sortable_table(CAPTION, headings, cells))}
</main>"""
    styles = ("page.css", "report.css")
    path = folder / INDEX
    write_page(Page(title, body, styles, "grades.js"), path)
    return path


def _columns(parts: Sequence[str]) -> list[str]:
    """The columns of the index."""
    return [*FIRST, *parts, *(name for name in COLUMNS if name not in FIRST)]


def _cell(folder: Path, column: str, row: Mapping[str, Any]) -> Cell:
    value = row[column]
    if value is None:
        return Cell("", "")
    if column == "submission":
        page = page_name(str(value))
        return Cell(str(value), str(value), page if (folder / page).exists() else "", True)
    if column == "arrays_right":
        return Cell(f"{value:.0%}", float(value))
    if column == "points" and row.get("max_points") is not None:
        return Cell(f"{value:g} of {row['max_points']:g}", float(value))
    if isinstance(value, float):
        return Cell(f"{value:g}", value)
    # Each row is one line high.
    return Cell(str(value), str(value), is_short=True)
