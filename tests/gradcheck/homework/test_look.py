"""A student's class, opened again with other examples."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.candidates import Candidate, candidates_of
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.look import look_at
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.submission_processes import SubmissionProcesses
from nets.network import Network
from tests.gradcheck.homework.network_facts import gradients_of, look_of
from tests.gradcheck.homework.students import FOLDER, batch_of, submission

SIZES = (5, 4, 3)
Opened = tuple[SubmissionProcesses, PartFacts, Candidate]


@pytest.fixture
def opened(in_this_process: None) -> Iterator[Opened]:
    asked = submission(FOLDER / "book.py", "Network", SIZES)
    with SubmissionProcesses(asked) as processes:
        facts = processes.open().parts[0]
        claimed = candidates_of(facts.gradients, facts.batch_size, facts.sums)[0]
        yield processes, facts, claimed


def some(facts: PartFacts, count: int) -> MiniBatch:
    assert facts.batch is not None
    return MiniBatch(facts.batch.inputs[:, :count], facts.batch.targets[:, :count])


def test_slopes_are_those_of_the_cost() -> None:
    network, batch = Network.create(SIZES, seed=2), batch_of(SIZES)
    look = look_of(network, batch)
    right = gradients_of(network, batch)[2].reshape(-1)
    found = look.slopes(2, np.array([3, 0, 11]))
    assert np.allclose(found, right[[3, 0, 11]], rtol=1e-7, atol=1e-10)
    assert look.slopes(2, np.array([], dtype=int)).shape == (0,)


def test_the_same_class_has_other_gradients_for_other_examples(opened: Opened) -> None:
    processes, facts, claimed = opened
    look = look_at(some(facts, 2), claimed, facts, 0, processes)
    assert all(map(np.array_equal, look.facts.values, facts.values))
    assert look.claimed.reading == claimed.reading
    assert not np.allclose(look.claimed.gradients[0], claimed.gradients[0])
    every = np.arange(facts.values[0].size)
    assert np.allclose(look.slopes(0, every), look.claimed.gradients[0].reshape(-1), atol=1e-8)


def test_a_factor_of_convention_stays_divided_out(opened: Opened) -> None:
    processes, facts, claimed = opened
    once = look_at(some(facts, 2), claimed, facts, 0, processes)
    halved = look_at(some(facts, 2), replace(claimed, divided_by=2.0), facts, 0, processes)
    assert np.allclose(2.0 * halved.claimed.gradients[0], once.claimed.gradients[0])


def test_another_reading_is_no_look(opened: Opened) -> None:
    processes, facts, claimed = opened
    other = replace(claimed, reading="in another way")
    with pytest.raises(StudentError, match="read in another way than before"):
        look_at(some(facts, 2), other, facts, 0, processes)


def test_other_parameters_are_no_look(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    processes, facts, claimed = opened
    look = processes.look

    def moved(*given: Any) -> tuple[PartFacts, int]:
        found, part = look(*given)
        arrays = tuple(replace(each, value=each.value + 1.0) for each in found.arrays)
        return replace(found, arrays=arrays), part

    monkeypatch.setattr(processes, "look", moved)
    with pytest.raises(StudentError, match="other parameters or examples than before"):
        look_at(some(facts, 2), claimed, facts, 0, processes)
