"""The book's class under other names; its other tests are those of ``check_submission``."""

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import FOLDER

pytestmark = pytest.mark.usefixtures("in_this_process")


def check(name: str, sizes: tuple[int, ...] | None = None) -> SubmissionReport:
    return check_submission(Submission(FOLDER / "other_names.py", name, sizes))


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("Short", None),
        ("Short", (5, 3, 2)),
        ("LeftInLists", None),
        ("Numbered", None),
        ("KnowsItsSizes", None),
        ("Tiny", (5, 4, 3)),
    ],
)
def test_right_classes_are_read_as_they_stand(name: str, sizes: tuple[int, ...] | None) -> None:
    found = check(name, sizes)
    assert found.word == "agree", (found.failure, found.likely_cause)
    assert found.format == "a class like the book's"
    assert found.sizes == (sizes or ((4, 3, 2) if name == "KnowsItsSizes" else (6, 5, 4)))


def test_a_wrong_one_is_found_out() -> None:
    found = check("WrongInLists")
    assert found.word == "disagree"
    assert found.report is not None
    wrong = [each.name for each in found.report.arrays if each.counts["disagree"]]
    assert wrong == ["layer 1 weights", "layer 2 weights"]


def test_tiny_weights_are_filled_and_that_is_told() -> None:
    text = " ".join(each.text for each in check("Tiny", (5, 4, 3)).findings)
    assert "All numbers in layer 1 weights, layer 1 biases, layer 2 weights" in text
    assert "were replaced by random numbers for the check" in text


def test_an_argument_without_a_known_meaning_is_given_none_and_that_is_told() -> None:
    found = check("Moody", (5, 4, 3))
    assert found.word == "agree"
    text = " ".join(each.text for each in found.findings)
    assert "temperament has no known meaning, so it was given None." in text
