"""With an assignment no message advises an option that is refused."""

from pathlib import Path

import pytest

from gradcheck.homework.finding import oddity
from gradcheck.homework.grading.grade import grade
from gradcheck.homework.grading.handed_in import find_submissions
from gradcheck.homework.grading.limit_words import without_options
from gradcheck.homework.grading.task import PartTask, Task
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.part_report import PartReport
from gradcheck.homework.process.limits import Limits, Usage
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.grading.handmade import RIGHT

LIMITS = Limits(20.0, 20.0, 300_000_000, watch_memory=True)


@pytest.mark.parametrize(
    ("seconds", "total", "memory", "words"),
    [
        (21.0, 21.0, 0, "f() took more than the 20 seconds allowed and was stopped (an endless"),
        (0.0, 21.0, 0, "The class took more than the 20 seconds allowed in all and was stopped"),
        (0.0, 0.0, 400_000_000, "f() used more than the memory allowed and was stopped"),
    ],
)
def test_a_broken_limit_is_told_without_an_option(
    seconds: float, total: float, memory: int, words: str
) -> None:
    line = LIMITS.broken("f()", seconds, total, lambda: Usage(memory, 0))
    assert line is not None
    assert "; use --" in line
    told = without_options(SubmissionReport(None, failure=line), LIMITS).failure
    assert told.startswith(words)
    assert "--" not in told


def test_remarks_and_what_was_left_out_are_told_so_too() -> None:
    line = "f(x) needed more memory than the limit allows; use --memory to allow more"
    plain = "f(x) needed more than the memory allowed"
    part = PartReport("f", RIGHT, (oddity(line),))
    found = SubmissionReport(RIGHT, (oddity(line),), parts=(part,), left_out=(LeftOut("f", line),))
    told = without_options(found, LIMITS)
    assert [each.text for each in (*told.findings, *told.parts[0].findings)] == [plain, plain]
    assert told.left_out[0].line == plain


def test_what_is_no_limit_stays() -> None:
    line = "f(x) raised ValueError: it took longer than 3 seconds"
    assert without_options(SubmissionReport(None, failure=line), LIMITS).failure == line


@pytest.mark.parametrize("is_assigned", [True, False])
def test_a_row_of_an_assignment_advises_no_option(tmp_path: Path, is_assigned: bool) -> None:
    (tmp_path / "loop.py").write_text("while True:\n    pass\n")
    how = Submission(Path("here"), "Network", limits=Limits(8.0, 8.0))
    task = Task((PartTask(how, is_assigned=is_assigned),))
    (graded,) = grade(find_submissions(tmp_path)[0], task)
    assert graded.row.verdict == "failed"
    assert ("--timeout" in graded.row.error) is not is_assigned
    assert ("took more than the 8 seconds allowed" in graded.row.error) is is_assigned
