"""A run that is killed loses no row, leaves no process, and is continued."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gradcheck.homework.grading.kept_table import locked
from tests.benchmarks.grading import FEW_HOSTILE, make_class, measure
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input
from tests.gradcheck.homework.students import FOLDER

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")


def test_a_small_class_killed_and_continued(tmp_path: Path) -> None:
    make_class(tmp_path / "class", 5, FEW_HOSTILE)
    # None of these is endless, and on a busy machine none may be taken for it.
    found = measure(tmp_path, jobs=2, kill_after=2, seconds=600)
    _, killed, continued, last = found.runs
    assert len(killed.rows) == 2
    assert set(killed.rows) <= found.saved
    assert found.left == []
    assert continued.kept >= 2
    assert last.kept == len(found.tables[0]) == 5
    assert found.differing == []


def test_two_runs_on_one_table(
    gradcheck_command: Command, submissions: Path, tmp_path: Path
) -> None:
    table = tmp_path / "grades.csv"
    with locked(table):
        ended = gradcheck_command("grade", submissions, "--csv", table)
    expect_bad_input(ended, "grades.csv is being written by another gradcheck grade; wait until")


def test_isolation_that_is_demanded_and_not_there(
    gradcheck_command: Command, submissions: Path, tmp_path: Path
) -> None:
    """Without bwrap on the path; in a process of its own, as what was found is kept."""
    code = "import sys; from gradcheck.cli import main; sys.argv[0] = 'gradcheck'; main()"
    ended = subprocess.run(
        [sys.executable, "-c", code, "grade", str(submissions), "--isolate"],
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("gradcheck: --isolate is not possible here: ")
    assert ended.stderr.count("\n") == 1


def test_a_new_assignment_is_written_and_used(
    gradcheck_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = gradcheck_command("grade", "--new-assignment", "hw3.toml")
    assert ended.code == 0
    assert "gradcheck grade FOLDER --assignment hw3.toml" in ended.out
    expect_bad_input(gradcheck_command("grade", "--new-assignment", "hw3.toml"), "hw3.toml exists")
    Path("in").mkdir()
    book = (FOLDER / "book.py").read_text("utf-8")
    Path("in", "ann.py").write_text(book)
    ended = gradcheck_command(
        "grade", "in", "--assignment", "hw3.toml", "--plot", "class.svg", "--plain"
    )
    assert ended.code == 0
    assert "10 points" in ended.out
    assert "What the class handed in" in ended.out
    assert "right 1" in Path("class.svg").read_text("utf-8")
    twice = gradcheck_command("grade", "in", "--assignment", "hw3.toml", "--sizes", "3,2")
    expect_bad_input(twice, "--sizes cannot be given beside --assignment: write it into hw3.toml")
    expect_bad_input(gradcheck_command("grade"), "the folder with the submissions is missing")
