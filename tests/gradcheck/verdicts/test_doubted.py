"""Entries that disagree are measured again: their own noise, and narrower steps."""

from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients, check_network
from gradcheck.verdicts.doubted import MOST_DOUBTED
from nets.arrays import HostArray
from nets.network import Network
from tests.gradcheck.problems import EVERY_REAL_SCHEME


@EVERY_REAL_SCHEME
def test_kinks_much_nearer_than_the_step_raise_no_alarm(scheme: str) -> None:
    for seed in range(12):
        generator = np.random.default_rng(seed)
        network = Network.create(
            [8, 8, 10, 5], activation="relu", initialisation="scaled", seed=seed
        )
        inputs = 1e-6 * generator.standard_normal((8, 10))
        targets = np.eye(5)[:, generator.integers(0, 5, 10)]
        assert check_network(network, inputs, targets, scheme=scheme).counts["disagree"] == 0


@pytest.mark.parametrize("size", [900, 2500])
def test_a_verdict_does_not_turn_on_how_many_entries_there_are(size: int) -> None:
    steep = 3e6

    def cost(w: HostArray) -> Any:
        return np.sin(steep * w).sum()

    w = np.zeros(size)
    assert check_gradients(cost, w, np.full(size, steep)).counts["disagree"] == 0
    assert check_gradients(cost, w, np.full(size, 1.5 * steep)).counts["disagree"] == size


@pytest.mark.parametrize("jump", [16, 20, 24, 32])
def test_a_cost_that_jumps_between_smooth_pieces_is_not_accused(jump: int) -> None:
    # Every three steps the cost falls by a little, and between it rises by as much too steeply.
    step = 2.0**-21

    def cost(parameters: list[Any]) -> float:
        w = float(parameters[0][0])
        return 2e-3 * w - jump * 2.0**-63 * (((w - 0.5) / (3.0 * step) + 0.5) % 1.0)

    w = [np.array([0.5])]
    assert check_gradients(cost, w, [np.array([2e-3])]).counts["disagree"] == 0
    for wrong in (0.0, -2e-3, 2.002e-3):
        assert check_gradients(cost, w, [np.array([wrong])]).counts["disagree"] == 1


def test_of_many_wrong_entries_some_are_looked_at_first() -> None:
    def costs(count: int, size: int) -> int:
        claims = np.where(np.arange(size) < count, -1.0, 1.0)
        report = check_gradients(lambda w: w.sum(), np.zeros(size), claims)
        assert report.counts["disagree"] == count
        return report.evaluations

    size = 2 * MOST_DOUBTED
    # About as many are looked at with narrower steps, and all of these stay wrong. A look at each
    # of the others would take 2 costs for each of 6 steps.
    assert costs(size, size) < costs(MOST_DOUBTED, size) + 2 * size
