"""Texts from a student's code: one line, and nothing that a terminal obeys."""

from gradcheck.homework.student_text import LONGEST_LINE, one_line, printable


class Silent(Exception):
    """An error of a student's that fails when it is asked for its message."""

    def __str__(self) -> str:
        raise RuntimeError("no message")


def test_an_error_becomes_one_line() -> None:
    assert (
        one_line(ValueError("shapes (3, 4)\n  and (5, 6)"))
        == "ValueError: shapes (3, 4) and (5, 6)"
    )
    assert one_line(KeyError()) == "KeyError"


def test_an_error_without_a_message_has_its_name() -> None:
    assert one_line(Silent()) == "Silent"


def test_a_long_line_is_cut_and_a_short_one_is_not() -> None:
    cut = one_line(ValueError("x" * 1000))
    assert len(cut) == LONGEST_LINE
    assert cut.endswith("x...")
    whole = one_line(ValueError("x" * 100))
    assert whole == "ValueError: " + "x" * 100


def test_what_a_terminal_obeys_is_replaced_and_the_rest_is_kept() -> None:
    assert printable("\x1b[2J\x07\u202ered") == "?[2J??red"
    assert printable("snow \u2603, two\nlines") == "snow \u2603, two\nlines"
