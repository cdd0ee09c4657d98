"""Whatever lies in the folder becomes a row, and none ends the grading."""

import json
import os
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.grading.grade import grade
from gradcheck.homework.grading.grade_table import Row, read_rows, write_rows
from gradcheck.homework.grading.handed_in import HandedIn, find_submissions
from gradcheck.homework.grading.task import Task
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import FOLDER, submission

BOOK = (FOLDER / "book.py").read_text("utf-8")
SIZES = (4, 3, 2)
of_unix = pytest.mark.skipif(sys.platform == "win32", reason="exists on Unix only")


def task(**options: Any) -> Task:
    return replace(Task.of(submission(Path("here"), "Network", SIZES, batch=2)), **options)


def rows_in(folder: Path, asked: Task | None = None) -> dict[str, Row]:
    asked = asked or task()
    found = grade(find_submissions(folder, asked.files)[0], asked)
    return {each.row.submission: each.row for each in found}


def zipped(path: Path, members: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)


@of_unix
def test_names_that_are_no_utf_8_are_rows_that_are_kept(
    tmp_path: Path, in_this_process: None
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (b"M\xe4.py", b"M\xe5.py", "M\u00e4.py".encode()):
        (folder / os.fsdecode(name)).write_text(BOOK)
    rows = rows_in(folder)
    assert {name: row.verdict for name, row in rows.items()} == {
        "M\\xe4.py": "agree",
        "M\\xe5.py": "agree",
        "M\u00e4.py": "agree",
    }
    write_rows(tmp_path / "grades.csv", list(rows.values()))
    again = grade(find_submissions(folder)[0], task(), finished=read_rows(tmp_path / "grades.csv"))
    assert all(each.kept for each in again)


@of_unix
def test_pipes_and_devices_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "device.py").symlink_to("/dev/zero")
    (tmp_path / "alice").mkdir()
    os.mkfifo(tmp_path / "alice" / "homework.py")
    rows = rows_in(tmp_path)
    assert rows["pipe.py"].error == "pipe.py is a named pipe; hand in a Python file or a notebook"
    assert rows["device.py"].error.startswith("device.py is a device")
    assert rows["alice"].error == "alice has no homework.py in it"


def test_a_notebook_and_archives_are_read_as_they_are_submitted(
    tmp_path: Path, in_this_process: None
) -> None:
    cells = [{"cell_type": "code", "source": BOOK}]
    (tmp_path / "book.ipynb").write_text(json.dumps({"cells": cells}))
    zipped(tmp_path / "ann.zip", {"ann/homework.py": BOOK, "__MACOSX/ann/._homework.py": "x"})
    (tmp_path / "bob").mkdir()
    zipped(tmp_path / "bob" / "all.zip", {"homework.ipynb": json.dumps({"cells": cells})})
    zipped(tmp_path / "cy.zip", {"notes.txt": "nothing"})
    (tmp_path / "dee.zip").write_bytes(b"PK no zip")
    rows = rows_in(tmp_path)
    assert [rows[name].verdict for name in ("ann.zip", "bob", "book.ipynb")] == ["agree"] * 3
    assert rows["cy.zip"].error == "cy.zip has no homework.py in it"
    assert rows["dee.zip"].error.startswith("dee.zip cannot be unpacked as a zip file")


@of_unix
def test_links_out_of_a_folder_are_left_out(tmp_path: Path, in_this_process: None) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text(BOOK)
    folder = tmp_path / "in"
    for name in ("ann", "bob", "loop"):
        (folder / name).mkdir(parents=True)
        (folder / name / "homework.py").write_text(BOOK)
    (folder / "ann" / "data.py").symlink_to(secret)
    (folder / "bob" / "homework.py").unlink()
    (folder / "bob" / "homework.py").symlink_to(folder / "ann" / "homework.py")
    (folder / "loop" / "again").symlink_to(folder / "loop")
    rows = rows_in(folder)
    assert rows["ann"].verdict == rows["loop"].verdict == "agree"
    assert "they lead out of the folder or are no files: data.py" in rows["ann"].remarks
    assert rows["bob"].verdict == "failed"


def test_only_the_names_that_count_are_taken(tmp_path: Path, in_this_process: None) -> None:
    (tmp_path / "ann" / "src").mkdir(parents=True)
    (tmp_path / "ann" / "src" / "hw3.py").write_text(BOOK)
    (tmp_path / "ann" / "hw2.py").write_text("")
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / "homework.py").write_text(BOOK)
    rows = rows_in(tmp_path, task(files=("hw3.py", "hw3.ipynb")))
    assert rows["ann"].verdict == "agree"
    assert rows["bob"].error == "bob has no hw3.py or hw3.ipynb in it, but homework.py"


def test_submissions_do_not_see_each_other(tmp_path: Path, in_this_process: None) -> None:
    (tmp_path / "ann.py").write_text(BOOK)
    (tmp_path / "thief.py").write_text("from ann import Network\n")
    (tmp_path / "given.py").write_text("from ours import Network\n")
    ours = tmp_path / "ours.py"
    ours.write_text(BOOK)
    handed_in, _ = find_submissions(tmp_path, passed_over=["ours.py"])
    rows = {each.row.submission: each.row for each in grade(handed_in, task(provided=(ours,)))}
    assert rows["ann.py"].verdict == rows["given.py"].verdict == "agree"
    assert rows["thief.py"].verdict == "failed"
    assert "ours.py" not in rows


def test_no_room_for_a_copy_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.py").write_text("")

    def full(path: Path, *given: Any, **options: Any) -> None:
        raise OSError(28, "No space left on device")

    handed_in = find_submissions(tmp_path)[0]
    graded = grade(handed_in, task(), keep=tmp_path / "kept")
    (tmp_path / "kept").mkdir()
    monkeypatch.setattr(Path, "mkdir", full)
    monkeypatch.setattr("gradcheck.homework.grading.grade.run_folder", _nothing)
    (found,) = graded
    assert "There is no room for a copy: [Errno 28]" in found.row.error


@contextmanager
def _nothing(keep: Path) -> Iterator[Path]:
    yield keep


def test_a_large_class_streams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.py").write_text("")
    begun: list[str] = []

    def checked(asked: Any, **options: Any) -> SubmissionReport:
        begun.append(asked.path.name)
        return SubmissionReport(None, failure="not looked at")

    monkeypatch.setattr("gradcheck.homework.grading.grade_one.check_submission", checked)
    many = [HandedIn(f"{number}.py", tmp_path / "one.py") for number in range(2000)]
    graded = grade(many, task(), jobs=2)
    for _ in range(10):
        next(graded)
    assert len(begun) <= 14
    graded.close()  # type: ignore[attr-defined]
    assert len(list(grade(many[:50], task(), jobs=2))) == 50
