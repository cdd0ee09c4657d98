"""A small picture of dots in text."""

from gradcheck.show.dots import COLUMNS, LINES, dots_text


def test_equal_numbers_lie_on_the_diagonal_and_others_do_not() -> None:
    lines = dots_text([0.0, 1.0, 1.0], [0.0, 1.0, 0.0]).splitlines()
    assert len(lines) == LINES
    assert max(map(len, lines)) == COLUMNS
    assert lines[0].index("o") == COLUMNS - 1  # (1, 1), above on the right
    assert [at for at, mark in enumerate(lines[-1]) if mark == "o"] == [0, COLUMNS - 1]


def test_one_number_alone_has_a_picture() -> None:
    assert "o" in dots_text([2.0], [2.0])
