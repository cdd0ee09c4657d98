"""The table of grades: a row for each submission, kept in a CSV file that spreadsheets can open.

A spreadsheet may save it with other separators and with columns that the lecturer added: both are
kept when the table is written again.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from gradcheck.homework.grading.table_cells import cell_text, text_of_cell
from gradcheck.show.files import write_whole
from nets.errors import BadInput

__all__ = ["COLUMNS", "Row", "read_rows", "write_rows"]

# UTF-8 with a mark at the beginning, by which spreadsheets recognise it.
ENCODING = "utf-8-sig"
OF_A_PART = "points:"  # a column of the points of one part begins so


@dataclass(frozen=True)
class Row:
    """How one submission was graded.

    Attributes:
        submission: the name of the file or folder.
        verdict: ``agree``, ``disagree``, ``undecided``, ``failed`` (it could not be checked), or
            ``outdated`` (in a file: it is of another assignment, and to be graded again).
        arrays_right: the share of the parameter arrays in which some entries agree and none
            disagrees; None if the check failed.
        first_wrong: the wrong array that backprop computes first, counted from the cost.
        likely_cause: of a disagreement.
        seconds: that grading it took, with the copy and all of its parts and seeds.
        error: why it could not be checked, in one line.
        remarks: what is unusual about it, though its gradients may be right.
        hash: of the file and of how it was checked; if it is another one now, the row is out of
            date.
        points: that it earns; None where there are none.
        max_points: for all parts; None likewise.
        cost_taken: what was taken for the cost.
        sharpness: the smallest relative error, common to an array, that would have been seen in
            every array; None if the check failed.
        format: the name of the format that it was read in.
        part_points: of each part, where there are several: its name and what it earns.
        added: cells of columns that somebody added to the file, by the names of the columns.

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
    part_points: tuple[tuple[str, float], ...] = ()
    added: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers and strings; an empty string is null.

        The points of the parts are there where there are any.
        """
        found = {name: getattr(self, name) for name in COLUMNS}
        parts = {"part_points": dict(self.part_points)} if self.part_points else {}
        return {name: None if value == "" else value for name, value in found.items()} | parts


COLUMNS = tuple(
    column.name for column in fields(Row) if column.name not in ("part_points", "added")
)
NUMBERS = ("arrays_right", "points", "max_points", "sharpness")
# Tables of earlier versions have only the columns up to this one. Their rows are graded again.
EARLIER_COLUMNS = COLUMNS[: COLUMNS.index("hash") + 1]


@dataclass(frozen=True)
class Manner:
    """How a file writes its cells.

    Attributes:
        separator: between cells.
        decimal: the mark before decimals.

    """

    separator: str = ","
    decimal: str = "."


def read_rows(path: Path) -> dict[str, Row]:
    """The rows in a table of grades, by submission; none if there is no such file.

    Raises:
        BadInput: the file is not a table of grades.

    """
    if not path.exists():
        return {}
    try:
        manner = _manner_of(path)
        with path.open(encoding=ENCODING, newline="") as stream:
            reader = csv.DictReader(stream, strict=True, delimiter=manner.separator)
            columns = list(reader.fieldnames or ())
            missing = [name for name in EARLIER_COLUMNS if name not in columns]
            twice = [name for name in columns if columns.count(name) > 1]
            rows = [] if missing or twice else [_row(cells, manner) for cells in reader]
    except (OSError, UnicodeDecodeError, csv.Error, ValueError, TypeError, AttributeError) as error:
        raise BadInput(
            f"{path} exists, but it cannot be read as a table of grades ({error}); give another "
            "file"
        ) from error
    if missing or twice:
        wrong = f"it has no column {missing[0]}" if missing else f"{twice[0]} is there twice"
        raise BadInput(
            f"{path} exists, but it is not a table of grades: {wrong}; give another file"
        )
    return {row.submission: row for row in rows}


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write a table of grades, in the order of the names, whole or not at all.

    The column ``max_points`` is there if some row has points; then come the points of each part,
    where there are several. A file that is replaced keeps its separator and its decimal mark.

    Raises:
        BadInput: it cannot be written.

    """
    left_out = ("max_points",) if all(row.max_points is None for row in rows) else ()
    parts = _names(row.part_points for row in rows)
    added = _names(row.added for row in rows)
    manner = _manner_of(path)
    before, after = _around(left_out)

    def cells(row: Row) -> list[str | float]:
        points, others = dict(row.part_points), dict(row.added)
        values = [getattr(row, name) for name in before]
        values += [points.get(name) for name in parts]
        values += [getattr(row, name) for name in after]
        return [_cell(value, manner) for value in [*values, *(others.get(n) for n in added)]]

    def write(file: Path) -> None:
        with file.open("w", encoding=ENCODING, newline="") as stream:
            writer = csv.writer(stream, delimiter=manner.separator)
            of_parts = [cell_text(f"{OF_A_PART}{name}") for name in parts]
            writer.writerow([*before, *of_parts, *after, *added])
            for row in sorted(rows, key=lambda row: row.submission):
                writer.writerow(cells(row))

    write_whole(path, write)


def _around(left_out: Sequence[str]) -> tuple[list[str], list[str]]:
    """The columns before and after those of the parts."""
    middle = COLUMNS.index("max_points") + 1
    before, after = COLUMNS[:middle], COLUMNS[middle:]
    return [name for name in before if name not in left_out], list(after)


def _names(pairs: Iterable[Sequence[tuple[str, Any]]]) -> list[str]:
    """The first of each pair, each once, in the order in which they come."""
    return list(dict.fromkeys(name for some in pairs for name, _ in some))


def _manner_of(path: Path) -> Manner:
    """How a file writes its cells; as we write it where there is none.

    In countries that write decimals with a comma, spreadsheets divide cells at a semicolon.
    """
    try:
        with path.open(encoding=ENCODING, newline="") as stream:
            first, second = stream.readline(), stream.readline()
            separator = max(",;\t", key=first.count)
            columns = next(csv.reader([first], delimiter=separator), [])
            cells = next(csv.reader([second], delimiter=separator), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return Manner()
    seconds = dict(zip(columns, cells, strict=False)).get("seconds", "")
    return Manner(separator, "," if separator != "," and "," in seconds else ".")


def _cell(value: str | float | None, manner: Manner) -> str | float:
    """A value of a row as it is written; None is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return cell_text(value)
    return value if manner.decimal == "." else str(value).replace(".", manner.decimal)


def _row(cells: Mapping[str, str], manner: Manner) -> Row:
    """The row that was written as these cells.

    Raises:
        AttributeError: a cell is missing.
        ValueError: a number is none.

    """

    def number(cell: str) -> float | None:
        return float(cell.replace(manner.decimal, ".")) if cell else None

    texts = {name: text_of_cell(cells[name]) for name in COLUMNS if name in cells}
    numbers = {name: number(cells.get(name, "")) for name in NUMBERS}
    parts, added = [], []
    for name, cell in cells.items():
        if name not in COLUMNS and text_of_cell(name).startswith(OF_A_PART):
            points = number(cell)
            part = text_of_cell(name).removeprefix(OF_A_PART)
            parts += [] if points is None else [(part, points)]
        elif name not in COLUMNS:
            added.append((name, text_of_cell(cell)))
    row = Row(**texts, part_points=tuple(parts), added=tuple(added))  # type: ignore[arg-type]
    return replace(row, **numbers, seconds=number(cells["seconds"]) or 0.0)  # type: ignore[arg-type]
