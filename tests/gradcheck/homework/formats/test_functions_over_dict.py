"""Functions over a dict of parameters: right ones pass as they are, wrong ones are found out."""

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import FOLDER

pytestmark = pytest.mark.usefixtures("in_this_process")

FORMAT = "functions over a dict of parameters"


def check(
    name: str | None, file: str = "functions.py", sizes: tuple[int, ...] | None = None
) -> SubmissionReport:
    return check_submission(Submission(FOLDER / file, name, sizes))


def texts(found: SubmissionReport) -> str:
    return " ".join(each.text for each in found.findings)


@pytest.mark.parametrize("name", [None, "L_model_backward", "L_model_backward_with_regularization"])
@pytest.mark.parametrize("sizes", [None, (7, 4, 3, 2)])
def test_right_functions_are_read_as_they_stand(
    name: str | None, sizes: tuple[int, ...] | None
) -> None:
    found = check(name, sizes=sizes)
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)


def test_regularisation_is_checked_with_the_cost_that_has_it() -> None:
    found = texts(check("L_model_backward_with_regularization"))
    assert "compute_cost_with_regularization" in found
    assert "compute_cost_with_regularization" not in texts(check("L_model_backward"))


@pytest.mark.parametrize("name", ["backward_without_m", "backward_b1_zero"])
def test_wrong_functions_are_found_out(name: str) -> None:
    assert check(name).word == "disagree"


def test_missing_gradients_are_told_in_one_line() -> None:
    found = check("backward_without_weights")
    assert found.word == "failed"
    assert "gradients of the shapes" in found.failure
    assert "\n" not in found.failure


def test_parameters_that_are_arguments_are_made_up() -> None:
    found = check("backprop", "by_arguments.py")
    assert (found.word, found.format) == ("agree", FORMAT), (found.failure, found.likely_cause)
    assert check("backprop_forgets_relu", "by_arguments.py").word == "disagree"
