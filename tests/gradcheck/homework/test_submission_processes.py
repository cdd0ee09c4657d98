"""The processes of a submission: opened one by one, closed in any case."""

import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_processes import SubmissionProcesses
from tests.gradcheck.homework.students import FOLDER, submission

# In the command line of a process with a student's class. Other tests leave other children.
SESSION = "gradcheck.homework.process.answer_questions"
# The class's own, and where there is a supervisor, that one.
FOR_EACH = 1 if sys.platform == "win32" else 2


def student_processes() -> set[psutil.Process]:
    """The processes with a student's class that this one has started, and that still run."""
    found = set()
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if any(SESSION in word for word in each.cmdline()):
                found.add(each)
    return found


def test_each_process_has_the_class_and_all_are_closed() -> None:
    before = student_processes()
    with SubmissionProcesses(submission(FOLDER / "book.py", "Network")) as processes:
        first, second = processes.open(), processes.open()
        started = student_processes() - before
        assert len(started) == 2 * FOR_EACH
        assert processes.opening_seconds > 0.0
    assert not any(each.is_running() for each in started)
    assert [value.tolist() for value in first.parts[0].values] == [
        value.tolist() for value in second.parts[0].values
    ]


def test_they_are_closed_after_an_error_too() -> None:
    before = student_processes()
    asked = submission(FOLDER / "broken.py", "NoBackprop")
    with SubmissionProcesses(asked) as processes:
        with pytest.raises(StudentError, match="backprop"):
            processes.open()
        started = student_processes() - before
        assert len(started) == FOR_EACH
    assert not any(each.is_running() for each in started)


def test_what_the_class_printed_is_kept(tmp_path: Path) -> None:
    book = (FOLDER / "book.py").read_text("utf-8")
    (tmp_path / "loud.py").write_text(book + "\nprint('x' * 1000 + '\\x1b')\n")
    with SubmissionProcesses(submission(tmp_path / "loud.py", "Network")) as processes:
        processes.open()
    (printed,) = processes.printed()
    assert printed.kind == "oddity"
    assert printed.text == f'It printed 1,002 bytes: "{"x" * 120}...".'


def test_a_silent_class_printed_nothing() -> None:
    with SubmissionProcesses(submission(FOLDER / "book.py", "Network")) as processes:
        processes.open()
    assert processes.printed() == []
