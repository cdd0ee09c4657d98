"""Of several errors, that of the attempt that came the farthest."""

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.refusals import Unmatched, most_telling


def test_a_call_that_worked_came_farther_than_one_that_raised() -> None:
    raised, matched, later = StudentError("raised"), Unmatched("first"), Unmatched("second")
    assert most_telling([raised, matched, later]) is matched
    assert most_telling([raised, StudentError("other")]) is raised
