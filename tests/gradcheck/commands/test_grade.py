"""``gradcheck grade`` as a lecturer and a script see it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gradcheck.homework.grading.grade_table import read_rows
from tests.conftest import ROOT, Command
from tests.gradcheck.homework.students import FOLDER

BOOK = (FOLDER / "book.py").read_text("utf-8")
SIZES = ("--sizes", "5,4,3", "--batch-size", "3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A right submission, a wrong one, and one that is no Python."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "right.py").write_text(BOOK)
    (folder / "wrong.py").write_text(BOOK.replace("sigmoid(z) * (1 - sigmoid(z))", "sigmoid(z)"))
    (folder / "text.py").write_text("This is my homework.\n")
    return folder


def test_rows_a_summary_and_the_exit_code(gradcheck_command: Command, folder: Path) -> None:
    ended = gradcheck_command("grade", folder, *SIZES, "--jobs", "2")
    assert ended.code == 1
    lines = ended.out.splitlines()
    assert any(line.split()[:4] == ["right.py", "agree", "100%", "right"] for line in lines)
    assert any(line.split()[:4] == ["wrong.py", "disagree", "0%", "right"] for line in lines)
    assert "text.py as Python 3 raised SyntaxError" in " ".join(ended.out.split())
    assert lines[-1] == "3 submissions: 1 agree, 1 disagree, 0 undecided, 1 failed."
    assert max(map(len, lines)) <= 80
    assert ended.err == ""


def test_all_right_is_exit_code_0(gradcheck_command: Command, folder: Path) -> None:
    (folder / "wrong.py").unlink()
    (folder / "text.py").unlink()
    assert gradcheck_command("grade", folder, *SIZES).code == 0


def test_nothing_decided_is_exit_code_3(gradcheck_command: Command, folder: Path) -> None:
    (folder / "wrong.py").unlink()
    (folder / "text.py").unlink()
    # Weights so large that no gradient is left.
    saturated = BOOK.replace("np.random.randn(n, m)", "1e4 + np.zeros((n, m))")
    (folder / "right.py").write_text(saturated)
    assert gradcheck_command("grade", folder, *SIZES).code == 3


def test_json_alone_on_standard_output(gradcheck_command: Command, folder: Path) -> None:
    (folder / "notes.txt").write_text("")
    ended = gradcheck_command("grade", folder, *SIZES, "--json")
    summary = json.loads(ended.out)
    assert summary["schema_version"] == 1
    assert summary["command"] == "grade"
    assert summary["counts"] == {"agree": 1, "disagree": 1, "undecided": 0, "failed": 1}
    right, text, wrong = summary["submissions"]
    assert (right["submission"], right["verdict"], right["arrays_right"]) == (
        "right.py",
        "agree",
        1.0,
    )
    assert text["arrays_right"] is None
    assert "SyntaxError" in text["error"]
    assert wrong["first_wrong"] == "layer 2 biases"
    assert ended.err == "gradcheck: passed over, as no Python files: notes.txt\n"


def test_a_table_is_kept_and_only_what_changed_is_graded_again(
    gradcheck_command: Command, folder: Path
) -> None:
    table = folder / "grades.csv"
    gradcheck_command("grade", folder, *SIZES, "--csv", table)
    first = table.read_bytes()
    assert list(read_rows(table)) == ["right.py", "text.py", "wrong.py"]
    again = gradcheck_command("grade", folder, *SIZES, "--csv", table)
    assert again.out.count(" kept\n") == 3
    assert again.err == ""
    assert table.read_bytes() == first
    (folder / "text.py").write_text(BOOK)
    third = gradcheck_command("grade", folder, *SIZES, "--csv", table)
    assert third.out.count(" kept\n") == 2
    assert read_rows(table)["text.py"].verdict == "agree"


def test_another_table_is_not_overwritten(gradcheck_command: Command, folder: Path) -> None:
    table = folder / "marks.csv"
    table.write_text("name,mark\n")
    ended = gradcheck_command("grade", folder, "--csv", table)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "is not a table of grades" in ended.err
    assert table.read_text() == "name,mark\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere does not exist; give the folder with the submissions"),
        ([".", "--net", "homework.py:Network"], "is no name of a class"),
        ([".", "--csv", "nowhere/grades.csv"], "cannot be written"),
        ([".", "--sizes", "20"], "two or more layers"),
        ([".", "--memory", "1"], "--memory"),
    ],
)
def test_bad_input_is_one_line(
    gradcheck_command: Command,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(folder)
    ended = gradcheck_command("grade", *arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert words in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise on Windows")
def test_interrupted_and_run_again(gradcheck_command: Command, folder: Path) -> None:
    (folder / "text.py").unlink()
    (folder / "z.py").write_text("while True:\n    pass\n")
    table = folder / "grades.csv"
    arguments = ["grade", str(folder), *SIZES, "--csv", str(table), "--jobs", "1"]
    running = subprocess.Popen(
        [sys.executable, "-u", "-m", "gradcheck.cli", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    # Both rows are shown only once they are in the table.
    rows = 0
    while rows < 2:
        rows += running.stdout.readline().startswith(("right.py", "wrong.py"))
    os.kill(running.pid, signal.SIGINT)
    _, said = running.communicate()
    assert running.returncode == 130
    assert said.strip().endswith("gradcheck: interrupted")
    assert list(read_rows(table)) == ["right.py", "wrong.py"]
    (folder / "z.py").write_text(BOOK)
    again = gradcheck_command(*arguments)
    assert again.out.count(" kept\n") == 2
    assert list(read_rows(table)) == ["right.py", "wrong.py", "z.py"]
