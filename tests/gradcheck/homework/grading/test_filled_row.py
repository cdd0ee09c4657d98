"""What a row says of the parts: what they have in common once."""

from dataclasses import replace

from gradcheck.homework.finding import oddity
from gradcheck.homework.grading.filled_row import NOT_ISOLATED, filled
from gradcheck.homework.grading.grade_table import Row
from tests.gradcheck.homework.grading.handmade import RIGHT, WRONG, found_of, part_task

ROW = Row("ann", "failed")
TASK = part_task()
AFFINE = replace(TASK, how=replace(TASK.how, class_name="affine"))
RELU = replace(TASK, how=replace(TASK.how, class_name="relu"))


def test_what_all_parts_have_in_common_is_said_once_without_their_names() -> None:
    printed, own = oddity("It printed 3 bytes."), oddity("It keeps state.")
    parts = [
        found_of(RIGHT, AFFINE, findings=(printed,), cost="the sum"),
        found_of(WRONG, RELU, findings=(printed, own), cost="the sum"),
    ]
    row = filled(ROW, parts, ["It wrote 1 file: a.", "It wrote 1 file: a."], True)
    assert row.remarks == "It printed 3 bytes. relu: It keeps state. It wrote 1 file: a."
    assert row.cost_taken == "the sum"
    assert row.part_points == (("affine", 10.0), ("relu", 2.5))
    assert (row.verdict, row.points, row.arrays_right) == ("disagree", 12.5, 0.75)


def test_one_part_has_no_points_of_its_own_and_no_name() -> None:
    part = found_of(None, AFFINE, failure="f() raised KeyError", traceback='  File "a.py", line 3')
    row = filled(ROW, [part], [], True)
    assert (row.part_points, row.error) == ((), "f() raised KeyError (a.py, line 3)")


def test_deeds_without_isolation_have_a_warning() -> None:
    part = found_of(RIGHT, deeds=("It opened the network.",))
    assert filled(ROW, [part], [], False).remarks == NOT_ISOLATED
    assert filled(ROW, [part], [], True).remarks == ""
