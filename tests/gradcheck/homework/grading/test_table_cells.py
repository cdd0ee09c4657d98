"""Texts as cells."""

import pytest

from gradcheck.homework.grading.table_cells import cell_text, line_text, text_of_cell


@pytest.mark.parametrize("text", ["=1", "a; -2", "'=1", "''", "plain", "+x", "@y"])
def test_a_cell_gives_its_text_back_and_is_no_formula(text: str) -> None:
    cell = cell_text(text)
    assert text_of_cell(cell) == text
    assert all(not each.startswith(("=", "+", "-", "@")) for each in cell.split("; "))


def test_a_text_is_one_line() -> None:
    assert line_text("two\n  lines\x1b[1m") == "two lines?[1m"
