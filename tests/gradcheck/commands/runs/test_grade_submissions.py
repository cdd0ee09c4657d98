"""A table of grades is kept, and only what changed is graded again."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gradcheck.homework.grading.grade_table import read_rows
from tests.conftest import ROOT, Command
from tests.ctrl_c import started_for_ctrl_c
from tests.gradcheck.homework.students import FOLDER

BOOK = (FOLDER / "book.py").read_text("utf-8")
SIZES = ("--sizes", "5,4,3", "--batch-size", "3")


def test_a_table_is_kept_and_only_what_changed_is_graded_again(
    gradcheck_command: Command, submissions: Path
) -> None:
    table = submissions / "grades.csv"
    gradcheck_command("grade", submissions, *SIZES, "--csv", table)
    first = table.read_bytes()
    assert list(read_rows(table)) == ["right.py", "text.py", "wrong.py"]
    again = gradcheck_command("grade", submissions, *SIZES, "--csv", table)
    assert again.out.count(" kept\n") == 3
    assert again.err == ""
    assert table.read_bytes() == first
    (submissions / "text.py").write_text(BOOK)
    third = gradcheck_command("grade", submissions, *SIZES, "--csv", table)
    assert third.out.count(" kept\n") == 2
    assert read_rows(table)["text.py"].verdict == "agree"


def test_rows_of_another_assignment_do_not_stay_when_a_run_is_ended(
    gradcheck_command: Command, submissions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = submissions / "grades.csv"
    gradcheck_command("grade", submissions, *SIZES, "--csv", table)
    assert {row.verdict for row in read_rows(table).values()} == {"agree", "disagree", "failed"}

    def ended(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gradcheck.commands.runs.grade_submissions.grade", ended)
    again = gradcheck_command("grade", submissions, "--sizes", "6,4,3", "--csv", table)
    assert again.code == 130
    assert "grades.csv has 3 rows of another assignment" in again.err
    rows = read_rows(table).values()
    assert [(row.verdict, row.arrays_right, row.hash) for row in rows] == [
        ("outdated", None, "")
    ] * 3


def test_another_table_is_not_overwritten(gradcheck_command: Command, submissions: Path) -> None:
    table = submissions / "marks.csv"
    table.write_text("name,mark\n")
    ended = gradcheck_command("grade", submissions, "--csv", table)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "is not a table of grades" in ended.err
    assert table.read_text() == "name,mark\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise on Windows")
def test_interrupted_and_run_again(gradcheck_command: Command, submissions: Path) -> None:
    (submissions / "text.py").unlink()
    (submissions / "z.py").write_text("while True:\n    pass\n")
    table = submissions / "grades.csv"
    arguments = ["grade", str(submissions), *SIZES, "--csv", str(table), "--jobs", "1"]
    arguments += ["--timeout", "3000"]  # the endless one is not to end before it is interrupted
    running = started_for_ctrl_c(
        [sys.executable, "-u", "-m", "gradcheck.cli", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    # Both rows are shown only once they are in the table.
    rows = 0
    while rows < 2:
        rows += running.stdout.readline().startswith(("right.py", "wrong.py"))
    os.kill(running.pid, signal.SIGINT)
    _, said = running.communicate()
    assert running.returncode == 130
    assert said.strip().endswith("gradcheck: interrupted")
    assert list(read_rows(table)) == ["right.py", "wrong.py"]
    (submissions / "z.py").write_text(BOOK)
    again = gradcheck_command(*arguments)
    assert again.out.count(" kept\n") == 2
    assert list(read_rows(table)) == ["right.py", "wrong.py", "z.py"]


def test_a_page_for_each_submission_and_an_index(
    gradcheck_command: Command, submissions: Path, tmp_path: Path
) -> None:
    pages = tmp_path / "pages"
    ended = gradcheck_command("grade", str(submissions), *SIZES, "--html", str(pages))
    assert ended.code == 1
    index = (pages / "index.html").read_text("utf-8")
    for name in ("right.py", "wrong.py"):
        (page,) = pages.glob(f"{name}-*.html")
        assert page.name in index
        assert name in page.read_text("utf-8")


def test_rows_of_a_former_run_without_a_page_are_told(
    gradcheck_command: Command, submissions: Path, tmp_path: Path
) -> None:
    asked = ("grade", str(submissions), *SIZES, "--csv", str(tmp_path / "grades.csv"))
    gradcheck_command(*asked)
    ended = gradcheck_command(*asked, "--html", str(tmp_path / "pages"))
    assert "3 of 3 submissions have no page, since they were graded before (right.py" in ended.err
    fresh = gradcheck_command("grade", str(submissions), *SIZES, "--html", str(tmp_path / "new"))
    assert "no page" not in fresh.err


def test_a_folder_that_cannot_be_written_to_is_told_before_the_work(
    gradcheck_command: Command, submissions: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    ended = gradcheck_command("grade", str(submissions), *SIZES, "--html", str(blocked / "pages"))
    assert ended.code == 2
    assert "no pages can be written into" in " ".join(ended.err.split())
    assert "right.py" not in ended.out


def test_a_class_of_exercises_is_graded_as_it_is(
    gradcheck_command: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "exercises"
    gradcheck_command("exercise", "--class", "5", "-o", folder)
    ended = gradcheck_command("grade", folder, "--json", "--jobs", "1")
    rows = json.loads(ended.out)["submissions"]
    # Each has one mistake that the students are to mend, and each can be checked.
    assert [(row["verdict"], row["error"]) for row in rows] == [("disagree", None)] * 5
    # On a slow machine lines tell how far it is.
    assert all(line.startswith("gradcheck: grading") for line in ended.err.splitlines())


def test_the_same_code_is_a_remark_also_of_a_row_that_is_kept(
    gradcheck_command: Command, submissions: Path
) -> None:
    table = submissions / "grades.csv"
    arguments = ("grade", submissions, *SIZES, "--csv", table, "--jobs", "1")
    gradcheck_command(*arguments)
    assert "comments aside" not in table.read_text("utf-8-sig")
    (submissions / "copy.py").write_text("# my own work\n" + BOOK)
    again = gradcheck_command(*arguments)
    assert again.out.count(" kept\n") == 3
    rows = read_rows(table)
    assert rows["copy.py"].remarks == "Its code is that of right.py, comments aside."
    assert rows["right.py"].remarks == "Its code is that of copy.py, comments aside."
    assert rows["wrong.py"].remarks == ""
    (submissions / "copy.py").unlink()
    gradcheck_command(*arguments)
    assert read_rows(table)["right.py"].remarks == ""
