"""Whatever a student's code raises becomes one line and the student's own frames."""

from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.student_code import StudentError, required_arguments
from tests.gradcheck.homework.students import caller

SOURCE = """
def outer():
    inner(2)

def inner(depth):
    if depth:
        inner(depth - 1)
    else:
        raise ValueError("here")

def many(depth):
    many(depth - 1) if depth else inner(0)
"""


def raised_in(path: Path, call: str) -> StudentError:
    """What a call of a function in a student's file raises."""
    path.write_text(SOURCE)
    names: dict[str, Any] = {}
    exec(compile(SOURCE, str(path), "exec"), names)
    with pytest.raises(StudentError) as error, caller(path).calling(call):
        eval(call, names)
    return error.value


def test_an_error_is_told_in_one_line_with_the_student_s_frames(tmp_path: Path) -> None:
    error = raised_in(tmp_path / "homework.py", "outer()")
    assert error.line == "outer() raised ValueError: here"
    assert 'File "homework.py", line 3, in outer' in error.traceback
    assert 'raise ValueError("here")' in error.traceback
    assert str(tmp_path) not in error.traceback
    assert "test_student_code" not in error.traceback


def test_of_many_frames_the_innermost_are_shown(tmp_path: Path) -> None:
    error = raised_in(tmp_path / "homework.py", "many(50)")
    assert error.traceback.startswith("  ... 48 calls above\n")
    assert raised_in(tmp_path / "homework.py", "many(3)").traceback.startswith("  ... 1 call above")
    assert error.traceback.count('File "') == 4


@pytest.mark.parametrize(
    ("raised", "line"),
    [
        (
            MemoryError(),
            "f(x) needed more memory than the limit allows; use --memory to allow more",
        ),
        (SystemExit(3), "f(x) ended the program with sys.exit(3); remove that call"),
        (KeyboardInterrupt(), "f(x) raised KeyboardInterrupt"),
        (StudentError("told already"), "told already"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_error_has_its_line(raised: BaseException, line: str) -> None:
    with pytest.raises(StudentError) as error, caller().calling("f(x)"):
        raise raised
    assert error.value.line == line


def test_a_call_is_announced_before_it_is_made() -> None:
    announced: list[str] = []
    guard = caller(announced=announced)
    with guard.calling("f(x)"):
        assert announced == ["f(x)"]
    with guard.calling("g(x)", quietly=True):
        pass
    assert announced == ["f(x)"]


def three(x: float, y: float, *rest: float, scale: float = 1.0, **more: float) -> None:
    """Two arguments are required; the others are not."""


def test_required_arguments() -> None:
    assert required_arguments(three) == ["x", "y"]
    assert required_arguments(lambda: None) == []
    assert required_arguments(type) is None


def test_installed_packages_in_the_student_s_folder_are_not_the_student_s_code(
    tmp_path: Path,
) -> None:
    # The environment often lies in the same folder as the homework.
    package = tmp_path / ".venv" / "lib" / "site-packages" / "numbers.py"
    names: dict[str, Any] = {}
    exec(compile("def fails():\n    raise ValueError('there')\n", str(package), "exec"), names)
    homework = tmp_path / "homework.py"
    exec(compile("def calls():\n    fails()\n", str(homework), "exec"), names)
    with pytest.raises(StudentError) as error, caller(homework).calling("calls()"):
        eval("calls()", names)
    assert 'File "homework.py", line 2, in calls' in error.value.traceback
    assert "numbers.py" not in error.value.traceback
