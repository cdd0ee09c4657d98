"""The forward pass: which method it is, and in which form it is called."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.forms import COLUMN, FLAT, ROWS, WHOLE
from gradcheck.homework.understanding.forward_pass import ForwardPass, find_forward_pass
from nets.arrays import HostArray
from tests.gradcheck.homework.students import SIZES, Book, batch_of, student_of
from tests.gradcheck.homework.understanding.classes import OneExample, Rows

BATCH = batch_of(SIZES)


class OneColumn(Book):
    """Takes a single example only, as a column."""

    def feedforward(self, a: HostArray) -> HostArray:
        assert a.shape == (SIZES[0], 1)
        return super().feedforward(a)


class MixesExamples(Book):
    """Takes a whole mini-batch, but gives something else for it."""

    def feedforward(self, a: HostArray) -> HostArray:
        return np.asarray(super().feedforward(a) / a.shape[1])


class Lists(Book):
    def feedforward(self, a: HostArray) -> Any:
        return super().feedforward(a).tolist()


FORMS = {
    Book: WHOLE,
    OneColumn: COLUMN,
    MixesExamples: COLUMN,
    OneExample: FLAT,
    Rows: ROWS,
    Lists: WHOLE,
}


def forward_of(built: Any) -> ForwardPass:
    return find_forward_pass(student_of(built(SIZES)), BATCH)


@pytest.mark.parametrize("built", FORMS, ids=lambda built: built.__name__)
def test_the_output_is_that_of_the_book(built: Any) -> None:
    forward = forward_of(built)
    assert forward.form is FORMS[built]
    expected = Book(SIZES).feedforward(BATCH.inputs)
    assert np.allclose(forward.output(BATCH.inputs), expected, rtol=1e-12)
    assert forward.finding().text == f"The output is feedforward(x); it takes {forward.form.name}."


def test_a_method_that_returns_something_else_is_passed_over() -> None:
    class AllActivations(Book):
        def feedforward(self, a: HostArray) -> Any:
            return [a, super().feedforward(a)]

        def predict(self, a: HostArray) -> HostArray:
            return super().feedforward(a)

    assert forward_of(AllActivations).name == "predict"


def test_without_a_method_the_message_names_one() -> None:
    class Silent(Book):
        feedforward = None  # type: ignore[assignment]

    with pytest.raises(StudentError, match=r"Silent has no method feedforward; add feedforward"):
        forward_of(Silent)


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        (np.ones((2, 1)), "feedforward(x) returned shape (2, 1) for x of shape (6, 1); it should"),
        ("text", "feedforward(x) returned an object of type str; it should return the output, an"),
        (None, "feedforward(x) returned shape () for x of shape (6, 1)"),
    ],
    ids=["shape", "text", "None"],
)
def test_an_output_that_is_none(returned: Any, words: str) -> None:
    class Wrong(Book):
        def feedforward(self, a: HostArray) -> Any:
            return returned

    with pytest.raises(StudentError) as error:
        forward_of(Wrong)
    assert words in error.value.line


def test_the_first_calls_are_announced_and_later_ones_are_not() -> None:
    announced: list[str] = []
    student = student_of(Book(SIZES))
    object.__setattr__(student.caller, "announce", announced.append)
    forward = find_forward_pass(student, BATCH)
    assert set(announced) == {"feedforward(x)"}
    before = len(announced)
    forward.output(BATCH.inputs)
    assert len(announced) == before
