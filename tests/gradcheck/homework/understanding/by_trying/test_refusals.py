"""Of several errors, that of the attempt that came the farthest."""

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.refusals import (
    NothingCalled,
    Unmatched,
    most_telling,
)


def test_a_call_that_worked_came_farther_than_one_that_raised() -> None:
    raised, matched, later = StudentError("raised"), Unmatched("first"), Unmatched("second")
    assert most_telling([raised, matched, later]) is matched
    assert most_telling([raised, StudentError("other")]) is raised


def test_shapes_that_do_not_fit_say_least_but_for_nothing_at_all() -> None:
    nothing, key = NothingCalled("no cost"), StudentError("f(x) raised KeyError: 'W3'")
    shapes = StudentError("f(x) raised ValueError: shapes (5,6) and (10,6) not aligned")
    assert most_telling([nothing, shapes, key]) is key
    assert most_telling([nothing, shapes]) is shapes
