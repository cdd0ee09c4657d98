"""What one part of a submission earns."""

from dataclasses import replace

import pytest

from gradcheck.homework.finding import DIFFERENCES, Finding
from gradcheck.homework.grading.graded_part import worst_of
from gradcheck.homework.grading.task import Earned
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.verdicts.report import Report
from tests.gradcheck.homework.grading.handmade import (
    GRADIENT,
    RIGHT,
    UNDECIDED,
    WRONG,
    checked,
    found_of,
    part_task,
)

TAKES = (Finding(DIFFERENCES, "differences: backprop calls the cost."),)


@pytest.mark.parametrize(
    ("report", "points"),
    [
        (RIGHT, 10.0),
        (WRONG, 2.5),  # half of the arrays, of which half is earned
        (checked(3.0, 3.0), 8.0),
        (checked(-1.0, -1.0), 0.0),  # a sign is a mistake
        (checked(3.0, 2.0), 0.0),
        (checked(3.0, GRADIENT + 1.0), 0.0),
        (checked(0.0, 0.0), 0.0),  # zeros are no multiple
        (UNDECIDED, 0.0),
        (None, 0.0),
    ],
)
def test_points(report: Report | None, points: float) -> None:
    assert found_of(report).points == points
    assert found_of(report, part_task(points=None)).points is None


def test_a_sign_earns_what_the_assignment_says() -> None:
    task = part_task(earned=Earned(constant_factor=0.8, wrong_sign=0.3))
    assert found_of(checked(-1.0, -1.0), task).points == 3.0
    assert found_of(checked(-2.0, -2.0), task).points == 3.0
    assert found_of(checked(2.0, 2.0), task).points == 8.0


def test_differences_and_another_task_earn_less() -> None:
    assert found_of(RIGHT, findings=TAKES).points == 2.5
    in_a_part = (PartReport("a", RIGHT, TAKES), PartReport("b", RIGHT))
    assert found_of(RIGHT, parts=in_a_part).takes_differences
    assert not found_of(RIGHT).takes_differences
    assert found_of(RIGHT, unlike_reference="its cost is another one").points == 0.0


def test_the_share_of_right_arrays() -> None:
    assert found_of(RIGHT).arrays_right == 1.0
    assert found_of(WRONG).arrays_right == 0.5
    assert found_of(UNDECIDED).arrays_right == 0.0
    assert found_of(None).arrays_right is None


def test_pieces_that_belong_together_count_all() -> None:
    pieces = (PartReport("affine", RIGHT), PartReport("relu", WRONG))
    library = found_of(RIGHT, parts=pieces)
    assert (len(library.arrays), library.arrays_right) == (4, 0.75)
    assert library.first_wrong == "relu: layer 2 weights"
    # The layers of a chain are looked at in the whole.
    assert len(found_of(WRONG, parts=pieces, layers=len(pieces) - 1).arrays) == 2
    beside = (*pieces, PartReport("loss", WRONG))
    assert len(found_of(WRONG, parts=beside, layers=1).arrays) == 4


def test_the_first_wrong_array_is_named() -> None:
    assert found_of(WRONG).first_wrong == "layer 2 weights"
    assert found_of(RIGHT).first_wrong == found_of(None).first_wrong == ""


def test_the_likely_cause_is_named_with_what_shows_it() -> None:
    cause = LikelyCause("sign-flipped", "The sign is wrong.")
    assert found_of(WRONG, likely_cause=cause).likely_cause == "sign-flipped: The sign is wrong."
    pieces = (PartReport("a", RIGHT), PartReport("b", WRONG, likely_cause=cause))
    assert found_of(RIGHT, parts=pieces).likely_cause == "b: sign-flipped: The sign is wrong."
    assert found_of(WRONG).likely_cause == ""
    # Of a chain it is that of its first wrong layer.
    chain = (PartReport("net", WRONG), PartReport("layer 1", WRONG), PartReport("loss", RIGHT))
    beside = found_of(WRONG, parts=chain, layers=1, likely_cause=cause)
    assert beside.likely_cause == "net: sign-flipped: The sign is wrong."


def test_the_name_is_the_one_that_was_asked_for() -> None:
    assert found_of(RIGHT, name="Net").name == "Network"
    nameless = replace(part_task().how, class_name=None)
    assert found_of(RIGHT, part_task(how=nameless), name="Net").name == "Net"
    assert found_of(RIGHT, part_task(how=nameless)).name == "homework"


def test_the_sharpness_is_that_of_the_least_sharp_array() -> None:
    resolutions = [each.resolution for each in RIGHT.arrays]
    assert found_of(RIGHT).sharpness == max(resolutions) > 0.0
    assert found_of(None).sharpness is None


def test_the_worst_of_several_checks_counts() -> None:
    right, wrong, undecided, failed = map(SubmissionReport, (RIGHT, WRONG, UNDECIDED, None))
    assert worst_of([right, undecided, wrong]) is wrong
    assert worst_of([right, undecided]) is undecided
    assert worst_of([wrong, failed]) is failed
    other = SubmissionReport(RIGHT)
    assert worst_of([right, other]) is right


def test_what_could_not_be_checked_counts_with_the_arrays_that_were_asked_for() -> None:
    assigned = part_task(is_assigned=True)
    assert found_of(None, replace(assigned, how=replace(assigned.how, sizes=(3, 2)))).count == 2
    assert found_of(None, assigned).count == 1
    assert found_of(None).count == 0
