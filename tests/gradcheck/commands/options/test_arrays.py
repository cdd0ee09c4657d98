"""``--arrays``: names and shapes, or a line that says what is wrong."""

import pytest

from gradcheck.commands.options.arrays import ShapesType
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input
from tests.gradcheck.homework.students import FOLDER


def test_names_and_shapes() -> None:
    found = ShapesType().convert("x=4x5, w = 5x3,b=3", None, None)
    assert found == {"x": (4, 5), "w": (5, 3), "b": (3,)}
    assert ShapesType().convert("", None, None) == {}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("x=4y5", "'x=4y5' is not a name and a shape; give them like x=4x5,w=5x3,b=3"),
        ("4x5", "is not a name and a shape"),
        ("x=4x0", "has no entries"),
        ("x=4,x=5", "x is given twice"),
    ],
)
def test_what_is_no_shape_is_one_line(gradcheck_command: Command, typed: str, words: str) -> None:
    ended = gradcheck_command("verify", "--net", FOLDER / "book.py", "--arrays", typed)
    expect_bad_input(ended, words)
