"""How many of a class made which mistake."""

from pathlib import Path

import pytest

from gradcheck.homework.grading.filled_row import NOT_ASKED_FOR
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.mistakes import (
    draw_mistakes,
    mistakes_of,
    mistakes_table,
    mistakes_text,
)
from gradcheck.show.figures import save_figure
from gradcheck.show.text import plain_text

SIGN = "sign-flipped: The sign is wrong."
ROWS = [
    Row("a", "agree"),
    Row("b", "agree"),
    Row("c", "agree", remarks="differences: backprop calls the cost."),
    Row("d", "agree", remarks=f"{NOT_ASKED_FOR}: its cost is 3. differences: too."),
    Row("e", "disagree", likely_cause="factor-two: It is twice that."),
    Row("f", "disagree", likely_cause=SIGN),
    Row("g", "disagree", likely_cause=f"Network: {SIGN}; affine: factor-two: It is twice that."),
    Row("h", "disagree", likely_cause=""),
    Row("i", "undecided"),
    Row("j", "failed", error="It hangs."),
]
COUNTS = (
    ("right", 2),
    ("right, but takes differences", 2),
    ("right, but not what was asked for", 1),
    ("factor-two", 2),
    ("sign-flipped", 2),
    ("wrong, no known mistake fits", 1),
    ("undecided", 1),
    ("could not be checked", 1),
)


def test_each_mistake_of_a_submission_counts_and_the_most_common_one_comes_first() -> None:
    found = mistakes_of(ROWS)
    assert found.counts == COUNTS
    # Two submissions are in two groups.
    assert found.total == len(ROWS) == sum(count for _, count in COUNTS) - 2


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.submission)
def test_the_groups_of_a_row_are_among_those_of_the_whole(row: Row) -> None:
    counts = dict(mistakes_of([row]).counts)
    assert counts
    assert set(counts.values()) == {1}
    assert set(counts) <= set(dict(COUNTS))


def test_the_same_mistake_in_two_parts_counts_once() -> None:
    cause = f"Network: {SIGN}; affine, relu: {SIGN}; x: missing"
    row = Row("a", "failed", error="conv: it hangs", likely_cause=cause)
    assert mistakes_of([row]).counts == (
        ("a gradient is missing", 1),
        ("sign-flipped", 1),
        ("could not be checked", 1),
    )


def test_nobody_made_no_mistake() -> None:
    found = mistakes_of([])
    assert (found.counts, found.total) == ((), 0)
    assert mistakes_table(found).rows == ()


def test_table_text_and_figure_have_every_group(tmp_path: Path) -> None:
    found = mistakes_of(ROWS)
    table = " ".join(plain_text([mistakes_table(found)]).split())
    assert "right 2 20%" in table
    assert "sign-flipped 2 20%" in table
    text = mistakes_text(found)
    assert text.startswith("Bars: how many of 10 submissions belong to each group: right 2, ")
    save_figure(draw_mistakes(found, "Homework 3"), tmp_path / "mistakes.svg", text)
    drawn = (tmp_path / "mistakes.svg").read_text("utf-8")
    assert "Homework 3" in drawn
    assert all(f"{name} {count}" in drawn for name, count in COUNTS)
