"""Tables that are wider than a line: they are cut between columns, never within a number."""

import io
import re

import pytest

from gradcheck.show.columns import NARROWEST, cuts, narrowest
from gradcheck.show.text import Table, rendered

WIDE = Table(
    "Wide",
    ("array", *(f"column {number}" for number in range(8))),
    (("layer 1 weights", *(f"{number}.25e-07" for number in range(8))),),
)


@pytest.mark.parametrize("columns", [30, 40, 60, 80, 200])
def test_no_number_is_split_and_no_column_is_lost(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradcheck.show.text.WIDTH", columns)
    text = rendered([WIDE], io.StringIO())
    lines = text.splitlines()
    assert max(map(len, lines)) <= columns
    for number in range(8):
        assert f"{number}.25e-07" in text
    headings = [line for line in lines if line.startswith("array")]
    assert (len(headings) > 1) is (columns < 120)
    rows = [line for line in lines if line.startswith("layer 1 weights")]
    assert len(rows) == len(headings)  # the name of the row stands in each of the pieces


def test_words_may_go_over_several_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gradcheck.show.text.WIDTH", 50)
    said = "The output is feedforward(x); it takes a whole mini-batch, an example in each column."
    text = rendered([Table("", ("", "what"), (("guess", said),), left=2)], io.StringIO())
    assert max(map(len, text.splitlines())) <= 50
    assert said in re.sub(r"\s+", " ", text)


def test_a_list_of_names_in_a_column_of_numbers_may_be_broken() -> None:
    names = "layer 1 weights, layer 1 biases, layer 2 weights"
    assert narrowest(["wrong", names], of_words=False) == NARROWEST
    assert narrowest(["wrong", "[1234, 5678]"], of_words=False) == len("[1234, 5678]")


def test_a_column_wider_than_the_line_stands_alone() -> None:
    assert cuts([4, 90, 3, 3], left=1, gap=1, room=40) == [range(1, 2), range(2, 4)]
