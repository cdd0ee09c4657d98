"""The folder of one student, graded for Gradescope."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.commands.options.grading import GradingOptions
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.runs.grade_one_student import grade_one_student
from gradcheck.homework.process.isolation import IsolationState
from nets.errors import BadInput
from tests.gradcheck.homework.conftest import in_this_process
from tests.gradcheck.homework.students import FOLDER

__all__ = ["in_this_process"]

BOOK = (FOLDER / "book.py").read_text("utf-8")
TEXT = OutputOptions(as_json=False, plain=True)


def asked(folder: Path, results: Path) -> GradingOptions:
    return GradingOptions(
        folder=folder,
        class_name="Network",
        sizes=(5, 4, 3),
        cost=None,
        batch_size=3,
        seed=0,
        sample=4,
        jobs=1,
        timeout=60.0,
        memory=1000,
        shapes={},
        adapter=None,
        isolate=False,
        gradescope=results,
    )


@pytest.mark.parametrize(
    ("text", "verdict", "status"),
    [
        (BOOK, "agree", "passed"),
        (BOOK.replace("output_activations - y", "y - output_activations"), "disagree", "failed"),
        ("This is my homework.\n", "failed", "failed"),
    ],
)
def test_whatever_was_handed_in_has_results(
    tmp_path: Path,
    in_this_process: None,
    capsys: pytest.CaptureFixture[str],
    text: str,
    verdict: str,
    status: str,
) -> None:
    folder, results = tmp_path / "ann", tmp_path / "results.json"
    folder.mkdir()
    (folder / "homework.py").write_text(text, encoding="utf-8")
    # A grade was given: for the autograder that is no failure.
    assert grade_one_student(asked(folder, results), TEXT) == 0
    row = capsys.readouterr().out.split()
    assert row[:2] == ["ann", verdict]
    assert "kept" not in row
    (test, *_) = json.loads(results.read_text("utf-8"))["tests"]
    assert test["status"] == status
    grade_one_student(asked(folder, results), OutputOptions(as_json=True, plain=False))
    told = json.loads(capsys.readouterr().out)
    assert told["command"] == "grade"
    assert told["submissions"][0]["verdict"] == verdict


def test_a_folder_of_several_students_is_refused_and_told(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    for name in ("ann", "ben"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "homework.py").write_text(BOOK, encoding="utf-8")
    with pytest.raises(BadInput, match=r"in holds 2 submissions; give .*, such as .*ann"):
        grade_one_student(asked(tmp_path / "in", results), TEXT)
    told = json.loads(results.read_text("utf-8"))
    assert told["score"] == 0.0
    assert told["output"].startswith("This submission was not graded")
    assert "holds 2 submissions" in told["tests"][0]["output"]
    assert told["tests"][0]["visibility"] == "hidden"


def test_demanded_isolation_that_is_not_possible_is_no_grade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = IsolationState(None, "there is no bwrap")
    monkeypatch.setattr("gradcheck.homework.process.isolation.find_isolation", lambda: nowhere)
    results = tmp_path / "results.json"
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "homework.py").write_text(BOOK, encoding="utf-8")
    with pytest.raises(BadInput, match="--isolate is not possible here: there is no bwrap"):
        grade_one_student(replace(asked(tmp_path / "ann", results), isolate=True), TEXT)
    told = json.loads(results.read_text("utf-8"))
    assert "no fault of yours" in told["output"]
    assert "there is no bwrap" in told["tests"][0]["output"]


def test_what_cannot_be_graded_or_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not a folder; give the folder with one student's"):
        grade_one_student(asked(tmp_path / "nobody", tmp_path / "results.json"), TEXT)
    with pytest.raises(BadInput, match="cannot be written"):
        grade_one_student(asked(tmp_path, tmp_path / "no" / "results.json"), TEXT)
