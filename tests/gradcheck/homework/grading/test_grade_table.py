"""The table of grades comes back as it was, and holds no formula."""

import csv
from pathlib import Path

import pytest

from gradcheck.homework.grading.grade_table import COLUMNS, Row, read_rows, write_rows
from nets.errors import BadInput


def test_a_table_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    rows = [
        Row("b.py", "failed", error="it broke, with a comma", hash="12"),
        Row(
            "a.py",
            "disagree",
            0.5,
            "layer 1 weights",
            'transposed: of "it"',
            1.25,
            "",
            "It printed.",
            "34",
            7.5,
            10.0,
            "the quadratic cost",
            1e-7,
            "a class like the book's",
        ),
    ]
    assert read_rows(path) == {}
    write_rows(path, rows)
    assert list(read_rows(path).values()) == rows[::-1]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert tuple(next(csv.reader(stream))) == COLUMNS


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r@", "\n=", "so;=", "so; @"])
def test_no_cell_is_a_formula(tmp_path: Path, begin: str) -> None:
    path = tmp_path / "grades.csv"
    text = f"{begin}cmd|' /C calc'!A1"
    write_rows(path, [Row("a.py", "failed", error=text, likely_cause=text, first_wrong=text)])
    with path.open(encoding="utf-8-sig", newline="") as stream:
        (_, cells) = list(csv.reader(stream))
    # Where a semicolon divides cells, it does so within these, too.
    for cell in (part.strip() for whole in cells for part in whole.split(";")):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    once = path.read_bytes()
    write_rows(path, list(read_rows(path).values()))
    assert path.read_bytes() == once


TEXTS = ("--timeout", "'--timeout", "; =1", "a; '=1; -2", "''", "plain", "it's")


@pytest.mark.parametrize("text", TEXTS)
def test_the_apostrophe_belongs_to_the_file_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "grades.csv"
    write_rows(path, [Row(text, "failed", error=text)])
    (row,) = read_rows(path).values()
    assert (row.submission, row.error) == (text, text)


def test_the_most_points_are_a_column_only_where_there_are_points(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"

    def columns_with(*rows: Row) -> list[str]:
        write_rows(path, rows)
        assert list(read_rows(path).values()) == list(rows)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return next(csv.reader(stream))

    without = columns_with(Row("a.py", "agree"))
    columns = columns_with(Row("a.py", "agree"), Row("b.py", "agree", points=3.0, max_points=4.0))
    assert columns[columns.index("points") + 1] == "max_points"
    assert without == [name for name in columns if name != "max_points"]


def test_a_table_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    write_rows(path, [Row("a.py", "agree", 1.0, hash="12", points=3.0)])
    columns = COLUMNS.index("points")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        cells = [row[:columns] for row in csv.reader(stream)]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(cells)
    assert read_rows(path) == {"a.py": Row("a.py", "agree", 1.0, hash="12")}


@pytest.mark.parametrize(
    "content",
    [b"", b"name,mark\nalice,1\n", b"\xff\xfe\x00", ",".join(COLUMNS).encode() + b"\na,b\n"],
    ids=["empty", "another table", "not text", "cut short"],
)
def test_a_file_that_is_no_table_of_grades_is_not_overwritten(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "marks.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match="give another file"):
        read_rows(path)
    assert path.read_bytes() == content
