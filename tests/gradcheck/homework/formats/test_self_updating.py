"""Classes that train themselves: right ones pass as they are, wrong ones are found out."""

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import FOLDER

pytestmark = pytest.mark.usefixtures("in_this_process")

FORMAT = "a class that trains itself"


def check(name: str, file: str = "steps.py") -> SubmissionReport:
    return check_submission(Submission(FOLDER / file, name), sample=40)


def texts(found: SubmissionReport) -> str:
    return " ".join(each.text for each in found.findings)


@pytest.mark.parametrize(
    "name",
    [
        *("EtaIsAnAttribute", "EtaIsAnArgument", "OneByOne", "Pairs", "Momentum", "OwnLoss"),
        "Adds",
    ],
)
def test_right_steps_agree(name: str) -> None:
    found = check(name)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)


@pytest.mark.parametrize(
    "name", ["TwiceTheLoss", "Climbs", "TooEarly", "NoDerivative", "Turned", "LastPair"]
)
def test_wrong_steps_disagree(name: str) -> None:
    found = check(name)
    assert found.word == "disagree", (found.failure, texts(found))


def test_what_depends_on_the_rate_is_told() -> None:
    assert "not in proportion to the learning rate" in texts(check("TooEarly"))
    assert "not in proportion" not in texts(check("EtaIsAnArgument"))


def test_examples_one_after_the_other_are_handed_over_one_by_one() -> None:
    assert "one example at a time" in texts(check("OneByOne"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SignOnly", "All steps of train have the same size"),
        ("Stands", "changes none of the arrays"),
        ("ManySteps", "makes many steps in one call"),
    ],
)
def test_what_is_no_step_along_a_gradient_is_refused(name: str, words: str) -> None:
    found = check(name)
    assert found.word == "failed"
    assert words in found.failure


@pytest.mark.parametrize("name", ["LeavesAnything", "GivenOutput", "HoldsExamples"])
def test_arrays_and_calls_of_any_kind_are_read(name: str) -> None:
    found = check(name, "free_names.py")
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)


@pytest.mark.parametrize("name", ["LeavesOld", "HoldsExamplesWrong"])
def test_wrong_ones_of_any_kind_are_found_out(name: str) -> None:
    assert check(name, "free_names.py").word == "disagree"


def test_a_class_that_gives_no_gradients_is_refused_in_one_line() -> None:
    found = check("Nothing", "free_names.py")
    assert found.word == "failed"
    assert "\n" not in found.failure


def test_a_step_without_a_known_rate_is_taken_as_it_is() -> None:
    assert "No learning rate was found" in texts(check("HoldsExamples", "free_names.py"))


def test_what_is_returned_beside_the_gradients_is_left_alone() -> None:
    found = check("ReturnsThree", "broken.py")
    assert (found.word, found.format) == ("agree", FORMAT), found.failure
