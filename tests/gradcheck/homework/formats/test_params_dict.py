"""Classes with a dict of parameters: right ones pass as they are, wrong ones are found out."""

from pathlib import Path

import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import FOLDER

pytestmark = pytest.mark.usefixtures("in_this_process")

Sizes = tuple[int, ...] | None


def check(name: str, sizes: Sizes = None) -> SubmissionReport:
    return check_submission(Submission(FOLDER / "params.py", name, sizes))


def texts(found: SubmissionReport) -> str:
    return " ".join(each.text for each in found.findings)


@pytest.mark.parametrize(
    ("name", "sizes", "words"),
    [
        ("TwoLayerNet", None, "an example in each row, one-hot targets"),
        ("TwoLayerNet", (7, 4, 2), "an example in each row, one-hot targets"),
        ("FullyConnectedNet", None, "class numbers as targets"),
        ("FullyConnectedNet", (7, 6, 5, 3), "strength of its regularisation was set to 0.1"),
        ("DropoutNet", None, "class numbers as targets"),
    ],
)
def test_right_classes_are_read_as_they_stand(name: str, sizes: Sizes, words: str) -> None:
    found = check(name, sizes)
    assert found.word == "agree", (found.failure, found.likely_cause)
    assert found.format == "a class with a dict of parameters"
    assert words in texts(found)
    assert "were replaced by random numbers for the check" in texts(found)
    assert found.report is not None
    assert [array.name for array in found.report.arrays][:2] == ["W1", "b1"]
    assert found.sizes == (sizes or (6, 5, 4))


@pytest.mark.parametrize(
    ("name", "wrong", "cause"),
    [
        ("SignFlipped", {"W1", "b1", "W2", "b2"}, "sign-flipped"),
        ("NotDivided", {"W1", "b1", "W2", "b2"}, "not-divided-by-batch"),
        ("RegularisationForgotten", {"W1", "W2"}, None),
        ("RegularisationDoubled", {"W1", "W2"}, None),
    ],
)
def test_wrong_classes_are_found_out(name: str, wrong: set[str], cause: str | None) -> None:
    found = check(name)
    assert found.word == "disagree"
    assert found.report is not None
    assert {each.name for each in found.report.arrays if each.counts["disagree"]} == wrong
    assert found.likely_cause is not None
    assert cause is None or found.likely_cause.name == cause


def test_a_gradient_that_is_missing_is_told() -> None:
    found = check("BiasMissing")
    assert found.word == "failed"
    assert "no gradient of b2: the keys of the gradients are W1, b1, W2" in found.failure


def test_too_many_sizes_are_told() -> None:
    found = check("TwoLayerNet", (6, 5, 4, 3))
    assert "takes input_size, hidden_size, output_size: 3 sizes" in found.failure
    assert "such as --sizes 6,5,4" in found.failure


def test_a_class_that_uses_params_and_has_no_loss(tmp_path: Path) -> None:
    path = tmp_path / "homework.py"
    path.write_text("class Net:\n    def fit(self):\n        return self.params\n")
    found = check_submission(Submission(path, None))
    assert found.is_unread
    assert "Net uses params, but has no method loss; its methods are: fit" in found.failure
