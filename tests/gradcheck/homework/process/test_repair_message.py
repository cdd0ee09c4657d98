"""What is asked and answered about a change of the code arrives as it was sent."""

import json
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.process.messages import packed
from gradcheck.homework.process.repair_message import (
    found_from,
    found_message,
    measured_from,
    measured_message,
    sizes_from,
)
from gradcheck.homework.repairs.repair import CAUSES, Sizes

NUMBERS = np.array([0.1, -1 / 3, np.inf])
MEASURED: list[dict[str, Any]] = [
    {
        "position": 3,
        "entries": packed(np.array([2, 0, 1])),
        "slopes": packed(NUMBERS),
        "tolerance": packed(NUMBERS**2),
        "is_wrong": True,
    },
    {
        "position": 0,
        "entries": packed(np.array([0])),
        "slopes": packed(NUMBERS[:1]),
        "tolerance": packed(NUMBERS[:1]),
        "is_wrong": False,
    },
]
CHANGE = {
    "cause": "sign-flipped",
    "file": "homework.py",
    "line": 7,
    "old": "a - b",
    "new": "b - a",
    "mended": [0, 2],
    "is_right_elsewhere": False,
}


def through_json(message: Any) -> Any:
    return json.loads(json.dumps(message))


def test_what_was_measured_arrives_to_the_last_digit() -> None:
    first, second = measured_from(through_json(MEASURED))
    assert (first.position, first.is_wrong) == (3, True)
    assert (second.position, second.is_wrong) == (0, False)
    assert first.entries.tolist() == [2, 0, 1]
    assert np.array_equal(first.slopes, NUMBERS)
    assert np.array_equal(first.tolerance, NUMBERS**2)


def test_what_was_measured_is_sent_as_it_is_read() -> None:
    assert measured_message(measured_from(MEASURED)) == MEASURED


def test_sizes_arrive_as_tuples() -> None:
    assert sizes_from({"examples": [5], "outputs": [3, 2]}) == Sizes((5,), (3, 2))


def test_a_change_arrives_and_is_sent_as_it_is_read() -> None:
    found = found_from({"found": CHANGE})
    assert found is not None
    assert (found.file, found.line, found.old, found.new) == ("homework.py", 7, "a - b", "b - a")
    assert found.mended == (0, 2)
    assert not found.is_right_elsewhere
    assert found.says == CAUSES["sign-flipped"]
    assert through_json(found_message(found)) == {"found": CHANGE}


def test_no_change_arrives_as_none() -> None:
    assert found_from(through_json(found_message(None))) is None


def test_a_change_that_lacks_something_is_an_error() -> None:
    with pytest.raises(KeyError):
        found_from({"found": {key: value for key, value in CHANGE.items() if key != "mended"}})
