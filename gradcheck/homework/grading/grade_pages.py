"""A page for each submission of a class, and an index of them."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from gradcheck.homework.submission_page import submission_page
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.show.page.document import Page, write_page
from gradcheck.show.page.pieces import Cell, paragraph, section, sortable_table
from gradcheck.verdicts.page.report_page import ReportPage
from nets.errors import BadInput

__all__ = ["INDEX", "CheckedPart", "expect_page_folder", "page_name", "write_index", "write_pages"]

INDEX = "index.html"
LONGEST_NAME = 60  # characters of a name in that of its page: paths are limited on Windows
DIGITS = 8  # of SHA-256, so that names which differ in other characters have pages of their own
CAPTION = "A click on a heading sorts the rows"
# Columns that say nothing to a reader.
HIDDEN = ("hash",)
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
    folder: Path, submission: str, error: str, parts: Sequence[CheckedPart], settings: str
) -> Path:
    """Write the page of one submission, and return its path.

    Args:
        folder: for the pages of the class.
        submission: its name.
        error: why nothing could be checked, in one line; it counts only where there are no parts.
        parts: what was found, for each part of the homework.
        settings: a sentence on how it was checked.

    Raises:
        BadInput: the file cannot be written.

    """
    pages = [submission_page(part.name, settings, part.found) for part in parts]
    path = folder / page_name(submission)
    write_page(_joined(submission, error, pages).page(), path)
    return path


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

    return ReportPage(
        submission,
        worst.word,
        worst.sentence,
        about=(*of_parts([(page.sentence,) for page in pages]), *worst.about),
        mend=of_parts([page.mend for page in pages]),
        hints=of_parts([page.hints for page in pages]),
        traceback="\n".join(filter(None, (page.traceback for page in pages))),
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
    columns = [
        name
        for name in (rows[0] if rows else ())
        if name not in HIDDEN and any(row[name] is not None for row in rows)
    ]
    headings = [name.replace("_", " ") for name in columns]
    cells = [[_cell(folder, name, row) for name in columns] for row in rows]
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


def _cell(folder: Path, column: str, row: Mapping[str, Any]) -> Cell:
    value = row[column]
    if value is None:
        return Cell("", "")
    if column == "submission":
        page = page_name(str(value))
        return Cell(str(value), str(value), page if (folder / page).exists() else "")
    if column == "arrays_right":
        return Cell(f"{value:.0%}", float(value))
    return Cell(f"{value:g}", float(value)) if isinstance(value, float) else Cell(str(value), value)
