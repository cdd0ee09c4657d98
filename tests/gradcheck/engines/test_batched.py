"""The batched engine against full forward passes, one for each entry."""

import threading
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, replace
from typing import Any

import array_api_strict
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradcheck.engines.batched import Batched
from gradcheck.engines.engine import Offset, steps_for
from gradcheck.engines.numpy_buffers import SMALL_BUFFER
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.schemes import SCHEMES
from nets.activations import ACTIVATIONS, Activation, tanh, tanh_derivative
from nets.arrays import HostArray, Place, place_of, to_numpy
from nets.costs import COSTS
from nets.errors import BadInput
from nets.network import Network
from tests.gradcheck.engines.conftest import PATIENCE
from tests.gradcheck.problems import moved, problem
from tests.strategies import ANALYTIC, Problem, problems

REAL_OFFSETS: list[Offset] = [-2.0, -1.0, 1.0, 2.0]


def one_by_one(given_problem: Any) -> OneByOne:
    return OneByOne.of_network(given_problem.network, given_problem.inputs, given_problem.targets)


def batched(given_problem: Any, **options: Any) -> Batched:
    return Batched(given_problem.network, given_problem.inputs, given_problem.targets, **options)


def expect_same_changes(
    engine: Any, other: Any, network: Any, offsets: list[Offset], step: float
) -> None:
    """Both engines' changes of every entry differ by no more than rounding of C, or of z."""
    for which, array in enumerate(network.parameters):
        entries = np.arange(array.size)
        steps = steps_for(array.reshape(-1), step)
        changes = engine.cost_changes(which, entries, steps, offsets)
        wanted = other.cost_changes(which, entries, steps, offsets)
        assert changes.shape == (len(offsets), array.size)
        tolerance = 1e-12 * np.max(np.abs(wanted)) + 1e-13 * (1 + abs(other.base_cost))
        assert np.max(np.abs(changes - wanted)) <= tolerance


@given(
    problem=problems(deepest=4, scales=(0.1, 1.0)),
    columns=st.sampled_from([None, 1, 2, 7, 64]),
    threads=st.sampled_from([1, 3]),
)
@settings(max_examples=80)
def test_real_changes_are_those_of_full_forward_passes(
    problem: Problem, columns: int | None, threads: int
) -> None:
    engine = batched(problem, columns=columns, threads=threads)
    other = one_by_one(problem)
    np.testing.assert_allclose(engine.base_cost, other.base_cost, rtol=1e-13)
    expect_same_changes(engine, other, problem.network, REAL_OFFSETS, step=0.25)


@given(problem=problems(activations=ANALYTIC, deepest=4, scales=(0.1, 1.0)))
def test_complex_changes_are_those_of_full_forward_passes(problem: Problem) -> None:
    engine, other = batched(problem), one_by_one(problem)
    for which, array in enumerate(problem.network.parameters):
        entries, steps = np.arange(array.size), np.full(array.size, 2.0**-64)
        changes = engine.cost_changes(which, entries, steps, [1j]).imag * 2.0**64
        wanted = other.cost_changes(which, entries, steps, [1j]).imag * 2.0**64
        tolerance = 1e-12 * max(1.0, float(np.max(np.abs(wanted))))
        assert np.max(np.abs(changes - wanted)) <= tolerance


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("cost", COSTS)
def test_the_same_elsewhere_as_on_the_host(scheme: str, cost: str, elsewhere: Place) -> None:
    here = problem(3, 5, 4, 2, activation="tanh", cost=cost)
    there = moved(here, elsewhere)
    offsets = SCHEMES[scheme].perturbed_offsets
    for columns in (None, 4):
        for which, array in enumerate(here.network.parameters):
            entries = np.arange(array.size)
            steps = steps_for(array.reshape(-1), 1e-3)
            changes = batched(there, columns=columns).cost_changes(
                which, entries, elsewhere.put(steps), offsets
            )
            assert place_of(changes).device == elsewhere.device
            np.testing.assert_allclose(
                to_numpy(changes),
                batched(here).cost_changes(which, entries, steps, offsets),
                atol=1e-14,
            )


@dataclass
class Watched:
    """A tanh that keeps what it was called with."""

    sizes: list[int] = field(default_factory=list)
    buffers: list[int] = field(default_factory=list)

    def tanh(self, z: Any) -> Any:
        self.sizes.append(z.size)
        self.buffers.append(np.getbufsize())
        return tanh(z)


class Failing(Watched):
    """A tanh that, once armed, fails in all threads but the main one, which waits for an event."""

    def __init__(self, others_failed: threading.Event) -> None:
        super().__init__()
        self.armed, self.others_failed = False, others_failed

    def tanh(self, z: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            raise FloatingPointError("of a helper")
        if self.armed:
            assert self.others_failed.wait(PATIENCE)
        return super().tanh(z)


class Held(Watched):
    """A tanh that, once armed, holds all threads but the main one until an event."""

    def __init__(self, until: threading.Event) -> None:
        super().__init__()
        self.armed, self.until = False, until

    def tanh(self, z: Any) -> Any:
        if self.armed and threading.current_thread() is not threading.main_thread():
            assert self.until.wait(PATIENCE)
        return super().tanh(z)


def watched(given_problem: Any, watch: Watched) -> Any:
    """The same problem, its first layer watched."""
    activation = Activation("watched tanh", watch.tanh, tanh_derivative)
    first, *others = given_problem.network.layers
    layers = (replace(first, activation=activation), *others)
    return replace(given_problem, network=Network(layers, given_problem.network.cost_function))


@pytest.mark.parametrize("threads", [1, 3])
def test_every_thread_works_with_small_buffers(threads: int) -> None:
    watch = Watched()
    engine = batched(watched(problem(40, 9, 2), watch), columns=8, threads=threads)
    watch.buffers.clear()
    engine.cost_changes(0, np.arange(360), np.full(360, 1e-3), REAL_OFFSETS)
    assert set(watch.buffers) == {SMALL_BUFFER}


@pytest.mark.parametrize("columns", [4, 16, 100])
def test_a_block_holds_no_more_columns_than_it_may(columns: int) -> None:
    watch = Watched()
    engine = batched(watched(problem(80, 3, 2, batch_size=5), watch), columns=columns, threads=1)
    watch.sizes.clear()
    engine.cost_changes(0, np.arange(240), np.full(240, 1e-3), REAL_OFFSETS)
    # Of one neuron, twice as many.
    assert columns / 2 <= max(watch.sizes) <= 2 * columns
    assert sum(watch.sizes) == 240 * 5 * len(REAL_OFFSETS)


@pytest.mark.parametrize(
    ("zeros", "entries"), [(0.0, 80), (0.1, 80), (0.5, 160), (0.75, 400), (1.0, 1600)]
)
def test_a_block_has_more_entries_where_copies_are_left_out(zeros: float, entries: int) -> None:
    network = Network.create([160, 10, 5, 2], seed=0)
    inputs = np.full((160, 3), 0.5)
    inputs[: int(zeros * 160)] = 0.0
    engine = Batched(network, inputs, np.zeros((2, 3)), columns=100)
    blocks = [each for piece in engine.pieces(0, np.arange(1600), 2, 1) for each in piece]
    assert {each.stop - each.start for each in blocks} == {entries}


def test_what_fails_in_one_thread_ends_the_others(failure_kept: threading.Event) -> None:
    watch = Failing(failure_kept)
    engine = batched(watched(problem(60, 200, 2), watch), columns=1, threads=2)
    watch.armed = True
    with pytest.raises(FloatingPointError, match="of a helper"):
        engine.cost_changes(0, np.arange(12000), np.full(12000, 1e-3), REAL_OFFSETS)
    # The main thread alone has half of them to do. It does the block that it has begun.
    assert engine.evaluations < 12000 * len(REAL_OFFSETS) / 100


def test_an_interruption_ends_all_threads(pool_left: threading.Event) -> None:
    def interrupted(evaluations: int) -> None:
        if evaluations > 50 and threading.current_thread() is threading.main_thread():
            raise KeyboardInterrupt

    watch = Held(pool_left)
    engine = batched(watched(problem(60, 50, 2), watch), columns=1, threads=3, progress=interrupted)
    watch.armed = True
    with pytest.raises(KeyboardInterrupt):
        engine.cost_changes(0, np.arange(3000), np.full(3000, 1e-3), REAL_OFFSETS)
    # The other two have two thirds of them to do. They do the blocks that they have begun.
    assert engine.evaluations < 3000 * len(REAL_OFFSETS) / 10


def test_an_interruption_while_the_others_are_awaited_ends_them(
    monkeypatch: pytest.MonkeyPatch, pool_left: threading.Event
) -> None:
    def interrupted(future: Any, timeout: float | None = None) -> None:
        raise KeyboardInterrupt

    watch = Held(pool_left)
    engine = batched(watched(problem(60, 20, 2), watch), columns=1, threads=2)
    watch.armed = True
    monkeypatch.setattr("concurrent.futures.Future.result", interrupted)
    with pytest.raises(KeyboardInterrupt):
        engine.cost_changes(0, np.arange(1200), np.full(1200, 1e-3), REAL_OFFSETS)
    # The main thread has done its half. The other one does the block that it has begun.
    assert engine.evaluations < 0.6 * 1200 * len(REAL_OFFSETS)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_and_blocks_change_no_digit(activation: str, threads: int) -> None:
    given_problem = problem(6, 5, 3, activation=activation, batch_size=4)
    entries, steps = np.arange(30), np.full(30, 1e-3)
    alone = batched(given_problem, columns=16, threads=1)
    together = batched(given_problem, columns=16, threads=threads)
    assert np.array_equal(
        together.cost_changes(0, entries, steps, [1.0]),
        alone.cost_changes(0, entries, steps, [1.0]),
    )


@pytest.mark.parametrize(
    "entries", [[7], [3, 4, 17], [17, 4, 3], [29, 0, 29], [5, 11, 17, 23]], ids=str
)
@pytest.mark.parametrize("columns", [None, 1, 8])
def test_some_entries_in_any_order(entries: list[int], columns: int | None) -> None:
    given_problem = problem(6, 5, 3, batch_size=4)
    chosen, steps = np.array(entries), np.full(len(entries), 1e-3)
    changes = batched(given_problem, columns=columns).cost_changes(0, chosen, steps, REAL_OFFSETS)
    wanted = one_by_one(given_problem).cost_changes(0, chosen, steps, REAL_OFFSETS)
    np.testing.assert_allclose(changes, wanted, atol=1e-14)


def test_each_entry_has_its_own_step() -> None:
    given_problem = problem(3, 4, 2)
    steps = np.geomspace(1e-3, 1.0, 12)
    changes = batched(given_problem).cost_changes(0, np.arange(12), steps, [1.0])
    wanted = one_by_one(given_problem).cost_changes(0, np.arange(12), steps, [1.0])
    np.testing.assert_allclose(changes, wanted, atol=1e-14)


def test_every_cost_is_counted_and_told() -> None:
    told: list[int] = []
    engine = batched(problem(3, 4, 2), progress=told.append)
    assert engine.evaluations == 1
    engine.cost_changes(0, np.arange(12), np.ones(12), [1.0, -1.0])
    assert engine.evaluations == 1 + 24
    assert told == sorted(told)
    assert told[-1] == 25


def test_a_cost_that_is_not_finite() -> None:
    given_problem = problem(2, 2, activation="identity")
    huge = [np.full_like(array, 1e200) for array in given_problem.network.parameters]
    network = given_problem.network.with_parameters(huge)
    with (
        np.errstate(over="ignore", invalid="ignore"),
        pytest.raises(BadInput, match="the cost is inf before anything is perturbed"),
    ):
        Batched(network, np.abs(given_problem.inputs), given_problem.targets)


def test_workers_share_the_threads_and_the_count_and_can_be_stopped() -> None:
    engine, stop = batched(problem(6, 5, 4), threads=5), threading.Event()
    worker = engine.for_one_of(2, stop)
    assert (engine.threads, worker.threads) == (5, 2)
    asked = 0, np.arange(30), np.full(30, 1e-6), (1.0,)
    assert np.array_equal(worker.cost_changes(*asked), engine.cost_changes(*asked))
    assert engine.evaluations == worker.evaluations == 61
    stop.set()
    with pytest.raises(CancelledError):
        worker.cost_changes(*asked)
    engine.cost_changes(*asked)  # the control: only the worker was stopped


@pytest.mark.parametrize("threads", [0, -1, 1.5, True])
def test_a_number_of_threads_that_does_nothing(threads: Any) -> None:
    with pytest.raises(BadInput, match=f"{threads} threads do nothing; give at least 1"):
        batched(problem(3, 2), threads=threads)


def test_the_network_is_left_as_it_was() -> None:
    given_problem = problem(3, 4, 2)
    before: list[HostArray] = [array.copy() for array in given_problem.network.parameters]
    engine = batched(given_problem)
    for which, array in enumerate(before):
        engine.cost_changes(which, np.arange(array.size), np.ones(array.size), [1.0])
    for array, old in zip(given_problem.network.parameters, before, strict=True):
        assert np.array_equal(array, old)


def test_nothing_crosses_to_the_host_between_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    here = problem(6, 5, 4, 2, activation="tanh")
    strict = array_api_strict.Device("device1")
    where = Place(array_api_strict, strict, array_api_strict.float64)
    there = moved(here, where)
    crossings = {"out": 0, "in": 0}

    def counted(direction: str, function: Any) -> Any:
        def call(*given: Any, **options: Any) -> Any:
            crossings[direction] += 1
            return function(*given, **options)

        return call

    array = type(there.inputs)
    for name in ("__float__", "__complex__", "__bool__", "__int__", "to_device"):
        monkeypatch.setattr(array, name, counted("out", getattr(array, name)))
    monkeypatch.setattr(
        array_api_strict, "asarray", counted_host_arrays(crossings, array_api_strict.asarray)
    )
    counts = []
    for columns in (None, 4):
        engine = batched(there, columns=columns)
        steps = where.put(np.full(30, 1e-3))
        crossings.update(dict.fromkeys(crossings, 0))
        engine.cost_changes(0, np.arange(30), steps, REAL_OFFSETS)
        counts.append(dict(crossings))
    # As many with 120 blocks as with one.
    assert counts[0] == counts[1]
    # Two questions: does every parameter move, and may some examples rest?
    assert counts[0]["out"] == 2


def counted_host_arrays(crossings: dict[str, int], asarray: Any) -> Any:
    """An asarray that counts the arrays which it brings from the host."""

    def call(given_array: Any, *arguments: Any, **options: Any) -> Any:
        crossings["in"] += isinstance(given_array, np.ndarray)
        return asarray(given_array, *arguments, **options)

    return call
