"""A check that is interrupted shows what was finished, and ends at once."""

import contextlib
import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.first_measurement import measure_slopes
from tests.conftest import ROOT, Command
from tests.ctrl_c import started_for_ctrl_c
from tests.gradcheck.commands.outcomes import words_of

SMALL = ("--sizes", "4,3,2")


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_interrupted_check_shows_what_was_finished_and_is_exit_code_130(
    monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command, form: str
) -> None:
    measured: list[int] = []

    def interrupted(entries: Any, *arguments: Any) -> Any:
        if len(measured) == 2:
            raise KeyboardInterrupt
        measured.append(entries.arrays[0].which)
        return measure_slopes(entries, *arguments)

    monkeypatch.setattr("gradcheck.verdicts.judged_entries.measure_slopes", interrupted)
    asked = ("verify", *SMALL, "--engine", "one-by-one")  # each array by itself
    ended = gradcheck_command(*asked, *(("--json",) if form == "json" else ()))
    assert ended.code == 130
    assert ended.err.strip() == "gradcheck: interrupted"
    if form == "json":
        assert ended.out == ""
    else:
        assert "layer 1 biases" in ended.out
        assert "layer 2" not in ended.out
        assert "INTERRUPTED These arrays were finished" in words_of(ended)
        assert "AGREE" not in ended.out


def test_a_check_interrupted_in_its_first_array_says_that_none_was_finished(
    monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command
) -> None:
    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("gradcheck.verdicts.judged_entries.measure_slopes", interrupted)
    ended = gradcheck_command("verify", *SMALL)
    assert ended.code == 130
    assert words_of(ended).startswith("INTERRUPTED No array was finished; ")
    assert "--sample 200" in ended.out
    assert gradcheck_command("verify", *SMALL, "--json").out == ""


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_an_interrupted_sweep_shows_the_steps_that_were_finished(
    monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command, options: tuple[str, ...]
) -> None:
    made: list[float] = []
    slopes = Entries.slopes

    def interrupted(entries: Entries, epsilon: float) -> Any:
        made.append(epsilon)
        if len(made) == 60:
            raise KeyboardInterrupt
        return slopes(entries, epsilon)

    monkeypatch.setattr(Entries, "slopes", interrupted)
    ended = gradcheck_command("step-sweep", *SMALL, *options)
    assert ended.code == 130
    assert ended.err.strip() == "gradcheck: interrupted"
    if options:
        assert ended.out == ""
        return
    assert "float64: error by step" in ended.out
    assert "INTERRUPTED in float64, after the step" in words_of(ended)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("engine", ["one-by-one", "batched"])
def test_ctrl_c_ends_a_long_check_at_once(engine: str) -> None:
    import pty

    # To its end each of them would take half an hour or longer.
    sizes = {"one-by-one": "784,1000,10", "batched": "1500,1000,1000,10"}[engine]
    terminal, other_end = pty.openpty()
    process = started_for_ctrl_c(
        [sys.executable, "-m", "gradcheck.cli", "verify", "--sizes", sizes, "--engine", engine],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=other_end,
    )
    os.close(other_end)
    with process:
        try:
            seen = b""
            while b" costs" not in seen:  # the progress line: it is at work
                seen += os.read(terminal, 1024)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=120) == 130
            with contextlib.suppress(OSError):  # how the end of a terminal reads
                while more := os.read(terminal, 1024):
                    seen += more
        finally:
            process.kill()
            os.close(terminal)
    assert seen.rstrip().endswith(b"gradcheck: interrupted")
    assert b"Traceback" not in seen
