"""The progress bar: on a terminal only, after a second, and wiped away in the end."""

import os
import re
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from gradcheck.commands.output import progress as module
from gradcheck.commands.output.progress import Progress
from tests.conftest import ROOT
from tests.gradcheck.commands.outcomes import Terminal, training

WIPED = "\x1b[1A\x1b[2K"  # one line up, and that line erased


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture(autouse=True)
def able_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever terminal the tests run on."""
    for variable in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_work_that_is_over_within_a_second_shows_nothing(clock: Clock) -> None:
    with redirect_stderr(Terminal()) as terminal, Progress("checking", 100) as progress:
        progress(10)
        clock.now += 0.9
        progress(90)
    assert terminal.getvalue() == ""


def test_longer_work_shows_its_count_and_wipes_it_away(clock: Clock) -> None:
    with redirect_stderr(Terminal()) as terminal, Progress("checking", 10_000) as progress:
        clock.now += 1.1
        progress(2_500)
        assert re.search(r"checking .* 2,500 costs, .*25%", terminal.getvalue())
        assert not terminal.getvalue().endswith(WIPED)
    assert terminal.getvalue().endswith(WIPED)


def test_it_is_drawn_a_few_times_a_second_at_most(clock: Clock) -> None:
    with redirect_stderr(Terminal()) as terminal, Progress("checking", 10_000) as progress:
        clock.now += 1.1
        progress(1)
        drawn = terminal.getvalue()
        for count in range(2, 1000):
            clock.now += 0.0001
            progress(count)
        assert terminal.getvalue() == drawn
        clock.now += 0.3
        progress(1000)
        assert "1,000 costs" in terminal.getvalue()


def test_a_new_label_is_drawn_at_once(clock: Clock) -> None:
    with redirect_stderr(Terminal()) as terminal, Progress("measuring", 3, "of 3 rows") as progress:
        progress(0, "measuring 4-3-2")
        assert "measuring 4-3-2" in terminal.getvalue()
        progress(1, "measuring 5-2")
        assert re.search(r"measuring 5-2 .* 1 of 3 rows", terminal.getvalue())


def test_it_never_says_that_all_is_done(clock: Clock) -> None:
    with redirect_stderr(Terminal()) as terminal, Progress("checking", 10) as progress:
        clock.now += 1.1
        progress(25)
    assert "99%" in terminal.getvalue()
    assert "100%" not in terminal.getvalue()


def test_cleared_away_it_comes_back_with_the_next_count(clock: Clock) -> None:
    with (
        redirect_stderr(Terminal()) as terminal,
        Progress("training", 100, "examples") as progress,
    ):
        clock.now += 1.1
        progress(10)
        progress.clear()
        assert terminal.getvalue().endswith(WIPED)
        clock.now += 0.3
        progress(20)
        assert "20 examples" in terminal.getvalue()
        assert not terminal.getvalue().endswith(WIPED)


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_nothing_is_shown_where_a_bar_cannot_change(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setenv("TERM", term)
    with redirect_stderr(Terminal()) as terminal, Progress("checking", 100) as progress:
        clock.now += 1.1
        progress(10)
    assert terminal.getvalue() == ""


def test_where_there_is_no_terminal_long_work_writes_a_line_now_and_then(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with Progress("checking", 1000) as progress:
        clock.now += 9.0
        progress(100, "something new")
        assert capsys.readouterr() == ("", "")
        for second in range(300):
            clock.now += 1.0
            progress(100 + second)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "gradcheck: something new: 100 costs, 10 %, about 2 minutes left"
    assert 4 <= len(lines) <= 8


def test_the_rate_is_told_where_it_says_something(clock: Clock) -> None:
    for unit, done, told in (("costs", 5_000, "5,000 costs, 2,500/s"), ("rows", 3, "3 rows ")):
        with redirect_stderr(Terminal()) as terminal, Progress("work", 10_000, unit) as progress:
            clock.now += 2.0
            progress(done)
            assert told in terminal.getvalue()
            assert (
                max(
                    map(
                        len, re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", terminal.getvalue()).splitlines()
                    )
                )
                <= 80
            )


def test_what_is_said_stays_above_the_bar(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with redirect_stderr(Terminal()) as terminal, Progress("measuring", 3) as progress:
        clock.now += 1.1
        progress(1)
        progress.say("row 1 [of] 3")
    assert "row 1 [of] 3\n" in terminal.getvalue().replace("\r", "")
    with Progress("measuring", 3) as progress:
        progress.say("row 1 of 3")
    assert capsys.readouterr().err == "row 1 of 3\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_within_the_epoch_on_a_terminal(digits: Path) -> None:
    import pty

    terminal, other_end = pty.openpty()
    many = ("--epochs", "1000000")
    process = subprocess.Popen(
        [sys.executable, "-m", "gradcheck.cli", *map(str, training(digits, *many))],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=other_end,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(other_end)
    with process:
        try:
            seen = b""
            while b"examples" not in seen:
                seen += os.read(terminal, 1024)
        finally:
            process.kill()
            os.close(terminal)
    assert re.search(rb"training .* [\d,]+ examples", seen)
