"""What is said of submissions while they are checked."""

import re
from contextlib import redirect_stderr

import pytest

from gradcheck.commands.output import progress as module
from gradcheck.commands.output.running_progress import RunningProgress, running_text
from tests.gradcheck.commands.outcomes import Terminal
from tests.gradcheck.commands.output.test_progress import Clock


def test_names_are_short_and_plain() -> None:
    text = running_text([("a/very/long/path/of/alice\x1b[31m.py", 2.0)])
    assert text == "grading ...alice?[31m.py (2 s)"
    assert text.isprintable()


def test_a_terminal_shows_what_runs_and_how_many_are_finished(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    for variable in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    with redirect_stderr(Terminal()) as terminal, RunningProgress(40) as progress:
        clock.now += 5.0
        progress.finished = 3
        progress.show([("alice.py", 5.0)])
    assert re.search(r"grading alice\.py \(5 s\).* 3 of 40", terminal.getvalue())


def test_elsewhere_there_is_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    with RunningProgress(40) as progress:
        progress.finished = 10
        progress.show([("alice.py", 0.5)])
        clock.now += 20.0
        progress.show([("alice.py", 20.5)])
    assert capsys.readouterr().err == (
        "gradcheck: grading alice.py (20 s): 10 of 40, 25 %, about a minute left\n"
    )
