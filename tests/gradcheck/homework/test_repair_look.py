"""A small change of the code names the mistake, and gives the hints that lead to it."""

from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.repair_look import change_words
from gradcheck.homework.repairs.found_repair import Found
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport

pytestmark = pytest.mark.usefixtures("in_this_process")

RIGHT = """
import numpy as np


def softsign_forward(x, w, b):
    z = x @ w + b
    return z / (1 + np.abs(z)), (x, w, z)


def softsign_backward(dout, cache):
    x, w, z = cache
    dz = dout / (1 + np.abs(z)) ** 2
    return dz @ w.T, x.T @ dz, dz.sum(axis=0)
"""


def checked(folder: Path, code: str) -> SubmissionReport:
    path = folder / "softsign.py"
    path.write_text(code, encoding="utf-8")
    shapes = {"x": (5, 4), "w": (4, 3), "b": (3,)}
    return check_submission(Submission(path, "softsign", shapes=shapes))


def test_the_line_and_what_mends_it_are_named(tmp_path: Path) -> None:
    assert checked(tmp_path, RIGHT).word == "agree"
    found = checked(tmp_path, RIGHT.replace("x.T @ dz", "x.T @ dout"))
    assert found.word == "disagree"
    assert found.likely_cause is not None
    assert found.likely_cause.name == "missing-activation-derivative"
    assert "Line 13" in found.likely_cause.evidence
    assert "x.T @ dz" in found.likely_cause.evidence
    assert found.report is not None
    diagnosis = found.report.diagnosis
    assert diagnosis is not None
    assert diagnosis.likely_cause == found.likely_cause.name
    assert len(diagnosis.hints) == 3
    assert "Read line 13 of softsign.py" in diagnosis.hints[-1]


def test_hints_do_not_tell_the_change(tmp_path: Path) -> None:
    found = checked(tmp_path, RIGHT.replace("x.T @ dz", "x.T @ dout")).as_hints(2)
    assert found.report is not None
    diagnosis = found.report.diagnosis
    assert diagnosis is not None
    assert [line[:7] for line in diagnosis.lines()] == ["Hint 1:", "Hint 2:"]
    assert "x.T @ dz" not in " ".join(diagnosis.lines())
    assert found.likely_cause is None


def test_a_change_that_other_pieces_contradict_says_so(tmp_path: Path) -> None:
    report = checked(tmp_path, RIGHT.replace("x.T @ dz", "x.T @ dout")).report
    assert report is not None
    found = Found("sign-flipped", "softsign.py", 13, "dz", "-dz", (1,))
    assert change_words(found, report).endswith("With `-dz` all gradients are right.")
    words = change_words(replace(found, is_right_elsewhere=False), report)
    assert words.endswith("but not all in other pieces that use this line.")
