"""A stretch that is measured and judged, here and by a worker."""

import pickle
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.engines.batched import Batched
from gradcheck.verdicts import found_stretch as module
from gradcheck.verdicts.found_stretch import FoundStretch, StretchPiece
from gradcheck.verdicts.report import Report
from nets.layers import parameter_gradients
from tests.gradcheck.cluster.executors import FakeExecutor
from tests.gradcheck.engines.test_by_pieces import problem, same_digits


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first array of the network of these tests has several stretches."""
    monkeypatch.setattr(Batched, "most_at_once", 100)


def checked(executor: Any = None, **how: Any) -> Report:
    return check_network(*problem([70, 12, 5]), executor=executor, **how)


def test_workers_find_what_is_found_here() -> None:
    executor = FakeExecutor(3)
    alone, found = checked(), checked(executor)
    assert same_digits(alone, found)
    assert executor.calls > 9  # the control: 840 entries are nine stretches
    assert alone.comparison is not None
    assert found.comparison == alone.comparison


def test_a_sample_is_sent_entry_by_entry() -> None:
    assert same_digits(checked(sample=300, seed=2), checked(FakeExecutor(2), sample=300, seed=2))


def test_what_is_wrong_is_found_by_a_worker() -> None:
    network, inputs, targets = problem([70, 12, 5])
    gradients = [array.copy() for array in parameter_gradients(network.backprop(inputs, targets))]
    gradients[0][5, 6] *= 1.01
    report = check_network(network, inputs, targets, gradients=gradients, executor=FakeExecutor(2))
    assert report.counts["disagree"] == 1
    assert report.arrays[0].index_of(report.arrays[0].worst) == (5, 6)


def test_a_piece_and_its_result_are_small(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[StretchPiece] = []
    results: list[FoundStretch] = []
    done_at = StretchPiece.done_at

    def kept(piece: StretchPiece, there: Any) -> FoundStretch:
        pieces.append(piece)
        results.append(done_at(piece, there))
        return results[-1]

    monkeypatch.setattr(module.StretchPiece, "done_at", kept)
    checked(FakeExecutor(1))
    # The claim and its round-off: 16 bytes an entry, and not the network.
    assert len(pickle.dumps(pieces[0])) < 16 * 100 + 2000
    assert all(
        isinstance(getattr(results[0], each.name), np.ndarray)
        for each in fields(FoundStretch)
        if each.name != "comparison"
    )
