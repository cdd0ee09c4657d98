"""Texts as cells of a CSV file that spreadsheets open: one line, and no formula."""

import re

from gradcheck.homework.student_text import printable

__all__ = ["cell_text", "line_text", "text_of_cell"]

# A spreadsheet reads a cell that begins with one of these as a formula. Such a cell gets an
# apostrophe before it. A text that begins with an apostrophe gets one more, so that the first can
# always be removed again.
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "'")
# In countries that write decimals with a comma, spreadsheets divide cells at a semicolon.
AFTER_SEMICOLON = re.compile(r"(; ?)(?=[=+@'-])")
ESCAPED_AFTER_SEMICOLON = re.compile(r"(; ?)'(?=[=+@'-])")
LONGEST_CELL = 131_072  # characters: what Python's csv reads, and more than a spreadsheet shows


def line_text(text: str) -> str:
    r"""A text in one line, without characters that control a terminal.

    >>> line_text("two\nlines")
    'two lines'
    """
    return " ".join(printable(text).split())[:LONGEST_CELL]


def cell_text(text: str) -> str:
    """A text in one line that no spreadsheet takes for a formula.

    >>> cell_text("=1+1"), cell_text("book.py")
    ("'=1+1", 'book.py')
    """
    text = AFTER_SEMICOLON.sub(r"\1'", line_text(text))
    return f"'{text}" if text.startswith(FORMULA_BEGINNINGS) else text


def text_of_cell(cell: str) -> str:
    """The text that ``cell_text`` made a cell of, in one line.

    >>> text_of_cell(cell_text("=1; -2")), text_of_cell("book.py")
    ('=1; -2', 'book.py')
    """
    if cell.startswith("'") and cell[1:].startswith(FORMULA_BEGINNINGS):
        cell = cell[1:]
    return ESCAPED_AFTER_SEMICOLON.sub(r"\1", cell)
