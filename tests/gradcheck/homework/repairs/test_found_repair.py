"""What is told of a change that mends the code."""

import pytest

from gradcheck.homework.repairs.found_repair import Found
from gradcheck.homework.repairs.repair import CAUSES


def found(cause: str) -> Found:
    return Found(cause, "homework.py", 3, "d = g", "d = -g", (0,))


def test_a_mistake_is_said_in_a_sentence() -> None:
    assert found("sign-flipped").says == "A sign is wrong."
    assert all(found(cause).says.endswith(".") for cause in CAUSES)


def test_an_unknown_mistake_is_no_mistake() -> None:
    with pytest.raises(KeyError):
        _ = found("no-such-mistake").says
