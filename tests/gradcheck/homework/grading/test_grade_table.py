"""The table of grades comes back as it was, and holds no formula."""

import csv
from dataclasses import replace
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


PARTS = (("affine_forward", 2.0), ("=relu", 0.5))
SEVERAL = Row("a.py", "agree", 0.75, seconds=1.5, points=2.5, max_points=4.0, part_points=PARTS)


def cells_of(path: Path, separator: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=separator))


def test_the_points_of_each_part_are_columns(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    rows = [SEVERAL, Row("b.py", "failed", points=0.0, max_points=4.0)]
    write_rows(path, rows)
    head, first, second = cells_of(path)
    at = head.index("max_points")
    assert head[at + 1 : at + 3] == ["points:affine_forward", "points:=relu"]
    assert (first[at + 1 : at + 3], second[at + 1 : at + 3]) == (["2.0", "0.5"], ["", ""])
    assert list(read_rows(path).values()) == rows
    assert rows[0].to_dict()["part_points"] == dict(PARTS)
    assert "part_points" not in rows[1].to_dict()


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_table_that_a_spreadsheet_saved_is_kept(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "grades.csv"
    write_rows(path, [SEVERAL])
    head, cells = cells_of(path)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=separator)
        writer.writerow([*head, "said to her"])
        numbers = [each.replace(".", ",") if each[:1].isdecimal() else each for each in cells]
        writer.writerow([*numbers, "well done; go on"])
    rows = list(read_rows(path).values())
    assert rows == [replace(SEVERAL, added=(("said to her", "well done; go on"),))]
    write_rows(path, [*rows, Row("b.py", "agree", seconds=0.5)])
    head, first, second = cells_of(path, separator)
    assert head[-1] == "said to her"
    assert (first[-1], first[head.index("points")], second[head.index("seconds")]) == (
        "well done; go on",
        "2,5",
        "0,5",
    )
    assert read_rows(path)["a.py"] == rows[0]


def test_a_column_that_is_missing_or_there_twice_is_named(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    write_rows(path, [SEVERAL])
    whole = path.read_bytes()
    for before, after, words in (
        (b"remarks", b"notes", "it has no column remarks; give another file"),
        (b"format", b"verdict", "verdict is there twice; give another file"),
    ):
        path.write_bytes(whole.replace(before, after, 1))
        with pytest.raises(BadInput, match=words):
            read_rows(path)
