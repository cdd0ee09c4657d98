"""Grading a class: every submission has a row, and no row is lost or made twice."""

import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.grading.grade import Graded, grade
from gradcheck.homework.grading.grade_table import Row, read_rows, write_rows
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.task import Task
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import FOLDER, submission

BOOK = (FOLDER / "book.py").read_text("utf-8")
WRONG = BOOK.replace("output_activations - y", "y - output_activations")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files, three folders, and what is no submission."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "right.py").write_text(BOOK)
    (folder / "wrong.py").write_text(WRONG)
    for name in ("alice", "bob", "homework.py"):
        (folder / name).mkdir()
    (folder / "alice" / "homework.py").write_text("from helper import Network\n")
    (folder / "alice" / "helper.py").write_text(BOOK)
    (folder / "homework.py" / "homework.py").write_text("")
    (folder / "notes.txt").write_text("hello")
    (folder / "__pycache__").mkdir()
    (folder / ".hidden.py").write_text("")
    return folder


def graded(folder: Path, finished: dict[str, Row] | None = None, **options: Any) -> list[Graded]:
    handed_in, _ = find_submissions(folder)
    asked = submission(folder, "Network", **options)
    return list(grade(handed_in, Task.of(asked), finished=finished))


def rows_of(found: list[Graded]) -> dict[str, Row]:
    return {each.row.submission: each.row for each in found}


def test_a_row_for_each(folder: Path, in_this_process: None) -> None:
    rows = rows_of(graded(folder))
    assert {name: row.verdict for name, row in rows.items()} == {
        "alice": "agree",
        "bob": "failed",
        "homework.py": "failed",
        "right.py": "agree",
        "wrong.py": "disagree",
    }
    assert rows["right.py"].arrays_right == 1.0
    assert rows["right.py"].first_wrong == rows["right.py"].error == ""
    wrong = rows["wrong.py"]
    assert wrong.arrays_right == 0.0
    assert wrong.first_wrong == "layer 3 biases"
    assert wrong.likely_cause.startswith("sign-flipped: The sign is wrong")
    assert rows["bob"].error == "bob has no homework.py in it"
    assert rows["bob"].arrays_right is None
    assert rows["homework.py"].error.startswith("homework.py is empty")


def test_what_agrees_to_some_digits_only_is_in_the_remarks(
    tmp_path: Path, in_this_process: None
) -> None:
    for name in ("guarded.py", "costs.py", "book.py"):
        shutil.copy(FOLDER / name, tmp_path / name)
    handed_in, _ = find_submissions(tmp_path)
    task = Task.of(submission(tmp_path, "Guard5"))
    task = replace(task, provided=(tmp_path / "costs.py", tmp_path / "book.py"))
    rows = rows_of(list(grade(handed_in, task)))
    assert rows["guarded.py"].verdict == "agree"
    assert "layer 1 weights agrees to 4." in rows["guarded.py"].remarks


def test_one_that_cannot_be_coped_with_does_not_end_the_others(
    folder: Path, in_this_process: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing_on_one(asked: Submission, **options: Any) -> SubmissionReport:
        if asked.path.name == "wrong.py":
            raise KeyError("nobody thought of it")
        return check_submission(asked, **options)

    monkeypatch.setattr("gradcheck.homework.grading.grade_one.check_submission", failing_on_one)
    rows = rows_of(graded(folder))
    assert rows["right.py"].verdict == "agree"
    assert rows["wrong.py"].verdict == "failed"
    assert "KeyError: 'nobody thought of it'" in rows["wrong.py"].error


def test_a_verdict_stands_if_its_cause_cannot_be_searched_for(
    folder: Path, in_this_process: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*given: Any) -> Any:
        raise StudentError("The class took longer than 20 seconds in all and was stopped")

    monkeypatch.setattr("gradcheck.homework.check_part.explained", too_slow)
    rows = rows_of(graded(folder))
    assert rows["wrong.py"].verdict == "disagree"
    assert rows["wrong.py"].arrays_right == 0.0
    assert "The search for the likely cause was not finished" in rows["wrong.py"].remarks


def test_half_of_the_arrays(folder: Path, in_this_process: None) -> None:
    (folder / "wrong.py").write_text(BOOK.replace("= delta\n", "= 3 * delta\n"))
    wrong = rows_of(graded(folder))["wrong.py"]
    assert wrong.arrays_right == 0.5
    assert wrong.first_wrong == "layer 3 biases"


def test_finished_rows_are_kept_until_something_changes(
    folder: Path, in_this_process: None
) -> None:
    rows = rows_of(graded(folder))
    again = graded(folder, rows)
    assert all(each.kept for each in again)
    assert rows_of(again) == rows
    (folder / "wrong.py").write_text(BOOK)
    (folder / "alice" / "helper.py").write_text(WRONG)
    third = graded(folder, rows)
    assert [each.row.submission for each in third if not each.kept] == ["alice", "wrong.py"]
    assert rows_of(third)["wrong.py"].verdict == "agree"
    assert rows_of(third)["alice"].verdict == "disagree"


@pytest.mark.parametrize(
    "changed",
    [{"sizes": (6, 4, 3)}, {"batch": 4}, {"cost": "quadratic"}, {"limits": Limits(memory=1)}],
    ids=lambda changed: next(iter(changed)),
)
def test_another_task_is_graded_anew(
    folder: Path, in_this_process: None, changed: dict[str, Any]
) -> None:
    rows = rows_of(graded(folder))
    assert not any(each.kept for each in graded(folder, rows, **changed))


def test_a_name_like_a_formula_is_kept_too(tmp_path: Path, in_this_process: None) -> None:
    (tmp_path / "=1+1.py").write_text(BOOK)
    path = tmp_path / "grades.csv"
    write_rows(path, list(rows_of(graded(tmp_path)).values()))
    (again,) = graded(tmp_path, read_rows(path))
    assert again.kept
    assert again.row.submission == "=1+1.py"


def test_processes_end_when_the_grading_is_broken_off(tmp_path: Path) -> None:
    import psutil

    for name in ("a.py", "b.py", "c.py", "d.py"):
        shutil.copy(FOLDER / "endless_import.py", tmp_path / name)
    (tmp_path / "0").mkdir()
    handed_in, _ = find_submissions(tmp_path)
    before = psutil.Process().children(recursive=True)  # Python's own, of other tests
    rows = grade(handed_in, Task.of(submission(tmp_path, "Network")), jobs=2)
    assert next(rows).row.submission == "0"
    deadline = time.monotonic() + 200.0
    while len(psutil.Process().children(recursive=True)) <= len(before):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    rows.close()  # type: ignore[attr-defined]
    assert set(psutil.Process().children(recursive=True)) <= set(before)
