"""The line of the student's file beside why a check failed."""

import pytest

from gradcheck.homework.grading.student_line import with_line
from gradcheck.homework.submission_report import SubmissionReport

INNER = '  File "homework.py", line 7, in g\n    return 1 / 0\n'


@pytest.mark.parametrize(
    ("failure", "traceback", "said"),
    [
        ("It is gone", "", "It is gone"),
        (
            "f() raised ZeroDivisionError",
            INNER,
            "f() raised ZeroDivisionError (homework.py, line 7)",
        ),
        ("homework.py, line 7 is not Python 3", INNER, "homework.py, line 7 is not Python 3"),
    ],
)
def test_the_innermost_line_is_named_once(failure: str, traceback: str, said: str) -> None:
    assert with_line(SubmissionReport(None, failure=failure, traceback=traceback)) == said
