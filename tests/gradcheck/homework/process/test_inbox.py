"""What arrives through the pipes: answers in their order, signs of life, printed text."""

import io
import os
import queue
from typing import BinaryIO

import pytest

from gradcheck.homework.process.inbox import KEPT_OUTPUT, MOST_DEEDS, Inbox
from gradcheck.homework.process.messages import write_message

LONG = 120.0  # seconds: nothing takes so long unless a test fails


def pipe() -> tuple[BinaryIO, BinaryIO]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


def received(*messages: dict[str, object], printed: bytes = b"") -> Inbox:
    """An inbox to which these messages and this text were written; then the pipes end."""
    reading, writing = pipe()
    text_reading, text_writing = pipe()
    inbox = Inbox(reading, text_reading)
    for message in messages:
        write_message(writing, message)
    writing.close()
    text_writing.write(printed)
    text_writing.close()
    inbox.wait(LONG)
    return inbox


def test_answers_come_in_their_order_and_then_none() -> None:
    inbox = received({"number": 1}, {"running": "f(x)"}, {"number": 2, "costs": 7}, {"costs": 9})
    assert inbox.next_answer(LONG) == {"number": 1}
    assert inbox.next_answer(LONG) == {"number": 2, "costs": 7}
    assert inbox.next_answer(LONG) is None
    assert (inbox.running, inbox.costs) == ("f(x)", 9)
    assert not inbox.ended_in_rubbish


def test_without_an_answer_it_waits_no_longer_than_it_was_told() -> None:
    reading, writing = pipe()
    inbox = Inbox(reading, io.BytesIO())
    with pytest.raises(queue.Empty):
        inbox.next_answer(0.01)
    writing.close()
    assert inbox.next_answer(LONG) is None


@pytest.mark.parametrize("rubbish", [b"rubbish\n", b"[1]\n", b'{"costs": "many"}\n', b"\xff\n"])
def test_rubbish_ends_the_messages(rubbish: bytes) -> None:
    reading, writing = pipe()
    inbox = Inbox(reading, io.BytesIO())
    writing.write(rubbish)
    writing.flush()
    assert inbox.next_answer(LONG) is None
    assert inbox.ended_in_rubbish
    writing.close()


def test_of_what_is_printed_the_beginning_is_kept_and_all_is_counted() -> None:
    inbox = received(printed=b"abc" * KEPT_OUTPUT)
    assert inbox.output_size == 3 * KEPT_OUTPUT
    assert bytes(inbox.output) == (b"abc" * KEPT_OUTPUT)[:KEPT_OUTPUT]


def test_deeds_are_kept_up_to_a_few_and_are_no_answers() -> None:
    deeds: list[dict[str, object]] = [
        {"deed": f"It did {number}. " + "x" * 1000} for number in range(100)
    ]
    inbox = received(*deeds, {"number": 1})
    assert inbox.next_answer(LONG) == {"number": 1}
    assert len(inbox.deeds) == MOST_DEEDS
    assert inbox.deeds[0].startswith("It did 0.")
    assert max(map(len, inbox.deeds)) <= 200
