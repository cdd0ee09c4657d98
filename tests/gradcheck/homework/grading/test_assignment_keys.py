"""The keys of an assignment file: what each may hold, and its line."""

import re
from typing import Any

import pytest

from gradcheck.homework.grading.assignment_keys import (
    EARNED,
    PART,
    REFERENCE,
    TOP,
    Key,
    checked_table,
    line_of,
)
from nets.errors import BadInput

KEYS = {key.name: key for key in (*TOP, *PART, *EARNED, *REFERENCE)}


@pytest.mark.parametrize(
    ("name", "fitting", "others"),
    [
        ("title", ["HW 3"], ["", "  ", 3, None]),
        ("files", [["a.py"], ["a.py", "*.ipynb"]], [[], "a.py", [""], [3]]),
        ("seconds", [0.1, 20, 86_400], [0.0, 90_000, True, "20", float("nan")]),
        ("memory", [10, 1000], [9, 10.0, True]),
        ("hints", [0, 3], [4, -1, False, 1.0]),
        ("isolate", [True, False], [1, "yes"]),
        ("sizes", [[4, 2]], [[4], [4, 0], [4, 2.0], 4, []]),
        ("arrays", [{}, {"x": [4, 5]}], [{"x": [4, 0]}, {"x": []}, {"x": 4}, [4, 5]]),
        ("seeds", [[0], [0, 1]], [[], [-1], 3]),
        ("format", ["book-class"], ["book", ["book-class"], {}]),
        ("digits", [1, 4.5, 12], [0, 13]),
        ("points", [0, 2.5], [-1, "ten"]),
        ("arrays_right", [0, 0.5, 1], [1.1, -0.1]),
        ("hidden", ["tanh"], ["gelu", 1]),
    ],
)
def test_a_key_holds_what_fits(name: str, fitting: list[Any], others: list[Any]) -> None:
    assert [value for value in fitting if not KEYS[name].fits(value)] == []
    assert [value for value in others if KEYS[name].fits(value)] == []


TEXT = """title = "HW"
[[part]]
name = "Network"
points = 6
[part.earns]
arrays_right = 0.5
[[part]]
name = "affine"
earns = { differences = 0.25 }
"""


@pytest.mark.parametrize(
    ("at", "part", "name", "line"),
    [
        ("", 0, "title", 1),
        ("part", 1, "name", 3),
        ("part.earns", 1, "arrays_right", 6),
        ("part", 2, "name", 8),
        ("part.earns", 2, "differences", 9),
        ("part", 2, "points", 7),  # there is none in this part: the line of the table
        ("", 0, "nowhere", 1),
    ],
)
def test_a_key_is_found_on_its_line(at: str, part: int, name: str, line: int) -> None:
    assert line_of(TEXT, at, part, name) == line


def test_a_table_with_the_right_keys_is_returned_as_it_is() -> None:
    table = {"arrays_right": 0.5}
    assert checked_table(table, EARNED, "part.earns", 1, TEXT, "hw.toml") is table


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (
            {"arrays_right": 5},
            "hw.toml, line 6: arrays_right is 5; it should be a number from 0 to 1",
        ),
        (
            {"all_right": 1},
            "hw.toml, line 5: there is no key 'all_right' here; the keys are: arrays_right, "
            "constant_factor, wrong_sign, differences",
        ),
    ],
)
def test_a_wrong_key_is_told_with_its_line(table: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=f"^{re.escape(words)}$"):
        checked_table(table, EARNED, "part.earns", 1, TEXT, "hw.toml")


def test_any_name_can_be_looked_for() -> None:
    """A key in quotation marks may contain what has a meaning in a pattern."""
    text = "[[part]]\nname = 'x'\n\"a(\" = 1\n"
    assert line_of(text, "part", 1, "a(") == 3
    with pytest.raises(BadInput, match=re.escape("line 3: there is no key 'a(' here")):
        checked_table({"a(": 1}, (Key("name", "", bool),), "part", 1, text, "hw.toml")
