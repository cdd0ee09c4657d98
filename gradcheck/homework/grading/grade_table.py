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

__all__ = ["COLUMNS", "Row", "cell_text", "read_rows", "write_rows"]

# A spreadsheet takes a cell that begins so for a formula.
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
# In countries that write decimals with a comma, spreadsheets divide cells at a semicolon.
AFTER_SEMICOLON = re.compile(r"(; ?)(?=[=+@-])")
# UTF-8 with a mark at the beginning, by which spreadsheets recognise it.
ENCODING = "utf-8-sig"


@dataclass(frozen=True)
class Row:
    """How one submission was graded.

    Attributes:
        submission: the name of the file or folder, as a cell of the table holds it.
        verdict: ``agree``, ``disagree``, ``undecided``, or ``failed`` (it could not be checked).
        arrays_right: the share of the parameter arrays in which some entries agree and none
            disagrees; None if the check failed.
        first_wrong: the wrong array that backprop computes first, counted from the cost.
        likely_cause: of a disagreement.
        seconds: that the check took.
        error: why it could not be checked, in one line.
        remarks: what is unusual about it, though its gradients may be right.
        hash: of the file and of how it was checked; if another one is due, the row is out of date.

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

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers and strings; an empty string is null."""
        return {name: None if value == "" else value for name, value in asdict(self).items()}


COLUMNS = tuple(column.name for column in fields(Row))


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
            rows = [_row(cells) for cells in reader] if columns == COLUMNS else []
    except (OSError, UnicodeDecodeError, csv.Error, ValueError, TypeError) as error:
        raise BadInput(
            f"{path} exists, but it cannot be read as a table of grades ({error}); give another "
            "file"
        ) from error
    if columns != COLUMNS:
        raise BadInput(
            f"{path} exists, but it is not a table of grades: its columns should be "
            f"{', '.join(COLUMNS)}; give another file"
        )
    return {row.submission: row for row in rows}


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write a table of grades, in the order of the names, whole or not at all.

    Raises:
        BadInput: it cannot be written.

    """

    def write(file: Path) -> None:
        with file.open("w", encoding=ENCODING, newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            for row in sorted(rows, key=lambda row: row.submission):
                writer.writerow(map(_cell, asdict(row).values()))

    write_whole(path, write)


def cell_text(text: str) -> str:
    """A text in one line that no spreadsheet takes for a formula.

    >>> cell_text("=1+1"), cell_text("book.py")
    ("'=1+1", 'book.py')
    """
    text = AFTER_SEMICOLON.sub(r"\1'", " ".join(printable(text).split()))
    return f"'{text}" if text.startswith(FORMULA_BEGINNINGS) else text


def _cell(value: str | float | None) -> str | float:
    """A value of a row as it is written; None is an empty cell."""
    if value is None:
        return ""
    return cell_text(value) if isinstance(value, str) else value


def _row(cells: dict[str, str]) -> Row:
    """The row that was written as these cells.

    Raises:
        TypeError: a cell is missing.
        ValueError: a number is none.

    """
    share = cells["arrays_right"]
    return replace(
        Row(**{name: cells[name] for name in COLUMNS}),  # type: ignore[arg-type]
        arrays_right=float(share) if share else None,
        seconds=float(cells["seconds"]),
    )
