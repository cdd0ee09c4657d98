"""The processes of a submission: opened one by one, closed in any case."""

from pathlib import Path

import psutil
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_processes import SubmissionProcesses
from tests.gradcheck.homework.students import FOLDER, submission


def children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def test_each_process_has_the_class_and_all_are_closed() -> None:
    with SubmissionProcesses(submission(FOLDER / "book.py", "Network")) as processes:
        first, second = processes.open(), processes.open()
        assert len(children()) == 2
        assert processes.opening_seconds > 0.0
    assert children() == []
    assert [value.tolist() for value in first.parts[0].values] == [
        value.tolist() for value in second.parts[0].values
    ]


def test_they_are_closed_after_an_error_too() -> None:
    asked = submission(FOLDER / "broken.py", "NoBackprop")
    with SubmissionProcesses(asked) as processes, pytest.raises(StudentError, match="backprop"):
        processes.open()
    assert children() == []


def test_what_the_class_printed_is_kept(tmp_path: Path) -> None:
    book = (FOLDER / "book.py").read_text("utf-8")
    (tmp_path / "loud.py").write_text(book + "\nprint('x' * 1000 + '\\x1b')\n")
    with SubmissionProcesses(submission(tmp_path / "loud.py", "Network")) as processes:
        processes.open()
    (printed,) = processes.printed()
    assert printed.kind == "oddity"
    assert printed.text == f"It printed 1,002 bytes: {'x' * 120}..."


def test_a_silent_class_printed_nothing() -> None:
    with SubmissionProcesses(submission(FOLDER / "book.py", "Network")) as processes:
        processes.open()
    assert processes.printed() == []
