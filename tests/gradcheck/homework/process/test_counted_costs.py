"""Costs are counted, and now and then a sign of life is sent."""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.contract import PartCost, Values
from gradcheck.homework.process.counted_costs import BEAT_SECONDS, CountedCosts
from gradcheck.homework.process.messages import read_message

VALUES = [np.array([1.0, 2.0])]


def scaled_by(factor: float) -> Callable[[Values], float]:
    return lambda values: factor * float(values[0].sum())


def beats(channel: io.BytesIO) -> list[dict[str, Any]]:
    channel.seek(0)
    found = []
    while (message := read_message(channel)) is not None:
        found.append(message)
    return found


def test_costs_of_all_functions_are_counted_together() -> None:
    counted = CountedCosts(io.BytesIO())
    one, other = (counted.of(PartCost("", scaled_by(k))) for k in (1.0, 2.0))
    assert [one(VALUES), other(VALUES), one(VALUES)] == [3.0, 6.0, 3.0]
    assert counted.count == 3


def test_a_sign_of_life_is_sent_at_first_and_then_not_too_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    times = iter([5.0, 5.0 + 0.5 * BEAT_SECONDS, 5.0 + 1.5 * BEAT_SECONDS])
    monkeypatch.setattr("gradcheck.homework.process.counted_costs.monotonic", lambda: next(times))
    channel = io.BytesIO()
    cost = CountedCosts(channel).of(PartCost("", lambda values: 0.0))
    for _ in range(3):
        cost(VALUES)
    assert beats(channel) == [{"costs": 1}, {"costs": 3}]


def test_a_cost_that_fails_is_not_counted_and_warns_of_nothing() -> None:
    counted = CountedCosts(io.BytesIO())
    assert np.isinf(counted.of(PartCost("", lambda values: values[0].sum() / np.zeros(())))(VALUES))
    with pytest.raises(ZeroDivisionError):
        counted.of(PartCost("", lambda values: 1 / 0))(VALUES)
    assert counted.count == 1
