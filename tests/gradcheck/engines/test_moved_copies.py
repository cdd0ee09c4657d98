"""What the batched engine has laid out before the first block."""

import numpy as np
import pytest

from gradcheck.engines.blocks import Moves
from gradcheck.engines.moved_copies import Passes, Surroundings
from nets.network import Network
from tests.gradcheck.problems import problem


def surroundings(*sizes: int, cost: str = "quadratic") -> list[Surroundings]:
    here = problem(*sizes, cost=cost)
    passes = Passes.of(here.network, here.inputs, here.targets)
    return [passes.around(which) for which in range(len(here.network.parameters))]


def test_every_parameter_array_has_its_own() -> None:
    found = surroundings(6, 5, 4, 2)
    assert [each.upstream.shape[2] for each in found] == [6, 1, 5, 1, 4, 1]
    assert [each.z.shape[2] for each in found] == [5, 5, 4, 4, 2, 2]


@pytest.mark.parametrize(
    ("cost", "widest"),
    [("quadratic", [7, 7, 2, 2, 1, 1]), ("fused-softmax-cross-entropy", [7, 7, 2, 2, 2, 2])],
)
def test_the_widest_that_a_column_passes_through(cost: str, widest: list[int]) -> None:
    assert [each.widest for each in surroundings(9, 3, 7, 2, cost=cost)] == widest


def test_rows_lie_as_they_are_gone_through() -> None:
    # Otherwise NumPy lays out all that it makes of them the other way round, which is as right,
    # but takes twice as long.
    *others, of_weights, of_biases = surroundings(6, 5, 4, 2)
    for each in (*others, of_weights, of_biases):
        for array in (each.upstream, each.z, each.values):
            assert array.flags.c_contiguous
    for each in (of_weights, of_biases):
        assert each.targets is not None
        assert each.targets.flags.c_contiguous


@pytest.mark.parametrize("examples_each", [1, 2, 3, 4])
def test_examples_go_through_together_or_one_by_one(examples_each: int) -> None:
    here = problem(6, 5, 3, batch_size=4)
    found = Passes.of(here.network, here.inputs, here.targets).around(0)
    weights = here.network.parameters[0]
    by = np.full((1, weights.size), 1e-3)
    changes = found.cost_changes(Moves.of(np.arange(weights.size), 6, by), examples_each)
    before = here.network.cost(here.inputs, here.targets)
    for entry in range(weights.size):
        moved = weights.copy()
        moved.flat[entry] += 1e-3
        after = with_first(here.network, moved).cost(here.inputs, here.targets)
        assert changes[0, entry] == pytest.approx(after - before, rel=1e-9, abs=1e-15)


def with_first(network: Network, weights: np.ndarray) -> Network:
    return network.with_parameters([weights, *network.parameters[1:]])
