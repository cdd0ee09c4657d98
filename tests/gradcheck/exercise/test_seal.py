"""Sealed answers: nobody reads them by accident."""

import pytest

from gradcheck.exercise.seal import is_sealed, opened, sealed
from nets.errors import BadInput

ANSWERS = "homework-1.py: book, sign-flipped\nhomework-2.py: layers, half-missing"


def test_the_key_opens_what_it_sealed() -> None:
    text = sealed(ANSWERS, "a key")
    assert is_sealed(text)
    assert not is_sealed(ANSWERS)
    assert "sign" not in text
    assert text.isascii()
    assert opened(text, "a key") == ANSWERS


def test_another_key_does_not() -> None:
    with pytest.raises(BadInput, match="were not sealed with the key 'other'"):
        opened(sealed(ANSWERS, "a key"), "other")


def test_damaged_answers_are_said_to_be() -> None:
    with pytest.raises(BadInput, match="damaged"):
        opened(sealed(ANSWERS, "a key") + "?", "a key")
