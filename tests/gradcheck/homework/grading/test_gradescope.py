"""The results of one submission for Gradescope."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.homework.finding import DIFFERENCES, Finding
from gradcheck.homework.grading.grade_one import Graded
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.graded_part import GradedPart
from gradcheck.homework.grading.gradescope import gradescope_results, write_gradescope
from gradcheck.homework.likely_cause import LikelyCause
from nets.errors import BadInput
from tests.conftest import ROOT
from tests.gradcheck.homework.grading.handmade import (
    RIGHT,
    UNDECIDED,
    WRONG,
    found_of,
    part_task,
    task_of,
)

TASK = task_of()
CAUSE = LikelyCause("factor", "The weights are 3 times too large.")


def graded(*parts: GradedPart, verdict: str = "agree", remarks: str = "") -> Graded:
    row = Row("ann.py", verdict, seconds=2.4, error="It is no Python.", remarks=remarks)
    return Graded(row, parts=parts)


def test_what_is_right_has_all_points() -> None:
    found = gradescope_results(graded(found_of(RIGHT)), TASK)
    assert (found["score"], found["execution_time"]) == (10.0, 2)
    assert found["output"] == "Homework 3: agree"
    (test,) = found["tests"]
    assert (test["name"], test["score"], test["max_score"]) == ("Network", 10.0, 10.0)
    assert (test["status"], test["visibility"]) == ("passed", "visible")
    assert test["output"].startswith("layer 1 weights: right\nlayer 2 weights: right\nAGREE ")


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (found_of(WRONG), "layer 1 weights: right\nlayer 2 weights: wrong\n"),
        (found_of(UNDECIDED), "layer 1 weights: not decided\n"),
        (found_of(RIGHT, unlike_reference="its cost is 3"), "asked for: its cost is 3."),
        (found_of(None, failure="It hangs.", traceback="line 3"), "It hangs.\nline 3"),
    ],
)
def test_what_is_not_right_has_failed(part: GradedPart, words: str) -> None:
    (test,) = gradescope_results(graded(part, verdict="disagree"), TASK)["tests"]
    assert test["status"] == "failed"
    assert test["score"] < 10.0
    assert words in test["output"]


def test_a_submission_that_could_not_be_looked_at_has_a_test_for_each_part() -> None:
    task = task_of(part_task(), part_task(points=None))
    found = gradescope_results(graded(verdict="failed"), task)
    assert [(test["max_score"], test["output"]) for test in found["tests"]] == [
        (10.0, "It is no Python."),
        (0.0, "It is no Python."),
    ]
    assert found["score"] == 0.0


def test_what_is_unusual_is_for_the_lecturer_only() -> None:
    found = gradescope_results(graded(found_of(RIGHT), remarks="It opened the network."), TASK)
    _, test = found["tests"]
    assert (test["output"], test["visibility"]) == ("It opened the network.", "hidden")
    assert (test["score"], test["max_score"], found["score"]) == (0.0, 0.0, 10.0)
    assert "network" not in found["tests"][0]["output"]


@pytest.mark.parametrize(("hints", "named"), [(None, True), (0, False), (1, False), (3, False)])
def test_hints_do_not_name_the_mistake(hints: int | None, named: bool) -> None:
    part = found_of(WRONG, likely_cause=CAUSE)
    task = replace(TASK, hints=hints)
    (test,) = gradescope_results(graded(part, verdict="disagree"), task)["tests"]
    assert ("3 times too large" in test["output"]) == named


def test_no_hint_at_all_says_only_whether_it_is_right() -> None:
    for report, words in ((WRONG, "not right"), (RIGHT, "right")):
        (test,) = gradescope_results(graded(found_of(report)), replace(TASK, hints=0))["tests"]
        assert test["output"] == f"The gradients are {words}."


def test_a_student_is_told_that_differences_do_not_count() -> None:
    part = found_of(RIGHT, findings=(Finding(DIFFERENCES, "differences: it calls the cost."),))
    (test,) = gradescope_results(graded(part), TASK)["tests"]
    assert test["score"] == 2.5
    assert test["output"].endswith("it should apply the chain rule.")


def test_the_file_holds_these_results(tmp_path: Path) -> None:
    one = graded(found_of(RIGHT))
    write_gradescope(tmp_path / "results.json", gradescope_results(one, TASK))
    written = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert written == gradescope_results(one, TASK)
    with pytest.raises(BadInput, match="cannot be written"):
        write_gradescope(tmp_path / "no" / "results.json", gradescope_results(one, TASK))


def test_the_page_of_the_autograder_has_all_its_files() -> None:
    names = {each.name for each in (ROOT / "docs" / "gradescope").iterdir()}
    assert names == {"setup.sh", "run_autograder", "assignment.toml"}
