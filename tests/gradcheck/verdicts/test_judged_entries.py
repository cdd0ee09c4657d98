"""Entries that are measured again: wider where undecided, narrower where they disagree."""

import warnings
from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_gradients, check_network
from nets.arrays import HostArray
from nets.network import Network
from tests.gradcheck.problems import (
    EVERY_REAL_SCHEME,
    EVERY_SCHEME,
    problem,
    right,
)


@EVERY_SCHEME
@pytest.mark.parametrize("offset", [0.0, 1.0])
def test_a_point_of_inflection_where_both_neighbours_have_the_same_slope(
    scheme: str, offset: float
) -> None:
    # No curvature there, so right and left slope are equal and yet not the derivative.
    w = np.zeros(2)
    for value in (np.sin, np.tanh):
        report = check_gradients(
            lambda p, value=value: offset + value(p[0]).sum(), [w], [np.ones(2)], scheme=scheme
        )
        assert report.counts["agree"] == 2
        wrong = check_gradients(
            lambda p, value=value: offset + value(p[0]).sum(),
            [w],
            [1.001 * np.ones(2)],
            scheme=scheme,
        )
        assert wrong.counts["disagree"] == 2


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


@EVERY_REAL_SCHEME
def test_a_network_that_is_all_but_perfect_is_not_accused(scheme: str) -> None:
    # At the minimum C and its rounding are far smaller than where a step leads.
    for seed in range(5):
        given = problem(8, 10, 3, activation="identity", seed=seed)
        targets = given.network.feedforward(given.inputs) + 1e-11
        report = check_network(given.network, given.inputs, targets, scheme=scheme)
        assert report.counts["disagree"] == 0
        assert report.comparison is not None
        assert report.comparison.ok


@pytest.mark.parametrize("scheme", ["forward", "central", "five-point", "complex"])
@pytest.mark.parametrize("which", range(4))
@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_factor_that_is_said_to_be_seen_is_seen(
    scheme: str, which: int, sign: float, seed: int
) -> None:
    given = problem(12, 6, 3, seed=seed)
    report = check_network(given.network, given.inputs, given.targets, scheme=scheme)
    gradients = right(given)
    gradients[which] *= 1.0 + sign * 1.01 * report.arrays[which].resolution
    wrong = check_network(
        given.network, given.inputs, given.targets, gradients=gradients, scheme=scheme
    )
    assert wrong.arrays[which].counts["disagree"] > 0


@EVERY_REAL_SCHEME
def test_a_cost_that_overflows_beside_the_point_is_not_agreed_with(scheme: str) -> None:
    w = np.array([1.0])

    def cost(parameters: list[Any]) -> float:
        return 1.0 if parameters[0][0] == 1.0 else float("inf")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = check_gradients(cost, [w], [np.array([1.0])], scheme=scheme)
    assert not report.ok
