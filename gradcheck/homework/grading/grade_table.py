"""The table of grades: a row for each submission, kept in a CSV file that spreadsheets can open."""

import csv
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from gradcheck.homework.student_text import printable
from gradcheck.show.files import write_whole
from nets.errors import BadInput

__all__ = ["COLUMNS", "Row", "cell_text", "line_text", "read_rows", "text_of_cell", "write_rows"]

# A spreadsheet takes a cell that begins so for a formula. What begins with an apostrophe gets one
# more, so that the first can always be taken away again.
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "'")
# In countries that write decimals with a comma, spreadsheets divide cells at a semicolon.
AFTER_SEMICOLON = re.compile(r"(; ?)(?=[=+@'-])")
ESCAPED_AFTER_SEMICOLON = re.compile(r"(; ?)'(?=[=+@'-])")
# UTF-8 with a mark at the beginning, by which spreadsheets recognise it.
ENCODING = "utf-8-sig"
LONGEST_CELL = 131_072  # characters: what Python's csv reads, and more than a spreadsheet shows


@dataclass(frozen=True)
class Row:
    """How one submission was graded.

    Attributes:
        submission: the name of the file or folder.
        verdict: ``agree``, ``disagree``, ``undecided``, or ``failed`` (it could not be checked).
        arrays_right: the share of the parameter arrays in which some entries agree and none
            disagrees; None if the check failed.
        first_wrong: the wrong array that backprop computes first, counted from the cost.
        likely_cause: of a disagreement.
        seconds: that the check took.
        error: why it could not be checked, in one line.
        remarks: what is unusual about it, though its gradients may be right.
        hash: of the file and of how it was checked; if another one is due, the row is out of date.
        points: that it earns; None where there are none.
        max_points: for all parts; None likewise.
        cost_taken: what was taken for the cost.
        sharpness: the smallest relative error, common to an array, that would have been seen in
            every array; None if the check failed.
        format: the name of the format that it was read in.

    """

    submission: str
    verdict: str
    arrays_right: float | None = None
    first_wrong: str = ""
    likely_cause: str = ""
    seconds: float = 0.0
    error: str = ""
    remarks: str = ""
    hash: str = ""
    points: float | None = None
    max_points: float | None = None
    cost_taken: str = ""
    sharpness: float | None = None
    format: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers and strings; an empty string is null."""
        return {name: None if value == "" else value for name, value in asdict(self).items()}


COLUMNS = tuple(column.name for column in fields(Row))
NUMBERS = ("arrays_right", "points", "max_points", "sharpness")
# Of a table without points.
PLAIN_COLUMNS = tuple(name for name in COLUMNS if name != "max_points")
# Tables of earlier versions end here; their rows are graded again.
EARLIER_COLUMNS = COLUMNS[: COLUMNS.index("hash") + 1]


def read_rows(path: Path) -> dict[str, Row]:
    """The rows in a table of grades, by submission; none if there is no such file.

    Raises:
        BadInput: the file is not a table of grades.

    """
    if not path.exists():
        return {}
    try:
        with path.open(encoding=ENCODING, newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            columns = tuple(reader.fieldnames or ())
            known = columns in (COLUMNS, PLAIN_COLUMNS, EARLIER_COLUMNS)
            rows = [_row(cells) for cells in reader] if known else []
    except (OSError, UnicodeDecodeError, csv.Error, ValueError, TypeError, AttributeError) as error:
        raise BadInput(
            f"{path} exists, but it cannot be read as a table of grades ({error}); give another "
            "file"
        ) from error
    if not known:
        raise BadInput(
            f"{path} exists, but it is not a table of grades: its columns should be "
            f"{', '.join(COLUMNS)}; give another file"
        )
    return {row.submission: row for row in rows}


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write a table of grades, in the order of the names, whole or not at all.

    The column ``max_points`` is there if some row has points.

    Raises:
        BadInput: it cannot be written.

    """
    columns = PLAIN_COLUMNS if all(row.max_points is None for row in rows) else COLUMNS

    def write(file: Path) -> None:
        with file.open("w", encoding=ENCODING, newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(columns)
            for row in sorted(rows, key=lambda row: row.submission):
                writer.writerow([_cell(getattr(row, name)) for name in columns])

    write_whole(path, write)


def line_text(text: str) -> str:
    r"""A text in one line, without anything that a terminal obeys.

    >>> line_text("two\nlines")
    'two lines'
    """
    return " ".join(printable(text).split())[:LONGEST_CELL]


def cell_text(text: str) -> str:
    """A text in one line that no spreadsheet takes for a formula.

    >>> cell_text("=1+1"), cell_text("book.py")
    ("'=1+1", 'book.py')
    """
    text = AFTER_SEMICOLON.sub(r"\1'", line_text(text))
    return f"'{text}" if text.startswith(FORMULA_BEGINNINGS) else text


def text_of_cell(cell: str) -> str:
    """The text that ``cell_text`` made a cell of, in one line.

    >>> text_of_cell(cell_text("=1; -2")), text_of_cell("book.py")
    ('=1; -2', 'book.py')
    """
    if cell.startswith("'") and cell[1:].startswith(FORMULA_BEGINNINGS):
        cell = cell[1:]
    return ESCAPED_AFTER_SEMICOLON.sub(r"\1", cell)


def _cell(value: str | float | None) -> str | float:
    """A value of a row as it is written; None is an empty cell."""
    if value is None:
        return ""
    return cell_text(value) if isinstance(value, str) else value


def _row(cells: dict[str, str]) -> Row:
    """The row that was written as these cells.

    Raises:
        AttributeError: a cell is missing.
        ValueError: a number is none.

    """
    names = [name for name in COLUMNS if name in cells]
    row = Row(**{name: text_of_cell(cells[name]) for name in names})  # type: ignore[arg-type]
    numbers = {name: float(cells[name]) if cells.get(name) else None for name in NUMBERS}
    return replace(row, **numbers, seconds=float(cells["seconds"]))  # type: ignore[arg-type]
