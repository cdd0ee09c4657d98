"""The answers that a process gives about a class: facts, costs, and what went wrong."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.process.facts_message import batch_message, facts_from
from gradcheck.homework.process.messages import packed, read_message, unpacked
from gradcheck.homework.process.session import Session
from tests.gradcheck.homework.students import FOLDER, SIZES, batch_of

pytestmark = pytest.mark.usefixtures("in_this_process")

BATCH = batch_of(SIZES)


def opening(path: Path, name: str = "Network") -> dict[str, Any]:
    return {
        "do": "open",
        "path": str(path),
        "class": name,
        "sizes": list(SIZES),
        "shapes": {},
        "import_seconds": None,
        "adapter": None,
        "format": None,
        "each_array": False,
        "top": None,
        "closely": False,
        "batch_size": BATCH.size,
        "seed": 0,
        "cost": None,
        "examples": batch_message(BATCH),
    }


def costs(entries: list[int], offsets: list[Any]) -> dict[str, Any]:
    return {
        "do": "costs",
        "which": 0,
        "entries": packed(np.array(entries)),
        "steps": packed(np.full(len(entries), 1e-6)),
        "offsets": offsets,
    }


def begun(session: Session, cost: str | None = None) -> dict[str, Any]:
    facts = facts_from(session.answer(opening(FOLDER / "book.py")))
    question = {
        "do": "begin",
        "part": 0,
        "parameters": list(map(packed, facts.parts[0].values)),
        "cost": cost,
    }
    return session.answer(question)


def test_costs_are_computed_one_by_one() -> None:
    session = Session(io.BytesIO())
    assert begun(session)["base_cost"] > 0.0
    answer = session.answer(costs([3, 1], [1.0, -1.0]))
    changes = unpacked(answer["changes"])
    assert changes.shape == (2, 2)
    assert answer["costs"] == 1 + 4
    facts = facts_from(session.answer(opening(FOLDER / "book.py")))
    slopes = (changes[0] - changes[1]) / 2e-6
    assert np.allclose(slopes, facts.parts[0].gradients[0].arrays[0].ravel()[[3, 1]], rtol=1e-5)


def test_a_complex_offset_arrives_as_two_numbers() -> None:
    session = Session(io.BytesIO())
    begun(session)
    changes = unpacked(session.answer(costs([0], [[0.0, 1.0]]))["changes"])
    assert changes.dtype == complex
    assert changes[0, 0].imag != 0.0


def test_another_cost_may_be_asked_for() -> None:
    session = Session(io.BytesIO())
    own = begun(session)["base_cost"]
    other = begun(session, "fused-sigmoid-cross-entropy")["base_cost"]
    assert own != other
    assert begun(session)["base_cost"] == own


def test_calls_and_signs_of_life_are_written_to_the_channel() -> None:
    channel = io.BytesIO()
    session = Session(channel)
    begun(session)
    session.answer(costs(list(range(20)), [1.0, -1.0]))
    channel.seek(0)
    written = []
    while (message := read_message(channel)) is not None:
        written.append(message)
    running = [message["running"] for message in written if "running" in message]
    assert running[:2] == ["reading book.py as Python 3", "importing book.py"]
    assert "backprop(x, y)" in running
    assert running[-1] == "the cost"
    assert any("costs" in message for message in written)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (costs([0], [1.0]), "Costs were asked for before there were parameters"),
        (
            {"do": "begin", "part": 0, "parameters": [], "cost": None},
            "before it was loaded; send open first",
        ),
        (opening(FOLDER / "empty.py"), "empty.py is empty"),
        ({"do": "dance"}, "Something that the class holds or returns cannot be used: KeyError"),
    ],
    ids=["costs", "begin", "open", "unknown"],
)
def test_what_goes_wrong_is_the_answer(question: dict[str, Any], line: str) -> None:
    answer = Session(io.BytesIO()).answer(question)
    assert line in answer["failed"]


def test_costs_before_there_are_parameters() -> None:
    session = Session(io.BytesIO())
    session.answer(opening(FOLDER / "book.py"))
    assert "before there were parameters" in session.answer(costs([0], [1.0]))["failed"]


def test_an_object_that_is_not_what_it_seems_is_told(tmp_path: Path) -> None:
    book = (FOLDER / "book.py").read_text("utf-8")
    strange = (
        "\n\nclass Strange(list):\n    def __iter__(self):\n        raise OSError('strange')\n"
    )
    path = tmp_path / "homework.py"
    path.write_text(
        book.replace("return nabla_b, nabla_w", "return Strange([1])") + strange, "utf-8"
    )
    answer = Session(io.BytesIO()).answer(opening(path))
    assert answer["failed"].startswith("Something that the class holds or returns cannot be used")
    assert "OSError: strange" in answer["failed"]


def test_a_second_look_adds_the_same_part_with_other_examples() -> None:
    session = Session(io.BytesIO())
    before = facts_from(session.answer(opening(FOLDER / "book.py"))).parts[0]
    one = MiniBatch(BATCH.inputs[:, 1:2], BATCH.targets[:, 1:2])
    question = {
        "do": "look",
        "part": 0,
        "parameters": [packed(2.0 * value) for value in before.values],
        "examples": batch_message(one),
    }
    answer = session.answer(question)
    assert answer["part"] == 1
    (found,) = facts_from(answer).parts
    assert found.batch is not None
    assert np.array_equal(found.batch.inputs, one.inputs)
    assert found.batch_size == 1
    assert np.array_equal(found.values[0], 2.0 * before.values[0])
    begin = {"do": "begin", "cost": None, "parameters": question["parameters"]}
    alone = session.answer({**begin, "part": 1})["base_cost"]
    together = session.answer({**begin, "part": 0})["base_cost"]
    assert alone != together


def test_a_second_look_needs_a_first_one() -> None:
    question = {"do": "look", "part": 0, "parameters": [], "examples": batch_message(BATCH)}
    assert "before the class was loaded" in Session(io.BytesIO()).answer(question)["failed"]
