"""What the source says: names that are returned, and whether a file is a program."""

from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.understanding.pairs.returned_names import has_own_program, returned_names


def several(x: Any) -> Any:
    def inner() -> Any:
        return x, x

    if x is None:
        return x
    dx = inner()
    return dx, 2 * x


def nothing(x: Any) -> None:
    pass


def test_the_last_return_statement_counts() -> None:
    assert returned_names(several) == ["dx", None]
    assert returned_names(nothing) == []
    assert returned_names(len) == []


@pytest.mark.parametrize(
    ("text", "is_program"),
    [("def f(): pass", False), ("for k in range(3): pass", True), ("def f(:", True)],
)
def test_programs(tmp_path: Path, text: str, is_program: bool) -> None:
    path = tmp_path / "homework.py"
    path.write_text(text, encoding="utf-8")
    assert has_own_program(path) is is_program
