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
