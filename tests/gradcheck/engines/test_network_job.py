"""What a worker gets of a check, and what it does with it."""

import pickle
import threading

import numpy as np
import pytest

from gradcheck.engines.kinds import ENGINES
from gradcheck.engines.network_job import MovedPiece, NetworkJob
from nets.network import Network

NETWORK = Network.create((5, 4, 3), seed=0)
INPUTS = np.random.default_rng(0).random((5, 6))
TARGETS = np.random.default_rng(1).random((3, 6))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_worker_gives_the_digits_of_the_engine(engine: str) -> None:
    job = pickle.loads(pickle.dumps(NetworkJob(engine, NETWORK, INPUTS, TARGETS, "cpu", 1)))
    steps = np.array([1e-7, 2e-7, 1e-7])
    piece = MovedPiece.of(0, np.array([3, 4, 9]), steps, (1.0, -1.0), None)
    changes, costs = job.started()(piece, threading.Event())
    here = ENGINES[engine].start(NETWORK, INPUTS, TARGETS, threads=1)
    assert (
        changes.tolist() == here.cost_changes(0, np.array([3, 4, 9]), steps, (1.0, -1.0)).tolist()
    )
    assert costs == 6


def test_regular_entries_and_steps_travel_as_numbers() -> None:
    entries, steps = np.arange(1000, 3000), np.full(2000, 1e-7)
    piece = MovedPiece.of(0, entries, steps, (1.0,), [slice(0, 2000)])
    assert len(pickle.dumps(piece)) < 400
    back = piece.arguments()
    assert back[0].tolist() == entries.tolist()
    assert back[1].tolist() == steps.tolist()


def test_irregular_ones_travel_as_they_are() -> None:
    entries, steps = np.array([7, 3, 5]), np.array([1e-7, 2e-7, 1e-7])
    back = MovedPiece.of(1, entries, steps, (1.0,), None).arguments()
    assert back[0].tolist() == entries.tolist()
    assert back[1].tolist() == steps.tolist()
