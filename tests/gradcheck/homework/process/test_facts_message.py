"""The facts about a student's code arrive as they were sent."""

import json

import numpy as np

from gradcheck.homework.contract import NamedArray, NamedGradients
from gradcheck.homework.facts import Facts, PartFacts
from gradcheck.homework.finding import guess, oddity
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.process.facts_message import facts_from, facts_message
from gradcheck.homework.slots import Slot
from tests.gradcheck.homework.students import batch_of

ARRAYS = [np.array([[0.1, 0.2]]), np.array([1 / 3])]
NAMED = (
    NamedArray("W1", ARRAYS[0], Slot(1, "weights", 2, 1, (1, 2))),
    NamedArray("x", ARRAYS[1], is_input=True),
)


def part(again: list[NamedGradients] | None = None) -> PartFacts:
    return PartFacts(
        name="Dense",
        arrays=NAMED,
        gradients=[NamedGradients("one", False, ARRAYS), NamedGradients("two", True, ARRAYS[::-1])],
        again=again,
        sums=(False, True),
        rounded=False,
        cost="quadratic",
        guessed=True,
        passes=5,
        seconds={"cost": 0.25, "backprop": 0.5},
        findings=(guess("It takes columns."), oddity("It prints.")),
        has_other_costs=True,
        batch=batch_of((2, 3)),
        batch_size=5,
    )


def through_json(sent: PartFacts) -> PartFacts:
    left_out = (LeftOut("relu", "it is not done yet"), LeftOut("tanh", "it failed", is_open=True))
    read = (oddity("Read in part."),)
    facts = Facts("Network", "a chain", (sent, sent), 1, read, left_out)
    arrived = facts_from(json.loads(json.dumps(facts_message(facts))))
    assert (arrived.name, arrived.format, arrived.layers) == ("Network", "a chain", 1)
    assert arrived.findings == facts.findings
    assert arrived.left_out == left_out
    return arrived.parts[1]


def test_every_fact_arrives() -> None:
    sent = part()
    arrived = through_json(sent)
    assert all(map(np.array_equal, arrived.values, sent.values))
    for array, other_array in zip(arrived.arrays, NAMED, strict=True):
        assert (array.name, array.slot) == (other_array.name, other_array.slot)
        assert array.is_input == other_array.is_input
    for one, other in zip(arrived.gradients, sent.gradients, strict=True):
        assert (one.reading, one.transposed) == (other.reading, other.transposed)
        assert all(map(np.array_equal, one.arrays, other.arrays))
    assert arrived.again is None
    assert arrived.batch is not None
    assert sent.batch is not None
    assert np.array_equal(arrived.batch.inputs, sent.batch.inputs)
    assert np.array_equal(arrived.batch.targets, sent.batch.targets)
    for name in (
        *("name", "sums", "rounded", "cost", "guessed", "passes", "seconds", "findings"),
        *("has_other_costs", "batch_size", "n_output", "sizes"),
    ):
        assert getattr(arrived, name) == getattr(sent, name)


def test_the_gradients_of_a_second_call_arrive_too() -> None:
    arrived = through_json(part([NamedGradients("one", False, [2 * each for each in ARRAYS])]))
    assert arrived.again is not None
    assert np.array_equal(arrived.again[0].arrays[1], 2 * ARRAYS[1])
