"""Code that hangs, crashes or hogs memory ends in a line, and leaves no process behind."""

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.process.limits import Limits, Usage
from gradcheck.homework.process.student_process import StudentProcess
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_report import SubmissionReport
from tests.gradcheck.homework.students import submission


@dataclass(frozen=True)
class Hurried(Limits):
    """Limits on the time of one call, in which a second counts as two minutes.

    All other calls may take any time, as they do on a busy machine.
    """

    call: str = ""

    def broken(
        self,
        running: str,
        call_seconds: float,
        total_seconds: float,
        usage: Callable[[], Usage | None],
    ) -> str | None:
        counted = 120.0 * call_seconds if running == self.call else 0.0
        return super().broken(running, counted, total_seconds, usage)


LIMITS = Limits(memory=200_000_000)

ENDINGS: dict[str, tuple[Limits, tuple[str, ...]]] = {
    "endless_import.py:Network": (
        Hurried(call_seconds=0.5),
        ("importing endless_import.py took longer than 0.125",),
    ),
    "broken.py:Endless": (
        Hurried(call="backprop(x, y)"),
        ("backprop(x, y) took longer than 60 seconds", "an endless loop?"),
    ),
    "broken.py:EndlessInCost": (
        Hurried(call="the cost"),
        ("the cost took longer than 60 seconds", "use --timeout to allow more"),
    ),
    "broken.py:OsExit": (LIMITS, ("backprop(x, y) ended its Python process with exit code 0",)),
    "broken.py:ExitsInCost": (LIMITS, ("ended its Python process with exit code 7",)),
    "broken.py:Crashes": (LIMITS, ("backprop(x, y)", "its Python process")),
    "broken.py:AsksForInput": (LIMITS, ("raised EOFError",)),
    "broken.py:WritesEverywhere": (LIMITS, ("backprop(x, y) closed the connection",)),
    "broken.py:DeletesItself": (LIMITS, ("backprop(x, y) raised ValueError: still here",)),
}


def check(folder: Path, name: str, limits: Limits) -> SubmissionReport:
    file, _, class_name = name.partition(":")
    before = {each.pid for each in psutil.Process().children(recursive=True)}
    found = check_submission(submission(folder / file, class_name, limits=limits))
    assert {each.pid for each in psutil.Process().children(recursive=True)} <= before
    return found


@pytest.mark.parametrize("name", ENDINGS)
def test_whatever_the_code_does_ends_in_a_line(submissions: Path, name: str) -> None:
    limits, words = ENDINGS[name]
    found = check(submissions, name, limits)
    assert found.word == "failed"
    assert "\n" not in found.failure
    for each in words:
        assert each in found.failure


def test_a_file_that_is_gone_still_shows_its_lines(submissions: Path) -> None:
    found = check(submissions, "broken.py:DeletesItself", LIMITS)
    assert not (submissions / "broken.py").exists()
    assert 'raise ValueError("still here")' in found.traceback


@pytest.mark.skipif(sys.platform != "linux", reason="where the system sees to the memory")
@pytest.mark.parametrize("name", ["broken.py:Hog", "broken.py:SlowHog"])
def test_the_system_sees_to_the_memory(submissions: Path, name: str) -> None:
    found = check(submissions, name, LIMITS)
    assert "backprop(x, y) needed more memory than the limit allows" in found.failure


def test_the_parent_sees_to_the_memory_where_the_system_does_not(submissions: Path) -> None:
    found = check(submissions, "broken.py:SlowHog", Limits(memory=50_000_000, watch_memory=True))
    assert "backprop(x, y) used more than 50 MB of memory" in found.failure


def test_a_limit_on_all_together(submissions: Path) -> None:
    found = check(submissions, "broken.py:Endless", Limits(total_seconds=2.0))
    assert "The class took longer than 2 seconds in all" in found.failure


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_what_it_leaves_behind_is_ended_too(submissions: Path) -> None:
    found = check(submissions, "broken.py:ForksAndExits", LIMITS)
    assert "ended its Python process with exit code 3" in found.failure
    folder = str(submissions)
    assert not [p for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == folder]


def test_megabytes_of_output_are_cut_and_cannot_command_the_terminal(submissions: Path) -> None:
    found = check(submissions, "broken.py:PrintsMegabytes", LIMITS)
    assert found.word == "agree"
    (printed,) = [each.text for each in found.findings if "printed" in each.text]
    assert printed.startswith("It printed ")
    assert "spam and eggs" in printed
    assert len(printed) < 200
    coloured = check(submissions, "odd.py:PrintsColour", LIMITS)
    (printed,) = [each.text for each in coloured.findings if "printed" in each.text]
    assert "\x1b" not in printed
    assert "red \u2603" in printed


def test_nothing_is_left_in_the_student_s_folder(submissions: Path) -> None:
    before = sorted(submissions.iterdir())
    check(submissions, "odd.py:Prints", LIMITS)
    assert sorted(submissions.iterdir()) == before


def test_a_process_that_is_told_to_stop(tmp_path: Path) -> None:
    stop = threading.Event()
    with StudentProcess(tmp_path, Limits(stop=stop)) as process:
        stop.set()
        with pytest.raises(StudentError, match="was stopped"):
            process.receive()  # of a question that was never asked


def test_what_is_printed_may_go_to_an_object_that_can_only_write(submissions: Path) -> None:
    assert check(submissions, "odd.py:SpeaksToNobody", LIMITS).word == "agree"


def test_a_right_class_is_not_stopped(submissions: Path) -> None:
    """The control: the limits alone end nothing."""
    assert check(submissions, "book.py:Network", LIMITS).word == "agree"


@pytest.mark.skipif(sys.platform == "win32", reason="where a process can be copied")
def test_a_copy_of_the_process_does_not_answer_in_its_place(submissions: Path) -> None:
    found = check(submissions, "broken.py:Forks", Limits(memory=1_000_000_000))
    assert found.word == "agree"
    assert any("It left 1 process running" in each.text for each in found.findings)


@pytest.mark.skipif(sys.platform == "win32", reason="where a process can be copied")
def test_memory_counts_for_all_processes_together(submissions: Path) -> None:
    found = check(submissions, "broken.py:HogsTogether", Limits(memory=60_000_000))
    assert "used more than 60 MB of memory" in found.failure
    alone = check(submissions, "broken.py:HogsAlone", Limits(memory=60_000_000))
    assert alone.word == "agree"


@pytest.mark.skipif(sys.platform == "win32", reason="where a process can get away")
def test_what_got_away_is_not_waited_for(submissions: Path) -> None:
    """It sleeps for an hour, which is longer than a test may take."""
    found = check(submissions, "broken.py:LeavesAProcess", LIMITS)
    assert "ended its Python process with exit code 4" in found.failure


def test_functions_of_numpy_that_are_replaced_end_in_a_line(submissions: Path) -> None:
    found = check(submissions, "broken.py:ReplacesFunctionsOfNumPy", LIMITS)
    assert "Does the file replace functions of NumPy?" in found.failure
