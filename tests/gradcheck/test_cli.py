"""The group: help, start-up, and how every ending becomes an exit code."""

import os
import re
import subprocess
import sys

import pytest

from gradcheck.cli import COMMANDS
from nets.errors import BadInput
from tests.conftest import ROOT, Command

HEAVY = (
    "array_api_compat",
    "cupy",
    "matplotlib",
    "numpy",
    "pooch",
    "psutil",
    "requests",
    "rich",
    "threadpoolctl",
)


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_lists_every_command_and_an_example(gradcheck_command: Command, option: str) -> None:
    ended = gradcheck_command(option)
    assert ended.code == 0
    for name, line in COMMANDS.items():
        assert name in ended.out
        assert line in ended.out
    assert "gradcheck verify --sizes 784,30,10" in ended.out


def test_help_of_a_real_process(gradcheck_process: Command) -> None:
    ended = gradcheck_process("--help")
    assert ended.code == 0
    assert ended.out.startswith("Usage: gradcheck")
    assert ended.err == ""


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from gradcheck.cli import main\n"
        "try:\n"
        "    main(['--help'])\n"
        "except SystemExit:\n"
        f"    print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stderr.strip() == "[]"


def test_version(gradcheck_command: Command) -> None:
    ended = gradcheck_command("--version")
    assert ended.code == 0
    assert "gradcheck" in ended.out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_tells_examples_and_exit_codes(
    gradcheck_command: Command, command: str
) -> None:
    ended = gradcheck_command(command, "--help")
    assert ended.code == 0
    text = " ".join(ended.out.split())
    assert f"gradcheck {command}" in text
    assert "Exit code: 0" in text
    assert max(map(len, ended.out.splitlines())) <= 80


def test_without_a_command_three_things_to_type_go_to_standard_error(
    gradcheck_command: Command,
) -> None:
    ended = gradcheck_command()
    assert ended.code == 2
    assert ended.out == ""
    lines = ended.err.splitlines()
    assert len(lines) <= 10
    assert max(map(len, lines)) <= 80
    typed = [re.split(r" {3,}", line.strip())[0] for line in lines if line.startswith("  ")]
    assert len(typed) == 3
    assert "gradcheck --help" in ended.err
    for command in typed:  # each is understood; the help ends it before the work begins
        words = command.split()
        assert words[0] == "gradcheck"
        assert gradcheck_command(*words[1:], "--help").code == 0


def test_the_package_runs_as_a_program() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "gradcheck", "verfy"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("gradcheck: no command 'verfy'; did you mean verify?")


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        (["gradcheck", "ver"], "verify"),
        (["gradcheck", "verify", "--activation", "sig"], "sigmoid"),
        (["gradcheck", "verify", "--deta"], "--details"),
        (["gradcheck", "verify", "--bug", "bias-not"], "bias-not-summed"),
        (["gradcheck", "quarrel"], ""),
    ],
)
def test_the_shell_completes(
    monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command, typed: list[str], completed: str
) -> None:
    monkeypatch.setenv("_GRADCHECK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(typed))
    monkeypatch.setenv("COMP_CWORD", str(len(typed) - 1))
    ended = gradcheck_command()
    assert ended.code == 0
    assert ended.out.split() == ([f"plain,{completed}"] if completed else [])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_lines_that_a_shell_reads(
    monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command, shell: str
) -> None:
    monkeypatch.setenv("_GRADCHECK_COMPLETE", f"{shell}_source")
    if shell == "bash":  # click asks for its version
        monkeypatch.setattr("click.shell_completion.BashComplete._check_version", lambda *_: None)
    ended = gradcheck_command()
    assert ended.code == 0
    assert f"_GRADCHECK_COMPLETE={shell}_complete" in ended.out
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert f"_GRADCHECK_COMPLETE={shell}_source gradcheck" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["verfy"], "no command 'verfy'; did you mean verify? The commands are verify, "),
        (["conjure"], "no command 'conjure'; the commands are verify"),
        (["--louder"], "No such option"),
        (["verify", "--louder"], "No such option"),
        (["verify", "surplus"], "Got unexpected extra argument"),
    ],
)
def test_bad_usage_is_one_line(
    gradcheck_command: Command, arguments: list[str], message: str
) -> None:
    ended = gradcheck_command(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("gradcheck: ")
    assert message in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (BadInput("two is not three"), 2, "gradcheck: two is not three\n"),
        (
            MemoryError("9 TB"),
            2,
            "gradcheck: out of memory (9 TB); use smaller layers, batches or files\n",
        ),
        (KeyboardInterrupt(), 130, "gradcheck: interrupted\n"),
    ],
)
def test_every_ending_has_its_code_and_one_line(
    monkeypatch: pytest.MonkeyPatch,
    gradcheck_command: Command,
    error: BaseException,
    code: int,
    message: str,
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr("gradcheck.commands.runs.verify_network.check_network", fail)
    ended = gradcheck_command("verify", "--sizes", "2,2")
    assert (ended.code, ended.out, ended.err) == (code, "", message)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise on Windows")
@pytest.mark.parametrize("arguments", [("--help",), ("verify", "--sizes", "3,2")])
def test_a_reader_that_has_seen_enough_is_no_error(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    # Closed before a word is written, as by `head` that has finished.
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "gradcheck.cli", *arguments],
            cwd=ROOT,
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert ended.stderr == b""
    assert ended.returncode == 0  # 1 would mean a disagreement
