"""A student's file: run as Python runs it, or told why it cannot be."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.load_class import load_class
from tests.gradcheck.homework.students import caller

pytestmark = pytest.mark.usefixtures("in_this_process")

NETWORK = "class Network:\n    pass\n"


def loaded(tmp_path: Path, content: str | bytes, name: str = "Network") -> Callable[..., Any]:
    path = tmp_path / "homework.py"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_class(caller(path), name)


def test_a_class_and_a_function_that_builds_one(tmp_path: Path) -> None:
    assert loaded(tmp_path, NETWORK).__name__ == "Network"
    assert loaded(tmp_path, "def build(sizes):\n    return sizes\n", "build")([1]) == [1]


def test_the_file_imports_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text(NETWORK)
    assert loaded(tmp_path, "from helper import Network\n").__name__ == "Network"


def test_what_runs_only_as_a_program_does_not_run(tmp_path: Path) -> None:
    trains = f"{NETWORK}if __name__ == '__main__':\n    raise SystemExit\n"
    assert loaded(tmp_path, trains).__name__ == "Network"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "homework.py is empty"),
        ("  \n", "homework.py is empty"),
        (NETWORK.encode("utf-16"), "is UTF-16; save it as UTF-8"),
        ('{"cells": []}', "is a notebook; save it as a Python file"),
        ("x = 1\n", "has no class Network: it has none"),
        ("class A: pass\nclass B: pass\n", "has no class Network: its classes are A, B"),
        ("class Netwrok: pass\n", "did you mean Netwrok?"),
        ("Network = 3\n", "Network in homework.py is of type int; it should be a class"),
        ("print 'hello'\n", "reading homework.py as Python 3 raised SyntaxError"),
        ("raise ValueError('no')\n", "importing homework.py raised ValueError: no"),
        ("import sys\nsys.exit()\n", "importing homework.py ended the program with sys.exit(None)"),
        (NETWORK.encode() + b"name = 'caf\xe9'\n", "'utf-8' codec can't decode byte 0xe9"),
    ],
)
def test_what_cannot_be_loaded(tmp_path: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(StudentError) as error:
        loaded(tmp_path, content)
    assert words in error.value.line


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StudentError, match=r"gone\.py cannot be read: No such file"):
        load_class(caller(tmp_path / "gone.py"), "Network")
