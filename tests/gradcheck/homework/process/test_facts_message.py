"""The facts about a class arrive as they were sent."""

import json

import numpy as np

from gradcheck.homework.finding import guess, oddity
from gradcheck.homework.process.facts_message import facts_from, facts_message
from gradcheck.homework.understanding.class_facts import ClassFacts, NamedGradients

ARRAYS = [np.array([[0.1, 0.2]]), np.array([1 / 3])]


def facts(again: list[NamedGradients] | None) -> ClassFacts:
    return ClassFacts(
        values=ARRAYS,
        gradients=[NamedGradients("one", False, ARRAYS), NamedGradients("two", True, ARRAYS[::-1])],
        again=again,
        sums=(False, True),
        rounded=False,
        cost="quadratic",
        guessed=True,
        passes=5,
        seconds={"cost": 0.25, "backprop": 0.5},
        findings=(guess("It takes columns."), oddity("It prints.")),
    )


def through_json(sent: ClassFacts) -> ClassFacts:
    return facts_from(json.loads(json.dumps(facts_message(sent))))


def test_every_fact_arrives() -> None:
    sent = facts(None)
    arrived = through_json(sent)
    assert all(map(np.array_equal, arrived.values, sent.values))
    for one, other in zip(arrived.gradients, sent.gradients, strict=True):
        assert (one.reading, one.transposed) == (other.reading, other.transposed)
        assert all(map(np.array_equal, one.arrays, other.arrays))
    assert arrived.again is None
    for name in ("sums", "rounded", "cost", "guessed", "passes", "seconds", "findings"):
        assert getattr(arrived, name) == getattr(sent, name)


def test_the_gradients_of_a_second_call_arrive_too() -> None:
    arrived = through_json(facts([NamedGradients("one", False, [2 * each for each in ARRAYS])]))
    assert arrived.again is not None
    assert np.array_equal(arrived.again[0].arrays[1], 2 * ARRAYS[1])
