"""The function build of an adapter."""

from pathlib import Path

import pytest

from gradcheck.homework.loading.load_adapter import load_adapter
from gradcheck.homework.student_code import Caller, StudentError, Unread
from tests.gradcheck.homework.students import caller

pytestmark = pytest.mark.usefixtures("in_this_process")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "adapter.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_build_is_returned(tmp_path: Path) -> None:
    announced: list[str] = []
    path = written(tmp_path, "def build(module, sizes=()):\n    return module, sizes\n")
    build = load_adapter(path, Caller(tmp_path / "homework.py", announced.append))
    assert build(1, (4, 2)) == (1, (4, 2))
    assert announced == ["running adapter.py"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "from math import exp\ndef made(module): ...\ndef other(): ...\n",
            "adapter.py has no function build; its functions are: made, other. Add "
            "build(module, sizes)",
        ),
        (
            "build = 3\n",
            "adapter.py has no function build; its functions are: none. Add build(module, sizes)",
        ),
        (
            "def build(module): ...\n",
            "build in adapter.py takes (module); it should take two arguments: "
            "build(module, sizes)",
        ),
        (
            "def build(module, sizes, more): ...\n",
            "build in adapter.py takes (module, sizes, more); it should take two arguments: "
            "build(module, sizes)",
        ),
    ],
)
def test_another_build_is_refused(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(Unread) as error:
        load_adapter(written(tmp_path, text), caller())
    assert error.value.line == line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 / 0\n", "running adapter.py raised ZeroDivisionError"),
        ("def build(:\n", "running adapter.py raised SyntaxError"),
    ],
)
def test_a_file_that_fails_is_told(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(StudentError) as error:
        load_adapter(written(tmp_path, text), caller())
    assert error.value.line.startswith(words)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudentError, match=r"running gone\.py raised FileNotFoundError"):
        load_adapter(tmp_path / "gone.py", caller())
