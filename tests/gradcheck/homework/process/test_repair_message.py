"""What is asked and answered about a change of the code arrives as it was sent."""

import json
from typing import Any

import numpy as np

from gradcheck.homework.process.repair_message import (
    found_from,
    found_message,
    measured_from,
    measured_message,
    sizes_from,
)
from gradcheck.homework.repairs.repair import Sizes
from gradcheck.homework.repairs.repair_search import Found, MeasuredArray


def through_json(message: Any) -> Any:
    return json.loads(json.dumps(message))


def test_what_was_measured_arrives_to_the_last_digit() -> None:
    numbers = np.array([0.1, -1 / 3, np.inf])
    sent = [
        MeasuredArray(0, np.array([2, 0, 1]), numbers, numbers**2, is_wrong=True),
        MeasuredArray(3, np.array([0]), numbers[:1], numbers[:1], is_wrong=False),
    ]
    arrived = measured_from(through_json(measured_message(sent)))
    assert [(each.position, each.is_wrong) for each in arrived] == [(0, True), (3, False)]
    for one, other in zip(arrived, sent, strict=True):
        assert np.array_equal(one.entries, other.entries)
        assert np.array_equal(one.slopes, other.slopes)
        assert np.array_equal(one.tolerance, other.tolerance)


def test_sizes_arrive_as_tuples() -> None:
    assert sizes_from({"examples": [5], "outputs": [3, 2]}) == Sizes((5,), (3, 2))


def test_a_change_arrives() -> None:
    found = Found("sign-flipped", "homework.py", 7, "a - b", "b - a", (0, 2))
    assert found_from(through_json(found_message(found))) == found


def test_no_change_arrives_as_none() -> None:
    assert found_from(through_json(found_message(None))) is None
