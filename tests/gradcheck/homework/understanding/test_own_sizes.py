"""The sizes that a student's file itself uses."""

from pathlib import Path

import pytest

from gradcheck.homework.understanding.own_sizes import has_one_output


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("train(X, Y, [2, 20, 3, 1])", True),
        ("dims = [4, 3, 1]\nxor = [[0, 1], [1, 0]]\nlabels = [0, 1, 1, 0]", True),
        ("dims = [4, 3, 1]\nothers = [784, 30, 10]", False),
        ("dims = [784, 30, 10]", False),
        ("pair = [2, 1]\nones = [1, 1, 1]\nflags = [True, 4, 1]\nwords = ['a', 3, 1]", False),
        ("x = 1", False),
        ("this is no Python", False),
    ],
)
def test_lists_of_sizes_that_end_in_one(tmp_path: Path, text: str, is_one: bool) -> None:
    path = tmp_path / "homework.py"
    path.write_text(text, encoding="utf-8")
    assert has_one_output(path) is is_one


def test_a_file_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert not has_one_output(tmp_path / "nowhere.py")
