"""Where memory runs out, the batched engine halves its blocks and goes on."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.batched import Batched
from gradcheck.engines.engine import Offset
from nets.activations import Activation, tanh, tanh_derivative
from nets.arrays import Place, to_numpy
from nets.layers import DenseLayer
from nets.network import Network
from tests.gradcheck.problems import moved, problem

REAL_OFFSETS: list[Offset] = [-2.0, -1.0, 1.0, 2.0]


def batched(given_problem: Any, **options: Any) -> Batched:
    return Batched(given_problem.network, given_problem.inputs, given_problem.targets, **options)


@dataclass
class Room:
    """Memory for so many numbers in an array, and what had to be refused."""

    most: int
    refused: list[int] = field(default_factory=list)

    def tanh(self, z: Any) -> Any:
        if z.size > self.most:
            self.refused.append(z.size)
            raise MemoryError(f"no room for {z.size} numbers")
        return tanh(z)


def squeezed(given_problem: Any, room: Room) -> Any:
    """The same problem with layers that have only so much room."""
    activation = Activation("tanh in a small room", room.tanh, tanh_derivative)
    network = given_problem.network
    layers = tuple(DenseLayer(each.weights, each.biases, activation) for each in network.layers)
    return replace(given_problem, network=Network(layers, network.cost_function))


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("most", [12, 20, 64, 257])
@pytest.mark.parametrize("batch_size", [1, 3])
def test_where_memory_runs_out_blocks_are_halved_and_the_work_goes_on(
    most: int, batch_size: int, threads: int, where: Place
) -> None:
    here = problem(6, 4, 3, 2, activation="tanh", batch_size=batch_size)
    there = moved(here, where)
    for which, array in enumerate(here.network.parameters):
        room, told = Room(most), list[int]()
        engine = batched(squeezed(there, room), threads=threads, progress=told.append)
        entries, steps = np.arange(array.size), np.full(array.size, 1e-3)
        changes = engine.cost_changes(which, entries, where.put(steps), REAL_OFFSETS)
        wanted = batched(here).cost_changes(which, entries, steps, REAL_OFFSETS)
        np.testing.assert_allclose(to_numpy(changes), wanted, rtol=1e-9, atol=1e-15)
        assert engine.evaluations == told[-1] == 1 + array.size * len(REAL_OFFSETS)
        if room.refused:
            # Each refusal halves what is asked for from then on, not for one block alone.
            halvings = np.ceil(np.log2(max(room.refused) / most)) + 2
            assert len(room.refused) <= threads * halvings
        elif which == 0:
            assert most == 257


def test_what_has_been_learnt_of_the_memory_is_kept() -> None:
    room = Room(100)
    engine = batched(squeezed(problem(30, 8, 2, activation="tanh"), room), threads=1)
    entries, steps = np.arange(240), np.full(240, 1e-3)
    engine.cost_changes(0, entries, steps, [1.0])
    before = len(room.refused)
    assert before > 0
    engine.cost_changes(0, entries, steps, [1.0])
    assert len(room.refused) == before


@pytest.mark.parametrize("most", [30, 40, 100])
def test_the_offsets_of_one_entry_are_halved_too(most: int) -> None:
    here = problem(3, 5, 30, 2, activation="tanh", batch_size=1)
    engine, steps = batched(squeezed(here, Room(most))), np.full(1, 1e-3)
    changes = engine.cost_changes(0, np.array([4]), steps, REAL_OFFSETS)
    wanted = batched(here).cost_changes(0, np.array([4]), steps, REAL_OFFSETS)
    np.testing.assert_allclose(changes, wanted, rtol=1e-9)


def test_memory_too_small_for_a_single_copy_is_an_error() -> None:
    room = Room(5)
    engine = batched(squeezed(problem(3, 5, 2, activation="tanh", batch_size=1), room))
    room.most = 0
    with pytest.raises(MemoryError, match="no room for 1 numbers"):
        engine.cost_changes(0, np.arange(15), np.full(15, 1e-3), [1.0])
