"""Parts that no submission has."""

from pathlib import Path

import pytest

from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.unknown_parts import unknown_parts
from gradcheck.homework.submission import Submission
from tests.conftest import Command
from tests.gradcheck.homework.grading.handmade import part_task, task_of

TASK = task_of(part_task(how=Submission(Path("here"), "relu_foward")))
ABSENT = Row("a.py", "failed", error="a.py has no class or function relu_foward: it has relu")
HAS = Row("b.py", "failed", error="relu_foward() raised ValueError", format="pairs")
UNREAD = Row("c.py", "failed", error="c.py, line 1 is not Python 3")


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([ABSENT], ["relu_foward"]),
        ([ABSENT, UNREAD], ["relu_foward"]),
        ([ABSENT, HAS], []),
        ([UNREAD], []),
        ([], []),
    ],
)
def test_only_a_part_that_nobody_has_is_named(rows: list[Row], names: list[str]) -> None:
    assert unknown_parts(rows, TASK) == names


PAIR = """
import numpy as np

def relu_forward(x):
    return np.maximum(x, 0), x

def relu_backward(dout, cache):
    return dout * (cache > 0)
"""


def test_the_command_warns_once(
    gradcheck_command: Command, tmp_path: Path, in_this_process: None
) -> None:
    (tmp_path / "in").mkdir()
    for name in ("ann", "ben"):
        (tmp_path / "in" / f"{name}.py").write_text(PAIR)
    assignment = tmp_path / "hw3.toml"
    parts = '[[part]]\nname = "relu_forward"\n[[part]]\nname = "relu_foward"\n'
    assignment.write_text(parts)
    command = ("grade", tmp_path / "in", "--assignment", assignment, "--jobs", "1")
    csv = tmp_path / "grades.csv"
    for _ in range(2):  # the rows of the second run are kept
        ended = gradcheck_command(*command, "--csv", csv)
        assert ended.err == (
            "gradcheck: no submission has relu_foward; is the name in hw3.toml right?\n"
        )
    assignment.write_text(parts.replace("relu_foward", "relu_backward"))
    assert "no submission has" not in gradcheck_command(*command).err
