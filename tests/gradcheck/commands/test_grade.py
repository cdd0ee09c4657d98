"""``gradcheck grade`` as a lecturer and a script see it."""

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input
from tests.gradcheck.homework.students import FOLDER

BOOK = (FOLDER / "book.py").read_text("utf-8")
SIZES = ("--sizes", "5,4,3", "--batch-size", "3")


def test_all_right_is_exit_code_0(gradcheck_command: Command, submissions: Path) -> None:
    (submissions / "wrong.py").unlink()
    (submissions / "text.py").unlink()
    assert gradcheck_command("grade", submissions, *SIZES).code == 0


def test_nothing_decided_is_exit_code_3(gradcheck_command: Command, submissions: Path) -> None:
    (submissions / "wrong.py").unlink()
    (submissions / "text.py").unlink()
    # Weights so large that no gradient is left.
    saturated = BOOK.replace("np.random.randn(n, m)", "1e4 + np.zeros((n, m))")
    (submissions / "right.py").write_text(saturated)
    assert gradcheck_command("grade", submissions, *SIZES).code == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere does not exist; give the folder with the submissions"),
        ([".", "--csv", "nowhere/grades.csv"], "cannot be written"),
        ([".", "--sizes", "20"], "two or more layers"),
        ([".", "--memory", "1"], "--memory"),
    ],
)
def test_bad_input_is_one_line(
    gradcheck_command: Command,
    submissions: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(submissions)
    expect_bad_input(gradcheck_command("grade", *arguments), words)
