"""Costs that are computed elsewhere are those that would be computed here."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.process.process_engine import ProcessEngine
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_processes import SubmissionProcesses
from nets.activations import ACTIVATIONS
from nets.costs import COSTS
from nets.layers import DenseLayer
from nets.network import Network
from tests.gradcheck.homework.students import FOLDER, submission

ASKED = submission(FOLDER / "book.py", "Network", (5, 4, 3))
Opened = tuple[SubmissionProcesses, PartFacts]


@pytest.fixture
def opened(in_this_process: None) -> Iterator[Opened]:
    with SubmissionProcesses(ASKED) as processes:
        facts = processes.open().parts[0]
        processes.open()
        yield processes, facts


def our_engine(facts: PartFacts) -> OneByOne:
    """The costs of the same network, computed by ours."""
    weights, biases = facts.values[0::2], facts.values[1::2]
    layers = [
        DenseLayer(w, b, ACTIVATIONS["sigmoid"]) for w, b in zip(weights, biases, strict=True)
    ]
    network = Network(tuple(layers), COSTS["quadratic"])
    return OneByOne.of_network(network, ASKED.inputs, ASKED.targets)


@pytest.mark.parametrize("offsets", [(1.0, -1.0, 0.5), (1j,)], ids=["real", "complex"])
def test_cost_changes_are_those_of_our_own_engine(
    opened: Opened, offsets: tuple[complex, ...]
) -> None:
    processes, facts = opened
    entries, steps = np.array([7, 0, 3, 11]), np.full(4, 1e-3)
    engine = ProcessEngine(processes.opened, facts.values)
    ours = our_engine(facts)
    assert np.isclose(engine.base_cost, ours.base_cost, rtol=1e-12)
    for which in (0, 2):
        found = engine.cost_changes(which, entries, steps, offsets)
        expected = ours.cost_changes(which, entries, steps, offsets)
        assert found.shape == (len(offsets), 4)
        assert np.allclose(found, expected, rtol=1e-9, atol=1e-14)
    assert engine.evaluations == ours.evaluations == 1 + 2 * 4 * len(offsets)


@pytest.mark.parametrize("entries", [[2], [0, 1, 2], list(range(19))])
def test_not_a_digit_depends_on_the_number_of_processes(opened: Opened, entries: list[int]) -> None:
    processes, facts = opened
    steps = np.full(len(entries), 1e-5)
    changes = [
        ProcessEngine(processes.opened[:count], facts.values).cost_changes(
            0, np.array(entries), steps, (1.0,)
        )
        for count in (1, 2)
    ]
    assert np.array_equal(changes[0], changes[1])


def test_the_entries_are_divided_among_the_processes(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes, facts = opened
    engine = ProcessEngine(processes.opened, facts.values)
    asked: list[int] = []

    def noting(number: int, send: Callable[[dict[str, Any]], None]) -> Callable[..., None]:
        def noted(question: dict[str, Any]) -> None:
            asked.append(number)
            send(question)

        return noted

    for number, process in enumerate(processes.opened):
        monkeypatch.setattr(process, "send", noting(number, process.send))
    engine.cost_changes(0, np.arange(4), np.full(4, 1e-5), (1.0,))
    assert asked == [0, 1]
    engine.cost_changes(0, np.arange(1), np.full(1, 1e-5), (1.0,))
    assert asked == [0, 1, 0]


def test_processes_that_disagree_on_the_cost_are_told(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes, facts = opened
    second = processes.opened[1]
    receive = second.receive
    monkeypatch.setattr(second, "receive", lambda tick: {**receive(tick), "base_cost": 0.25})
    with pytest.raises(StudentError) as error:
        ProcessEngine(processes.opened, facts.values)
    assert "in one process and" in error.value.line
    assert "Use --jobs 1" in error.value.line


def test_progress_is_told_and_never_goes_back(opened: Opened) -> None:
    processes, facts = opened
    shown: list[int] = []
    engine = ProcessEngine(processes.opened, facts.values, shown.append)
    for process, costs in zip(processes.opened, (3, 4), strict=True):
        process.costs = costs  # type: ignore[misc]
    engine.cost_changes(0, np.arange(4), np.full(4, 1e-5), (1.0,))
    assert shown == [7]
    engine.cost_changes(0, np.arange(4), np.full(4, 1e-5), (1.0,))
    assert shown == [7]
