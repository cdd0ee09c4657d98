"""What cannot move is left out, and changes nothing."""

from dataclasses import dataclass, replace
from typing import Any

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.engines import moving_copies
from gradcheck.engines.batched import Batched
from gradcheck.engines.downstream import Downstream, WeightsBehind
from gradcheck.engines.moving_copies import MovingCopies, moving_pairs, part_not_zero, spread
from nets.arrays import HostArray, Place, to_numpy
from tests.gradcheck.problems import moved, problem
from tests.strategies import Problem

STEP = 1e-6
ELSEWHERE = Place(array_api_strict, array_api_strict.Device("device1"), array_api_strict.float64)


def sparse(activation: str, batch_size: int, cost: str = "quadratic") -> Problem:
    """A network whose inputs are 0 for the most part, as in the picture of a digit."""
    given_problem = problem(
        30, 12, 9, 5, activation=activation, cost=cost, batch_size=batch_size, seed=3
    )
    generator = np.random.default_rng(1)
    inputs = given_problem.inputs * (generator.random(given_problem.inputs.shape) < 0.2)
    inputs[7, :] = 0.0
    return replace(given_problem, inputs=inputs)


def all_changes(given_problem: Any) -> list[HostArray]:
    engine = Batched(given_problem.network, given_problem.inputs, given_problem.targets)
    changes = []
    for which, array in enumerate(given_problem.network.parameters):
        entries = np.arange(int(np.prod(array.shape)))
        steps = given_problem.network.parameters[which][0, :1] * 0.0 + STEP
        xp = array_api_strict if not isinstance(array, np.ndarray) else np
        steps = xp.broadcast_to(steps, (len(entries),))
        changes.append(to_numpy(engine.cost_changes(which, entries, steps, [1.0, -2.0])))
    return changes


@dataclass
class Copies:
    """Counts the perturbed copies that go downstream."""

    computed: int = 0


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> Copies:
    counted, plain = Copies(), Downstream.cost_changes

    def counting(self: Downstream, weights: Any, before: Any, after: Any, some: slice) -> Any:
        counted.computed += int(np.prod(after.shape))
        return plain(self, weights, before, after, some)

    monkeypatch.setattr(Downstream, "cost_changes", counting)
    return counted


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
@pytest.mark.parametrize("cost", ["quadratic", "fused-softmax-cross-entropy"])
@pytest.mark.parametrize("batch_size", [1, 6])
def test_the_changes_are_those_of_all_pairs(
    activation: str, cost: str, batch_size: int, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_problem = sparse(activation, batch_size, cost)
    some = all_changes(given_problem)
    few, copies.computed = copies.computed, 0
    monkeypatch.setattr(moving_copies, "MOST_MOVING", -1.0)
    every = all_changes(given_problem)
    assert few < 0.75 * copies.computed
    rounding = 1e-15 * (
        1.0 + given_problem.network.cost(given_problem.inputs, given_problem.targets)
    )
    for left_out, computed in zip(some, every, strict=True):
        np.testing.assert_allclose(left_out, computed, rtol=1e-9, atol=rounding)
        assert np.any(computed != 0.0)


def test_an_entry_that_moves_nothing_changes_the_cost_by_exactly_0() -> None:
    given_problem = sparse("sigmoid", 4)
    weights = all_changes(given_problem)[0].reshape(2, 12, 30)
    assert np.all(weights[:, :, 7] == 0.0)
    resting = np.all(given_problem.inputs == 0.0, axis=1)
    assert np.all(weights[:, :, ~resting] != 0.0)


def test_a_relu_neuron_that_wakes_up_is_computed() -> None:
    given_problem = problem(3, 4, 2, activation="relu", batch_size=1)
    layer, *others = given_problem.network.layers
    z = layer.weights @ given_problem.inputs
    # Every neuron of the first layer lies just below 0: a step to the right wakes it up.
    sleeping = replace(layer, biases=-z - STEP / 2)
    network = replace(given_problem.network, layers=(sleeping, *others))
    biases = all_changes(replace(given_problem, network=network))[1]
    assert np.all(biases[0] != 0.0)
    assert np.all(biases[1] == 0.0)  # and one to the left does not


def test_where_nearly_all_move_none_is_left_out() -> None:
    before, after = np.zeros((4, 1, 6)), np.ones((4, 2, 6))
    z_per_unit = np.ones((4, 1, 6))
    assert moving_pairs(z_per_unit, before, after) is None
    z_per_unit[1:, :, :] = 0.0
    after[0, :, 2] = before[0, :, 2]
    moving = moving_pairs(z_per_unit, before, after)
    assert moving is not None
    assert np.argwhere(moving).tolist() == [[0, entry] for entry in (0, 1, 3, 4, 5)]


class Weighted:
    """A way to the cost that is linear: an example's number times an entry's times the change."""

    def cost_changes(
        self, weights: WeightsBehind, before: HostArray, after: HostArray, some: slice
    ) -> HostArray:
        examples = np.arange(some.start, some.stop) + 1.0
        assert weights.owners is not None
        each = weights.columns[0, weights.owners]
        changes: HostArray = examples[:, None, None] * each * (after - before)
        return changes


@given(st.integers(1, 4), st.integers(1, 5), st.integers(1, 3), st.integers(0, 2**20))
def test_the_changes_of_those_that_move_are_summed_where_they_belong(
    examples: int, entries: int, offsets: int, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    moving = generator.random((examples, entries)) < 0.5
    weights = WeightsBehind(generator.normal(size=(1, entries)), np.arange(entries))
    before = generator.normal(size=(examples, 1, 1))
    after = generator.normal(size=(examples, offsets, entries))
    copies = MovingCopies(moving, weights, before, after)
    way: Any = Weighted()
    every = way.cost_changes(weights, before, after, slice(3, 3 + examples))
    expected = np.sum(np.where(moving[:, None, :], every, 0.0), axis=0)
    np.testing.assert_allclose(copies.summed_changes(way, 3), expected, rtol=1e-12, atol=1e-12)


def test_numbers_are_spread_to_their_places() -> None:
    some = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert spread(some, np.array([3, 1]), 4).tolist() == [
        [0.0, 2.0, 0.0, 1.0],
        [0.0, 4.0, 0.0, 3.0],
    ]


def test_the_part_that_is_not_0() -> None:
    assert part_not_zero(np.array([[0.0, 1.0], [-2.0, 3.0]])) == 0.75


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_it_is_the_same_elsewhere(activation: str) -> None:
    given_problem = sparse(activation, 3)
    here, there = all_changes(given_problem), all_changes(moved(given_problem, ELSEWHERE))
    for ours, theirs in zip(here, there, strict=True):
        np.testing.assert_allclose(theirs, ours, rtol=1e-9, atol=1e-15)
