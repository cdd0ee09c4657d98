"""The tables of ``gradcheck verify`` on all sorts of terminals."""

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command
from tests.gradcheck.commands.outcomes import words_of
from tests.idx import IMAGES, LABELS, write_digits

SMALL = ("--sizes", "4,3,2")


@pytest.mark.parametrize("options", [(), ("--plain",), ("--details",)], ids=str)
@pytest.mark.parametrize(
    "arguments",
    [
        SMALL,
        ("--sizes", "784,30,10", "--sample", "30"),
        ("--sizes", "100,100,100,100,10", "--sample", "3", "--cost", "fused-softmax-cross-entropy"),
        ("--sizes", "4,3,2", "--activation", "relu", "--scheme", "five-point"),
    ],
)
def test_output_fits_80_columns(
    gradcheck_command: Command, arguments: tuple[str, ...], options: tuple[str, ...]
) -> None:
    ended = gradcheck_command("verify", *arguments, *options)
    assert ended.code == 0
    assert max(map(len, ended.out.splitlines())) <= 80


def test_plain_is_ascii_without_escapes(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL, "--plain")
    assert ended.out.isascii()
    assert "\x1b" not in ended.out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("options", "environment", "escapes"),
    [
        ((), {}, True),
        (("--plain",), {}, False),
        ((), {"NO_COLOR": "1"}, None),
        (("--json",), {}, False),
    ],
)
def test_colour_on_a_terminal(
    options: tuple[str, ...], environment: dict[str, str], escapes: bool | None
) -> None:
    import pty

    terminal, other_end = pty.openpty()
    inherited = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-m", "gradcheck.cli", "verify", *SMALL, *options],
        cwd=ROOT,
        stdout=other_end,
        stderr=subprocess.PIPE,
        env={**inherited, "TERM": "xterm-256color", "COLUMNS": "80", **environment},
    )
    os.close(other_end)
    seen = b""
    with process, contextlib.suppress(OSError):  # how the end of a terminal reads
        while more := os.read(terminal, 4096):
            seen += more
    os.close(terminal)
    assert process.returncode == 0
    colours = {b"\x1b[1;32m", b"\x1b[32m"}
    assert any(colour in seen for colour in colours) is bool(escapes)
    if escapes is False:
        assert b"\x1b" not in seen


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
        {"PYTHONIOENCODING": "utf-8", "TERM": "dumb"},
    ],
    ids=str,
)
def test_any_terminal_is_survived(gradcheck_process: Command, environment: dict[str, str]) -> None:
    ended = gradcheck_process("verify", *SMALL, **environment)
    assert ended.code == 0
    assert ended.err == ""
    assert "\x1b" not in ended.out
    assert "AGREE 23 of 23 entries" in ended.out
    assert "\\u" not in ended.out  # no box drawing where it cannot be shown
    assert max(map(len, ended.out.splitlines())) <= 80


def test_a_name_that_the_terminal_cannot_print(tmp_path: Path, gradcheck_pipe: Command) -> None:
    names = f"\N{SNOWMAN}-{IMAGES}", f"\N{SNOWMAN}-{LABELS}"
    folder = write_digits(tmp_path, names=names)
    options = ("--sizes", "16,5,10", "--init", "scaled", "--data", folder)
    ended = gradcheck_pipe("verify", *options, PYTHONIOENCODING="ascii")
    assert ended.code == 0
    assert ended.err == ""
    assert "\\u2603" in ended.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--scheme", "forward"), "one step up and one down for every entry, and again"),
        (("--scheme", "central"), "2 steps up and 2 down for every entry, and again"),
        (("--scheme", "five-point"), "3 steps up and 3 down for every entry, and again"),
        (("--scheme", "complex"), "one complex step for every entry, and again"),
        (("--sample", "2"), "one step up and one down for every entry of the sample, and again"),
    ],
    ids=" ".join,
)
def test_the_steps_are_those_of_the_scheme(
    gradcheck_command: Command, quick_timing: None, options: tuple[str, ...], said: str
) -> None:
    ended = gradcheck_command("verify", *SMALL, *options, "--details")
    found = re.search(
        r"The check computed the cost ([\d,]+) times: (.*?) where in doubt", words_of(ended)
    )
    assert found is not None
    assert found[2] == said
    record = json.loads(gradcheck_command("verify", *SMALL, *options, "--json").out)
    assert int(found[1].replace(",", "")) == record["evaluations"]


@pytest.mark.parametrize(
    ("options", "estimated"),
    [
        ((), True),
        (("--engine", "one-by-one"), False),
        (("--engine", "one-by-one", "--sample", "2"), True),
    ],
)
def test_what_was_not_measured_in_full_is_marked_as_an_estimate(
    gradcheck_command: Command, quick_timing: None, options: tuple[str, ...], estimated: bool
) -> None:
    ended = gradcheck_command("verify", *SMALL, *options, "--details")
    (line,) = [line for line in ended.out.splitlines() if line.startswith("equation (46), one by")]
    assert line.endswith("(estimate)") is estimated
