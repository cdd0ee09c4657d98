"""The table is written after each row, by one run at a time, and a spreadsheet does not end it."""

from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.homework.grading import kept_table
from gradcheck.homework.grading.grade_table import Row, read_rows, write_rows
from gradcheck.homework.grading.kept_table import KeptTable, locked
from nets.errors import BadInput


def test_two_runs_do_not_write_the_same_table(tmp_path: Path) -> None:
    table = tmp_path / "grades.csv"
    with locked(table):
        with (
            pytest.raises(BadInput, match="is being written by another gradcheck grade"),
            locked(table),
        ):
            pass
        with locked(tmp_path / "other.csv"):
            pass
    with locked(table):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_was_left_behind_is_taken(tmp_path: Path) -> None:
    (tmp_path / ".grades.csv.lock").write_text("")
    with locked(tmp_path / "grades.csv"):
        pass


class Spreadsheet:
    """Has a table open: so many writes fail."""

    def __init__(self, failures: int) -> None:
        self.failures = failures

    def write(self, path: Path, rows: list[Row]) -> None:
        if path.name == "grades.csv" and self.failures:
            self.failures -= 1
            raise BadInput(f"{path} cannot be written: Permission denied")
        write_rows(path, rows)


def test_a_table_that_is_open_elsewhere_is_written_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_table, "write_rows", Spreadsheet(2).write)
    table = KeptTable(tmp_path / "grades.csv")
    assert "cannot be written" in table.add(Row("a", "agree"))
    assert table.add(Row("b", "agree")) == ""
    assert table.add(Row("c", "agree")) == ""
    assert table.finish() is None
    assert list(read_rows(tmp_path / "grades.csv")) == ["a", "b", "c"]


def test_a_table_that_stays_open_goes_to_another_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_table, "write_rows", Spreadsheet(1000).write)
    monkeypatch.setattr(kept_table, "PAUSE_SECONDS", 0.0)
    table = KeptTable(tmp_path / "grades.csv")
    assert table.add(Row("a", "agree"))
    assert table.finish() == tmp_path / "grades-new.csv"
    assert list(read_rows(tmp_path / "grades-new.csv")) == ["a"]


def test_rows_of_another_task_are_emptied_at_once(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    now = Row("a", "agree", 1.0, hash="new0123", points=3.0, max_points=3.0)
    old = Row("b", "agree", 1.0, hash="old0123", points=9.0, max_points=9.0, added=(("n", "me"),))
    write_rows(path, [now, old])
    table = KeptTable.read(path)
    assert table.outdate("new") == 1
    emptied = read_rows(path)
    assert emptied["a"] == replace(now, added=(("n", ""),))
    assert (emptied["b"].verdict, emptied["b"].points) == ("outdated", None)
    assert "it is to be graded again" in emptied["b"].error
    # What somebody added stays, also when the row is graded again.
    table.add(Row("b", "disagree", hash="new4567", points=1.0, max_points=3.0))
    assert read_rows(path)["b"].added == (("n", "me"),)
    assert table.outdate("new") == 0
