"""The pieces of a file whose network cannot be read."""

from dataclasses import replace
from typing import Any

import pytest

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, Part
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pieces.pieces_alone import pieces_alone
from tests.gradcheck.homework.parts import part_of

UNREAD = StudentError("forward(x) raised ValueError")


def piece(name: str, gradient: Any) -> Part:
    return replace(part_of(gradient=gradient), name=name)


RIGHT = [piece("one", lambda w: 2.0 * w), piece("two", lambda w: 2.0 * w)]
WRONG = piece("wrong", lambda w: w**3)
# A factor of a parameter's gradient may be a convention; see ``MeasuredFit``.
UNCLEAR = piece("halved", lambda w: w)


def alone(*parts: Part, **more: Any) -> Contract:
    return pieces_alone(Contract(parts, **more), "Net", [UNREAD], Asked())


def test_the_network_leaves_the_verdict_open() -> None:
    found = alone(*RIGHT, WRONG)
    assert [part.name for part in found.parts] == ["one", "two", "wrong"]
    assert found.left_out == (LeftOut("Net", UNREAD.line, is_open=True),)


def test_a_piece_that_may_follow_a_convention_is_not_judged() -> None:
    found = alone(*RIGHT, UNCLEAR)
    assert [part.name for part in found.parts] == ["one", "two"]
    assert [each.name for each in found.left_out] == ["halved", "Net"]


def test_one_piece_alone_says_too_little() -> None:
    with pytest.raises(StudentError, match="forward"):
        alone(RIGHT[0], UNCLEAR)


def test_a_piece_that_raises_something_is_not_judged() -> None:
    def broken(_: Any) -> Any:
        raise StudentError("it broke")

    assert [part.name for part in alone(*RIGHT, piece("broken", broken)).parts] == ["one", "two"]


def test_what_was_left_out_before_is_told_once() -> None:
    found = alone(*RIGHT, left_out=(LeftOut("Net", "as a layer"), LeftOut("Pool", "no meaning")))
    assert [(each.name, each.line) for each in found.left_out] == [
        ("Pool", "no meaning"),
        ("Net", UNREAD.line),
    ]


def test_a_network_that_could_not_be_built_leaves_nothing_open() -> None:
    class Net:
        def __init__(self, table: Any) -> None:
            raise TypeError("a table is needed")

    try:
        Net(None)
    except TypeError as cause:
        error = StudentError("Net(None) raised TypeError")
        error.__cause__ = cause
    pieces = Contract((UNCLEAR,))
    found = pieces_alone(pieces, "Net", [error], Asked())
    assert found.parts == pieces.parts
    assert [(each.name, each.is_open) for each in found.left_out] == [("Net", False)]
