"""What is asked of a student's file, as it is sent."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from gradcheck.homework.process.asked_message import asked_from
from gradcheck.homework.process.facts_message import batch_message
from tests.gradcheck.homework.students import batch_of

QUESTION: dict[str, Any] = {
    "class": None,
    "sizes": None,
    "shapes": {},
    "cost": None,
    "seed": 3,
    "batch_size": 7,
    "examples": None,
    "adapter": None,
    "format": None,
    "each_array": False,
}


def asked(**more: Any) -> Any:
    return asked_from(json.loads(json.dumps({**QUESTION, **more})))


def test_what_was_not_given_is_none() -> None:
    found = asked()
    assert (found.name, found.sizes, found.examples, found.adapter) == (None, None, None, None)
    assert (found.seed, found.batch_size, found.shapes) == (3, 7, {})


def test_lists_of_json_are_tuples_and_paths_again() -> None:
    batch = batch_of((4, 3), 5)
    found = asked(
        **{"class": "Net"}, sizes=[4, 3], shapes={"x": [2, 5]}, adapter="adapter.py",
        examples=batch_message(batch), cost="quadratic", format="a tape",
    )  # fmt: skip
    assert (found.name, found.sizes, found.shapes) == ("Net", (4, 3), {"x": (2, 5)})
    assert (found.adapter, found.cost, found.format) == (Path("adapter.py"), "quadratic", "a tape")
    np.testing.assert_array_equal(found.examples.inputs, batch.inputs)
