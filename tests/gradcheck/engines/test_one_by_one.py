"""The engine that takes any cost function, one evaluation for each entry."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from gradcheck.engines.engine import Offset, steps_for
from gradcheck.engines.one_by_one import COSTS_AT_A_TIME, OneByOne
from gradcheck.slopes.schemes import SCHEMES
from nets.arrays import HostArray, Place, array_namespace, place_of, to_numpy
from nets.errors import BadInput
from nets.network import Network
from tests.gradcheck.problems import moved, problem
from tests.strategies import Problem, problems


def product_cost(parameters: Sequence[Any]) -> Any:
    """(sum of the first array's squares) times (sum of the second array)."""
    first, second = parameters
    xp = array_namespace(first)
    return xp.sum(first * first) * xp.sum(second)


def arrays(where: Place) -> list[Any]:
    return [where.put([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), where.put([2.0, -1.0])]


def engine_of(given: Any) -> OneByOne:
    return OneByOne(
        lambda parameters: given.network.with_parameters(parameters).cost(
            given.inputs, given.targets
        ),
        given.network.parameters,
    )


def test_cost_changes_are_those_of_the_cost_function(where: Place) -> None:
    engine = OneByOne(product_cost, arrays(where))
    assert engine.base_cost == 91.0
    changes = engine.cost_changes(0, np.array([0, 4]), where.put([0.5, 0.25]), [-1.0, 2.0])
    assert place_of(changes) == where
    # (w + offset h)^2 - w^2 for w = 1, 5.
    assert to_numpy(changes).tolist() == [[-0.75, -2.4375], [3.0, 5.25]]
    changes = engine.cost_changes(1, np.array([1]), where.put([2.0]), [1.0])
    assert to_numpy(changes).tolist() == [[182.0]]


def test_complex_offsets_give_complex_changes(where: Place) -> None:
    engine = OneByOne(product_cost, arrays(where))
    changes = to_numpy(engine.cost_changes(0, np.array([1, 5]), where.put([0.5, 0.5]), [1j]))
    assert changes.tolist() == [[-0.25 + 2j, -0.25 + 6j]]


@given(problem=problems(deepest=3, widest=4))
def test_every_offset_of_every_scheme_is_one_evaluation_of_the_moved_network(
    problem: Problem,
) -> None:
    network = problem.network
    engine = engine_of(problem)
    offsets: list[Offset] = [-2.0, -1.0, 1.0, 2.0]
    base = network.cost(problem.inputs, problem.targets)
    for which, array in enumerate(network.parameters):
        steps = np.full(array.size, 1e-3)
        changes = engine.cost_changes(which, np.arange(array.size), steps, offsets)
        for position, offset in enumerate(offsets):
            for entry in range(array.size):
                parameters = [a.copy() for a in network.parameters]
                parameters[which].reshape(-1)[entry] += offset * 1e-3
                cost = network.with_parameters(parameters).cost(problem.inputs, problem.targets)
                assert changes[position, entry] == cost - base


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_same_elsewhere_as_on_the_host(scheme: str, elsewhere: Place) -> None:
    here = problem(3, 4, 2)
    there = moved(here, elsewhere)
    offsets = SCHEMES[scheme].perturbed_offsets
    for which, array in enumerate(here.network.parameters):
        entries = np.arange(array.size)
        steps = steps_for(array.reshape(-1), 1e-3)
        changes = engine_of(there).cost_changes(which, entries, elsewhere.put(steps), offsets)
        np.testing.assert_allclose(
            to_numpy(changes),
            engine_of(here).cost_changes(which, entries, steps, offsets),
            atol=1e-15,
        )


def test_every_evaluation_is_counted_and_told() -> None:
    told: list[int] = []
    weights = np.ones(COSTS_AT_A_TIME + 3)
    engine = OneByOne(lambda parameters: parameters[0].sum(), [weights], told.append)
    assert engine.evaluations == 1
    engine.cost_changes(0, np.arange(weights.size), np.ones(weights.size), [1.0, -1.0])
    assert engine.evaluations == 1 + 2 * weights.size
    assert told[-1] == engine.evaluations
    assert told == sorted(told)


def test_entries_in_several_pieces_keep_their_order() -> None:
    weights = np.zeros(COSTS_AT_A_TIME + 3)
    slopes = np.arange(weights.size)
    engine = OneByOne(lambda parameters: parameters[0] @ slopes, [weights])
    changes = engine.cost_changes(0, np.arange(weights.size), np.ones(weights.size), [1.0])
    assert np.array_equal(changes[0], slopes)


def test_one_entry_is_moved_at_a_time_and_the_caller_s_arrays_never(where: Place) -> None:
    given_arrays = arrays(where)
    before = [to_numpy(array).copy() for array in given_arrays]

    def moved_entries(now: Sequence[Any]) -> int:
        pairs = zip(now, before, strict=True)
        return sum(int(np.sum(to_numpy(array) != old)) for array, old in pairs)

    seen: list[tuple[int, int]] = []

    def cost(parameters: Sequence[Any]) -> Any:
        seen.append((moved_entries(parameters), moved_entries(given_arrays)))
        return product_cost(parameters)

    engine = OneByOne(cost, given_arrays)
    for which, entries in ((0, np.arange(6)), (1, np.arange(2))):
        engine.cost_changes(which, entries, where.put(np.ones(len(entries))), [1.0, -1.0])
    assert seen == [(0, 0)] + [(1, 0)] * 16


def test_the_engine_s_copy_is_restored_when_the_cost_raises() -> None:
    fail = False

    def cost(parameters: Sequence[HostArray]) -> Any:
        if fail and parameters[0][0] != 1.0:
            raise RuntimeError
        return parameters[0].sum()

    engine = OneByOne(cost, [np.array([1.0, 2.0])])
    fail = True
    with pytest.raises(RuntimeError):
        engine.cost_changes(0, np.array([0]), np.array([1.0]), [1.0])
    # If the first entry had stayed where it was, this change would be 2.
    assert engine.cost_changes(0, np.array([1]), np.array([1.0]), [1.0]).tolist() == [[1.0]]


@pytest.mark.parametrize(
    "error", [ValueError, ArithmeticError, ZeroDivisionError, OverflowError, np.linalg.LinAlgError]
)
@pytest.mark.parametrize("number", [float, np.asarray])
def test_a_cost_that_raises_where_an_entry_is_moved_is_not_defined_there(
    error: type[Exception], number: Any
) -> None:
    def cost(parameters: Sequence[HostArray]) -> Any:
        if parameters[0][0] > 1.0:
            raise error
        return number(parameters[0].sum())

    engine = OneByOne(cost, [np.array([1.0, 2.0])])
    changes = engine.cost_changes(0, np.array([0, 1]), np.ones(2), [1.0, -1.0])
    assert np.isnan(changes[0, 0])
    assert changes[0, 1] == 1.0
    assert changes[1].tolist() == [-1.0, -1.0]
    assert engine.evaluations == 1 + 4


def test_bad_input_from_a_cost_is_told_and_not_taken_for_an_edge() -> None:
    def cost(parameters: Sequence[HostArray]) -> Any:
        if parameters[0][0] > 1.0:
            raise BadInput("no such thing")
        return parameters[0].sum()

    engine = OneByOne(cost, [np.array([1.0, 2.0])])
    with pytest.raises(BadInput, match="no such thing"):
        engine.cost_changes(0, np.array([0]), np.ones(1), [1.0])


def test_a_cost_that_raises_at_the_parameters_themselves_is_not_caught() -> None:
    def cost(parameters: Sequence[HostArray]) -> Any:
        raise ValueError("math domain error")

    with pytest.raises(ValueError, match="math domain error"):
        OneByOne(cost, [np.ones(2)])


def test_what_a_step_out_of_the_domain_warns_about_is_expected() -> None:
    engine = OneByOne(lambda parameters: np.log(parameters[0]).sum(), [np.array([1.0, 2.0])])
    changes = engine.cost_changes(0, np.array([0]), np.ones(1), [-1.0, -2.0])
    assert changes[0, 0] == -np.inf
    assert np.isnan(changes[1, 0])


@pytest.mark.parametrize("number", [float, np.float64, np.asarray])
def test_the_cost_may_be_any_kind_of_number(number: Any) -> None:
    engine = OneByOne(lambda parameters: number(parameters[0].sum()), [np.ones(2)])
    assert engine.cost_changes(0, np.arange(2), np.ones(2), [1.0]).tolist() == [[1.0, 1.0]]


@pytest.mark.parametrize(("factor", "word"), [(np.nan, "nan"), (np.inf, "inf")])
def test_a_cost_that_is_not_finite(factor: float, word: str) -> None:
    with pytest.raises(BadInput, match=f"the cost is {word} before anything is perturbed"):
        OneByOne(lambda parameters: parameters[0].sum() * factor, [np.ones(2)])


@pytest.mark.parametrize("axis", [0, (0,)])
def test_a_cost_for_each_example(axis: Any) -> None:
    with pytest.raises(BadInput, match=r"the cost has shape \(3,\); it should be one number"):
        OneByOne(lambda parameters: parameters[0].sum(axis=axis), [np.ones((2, 3))])


def test_a_cost_that_drops_the_imaginary_part() -> None:
    engine = OneByOne(lambda parameters: abs(parameters[0]).sum(), [np.ones(2)])
    with pytest.raises(BadInput, match="came out real, so the complex step cannot be used"):
        engine.cost_changes(0, np.arange(2), np.full(2, 1e-20), [1j])


# The cost of a network


def test_of_a_network_the_cost_on_the_mini_batch_is_measured() -> None:
    here = problem(3, 4, 2)
    told: list[int] = []
    engine = OneByOne.of_network(here.network, here.inputs, here.targets, told.append)
    assert engine.base_cost == here.network.cost(here.inputs, here.targets)
    entries, steps = np.arange(12), np.full(12, 1e-3)
    wanted = engine_of(here).cost_changes(0, entries, steps, [-1.0, 1j])
    assert np.array_equal(engine.cost_changes(0, entries, steps, [-1.0, 1j]), wanted)
    assert told[-1] == engine.evaluations == 1 + 24


class Rebuilt(Network):
    """A network with twice the cost, which knows how often it was built over other arrays."""

    times = 0

    def with_parameters(self, parameters: Sequence[Any]) -> "Rebuilt":
        Rebuilt.times += 1
        return super().with_parameters(parameters)

    def cost(self, inputs: Any, targets: Any) -> Any:
        return 2.0 * super().cost(inputs, targets)


def rebuilt(given: Problem) -> Rebuilt:
    return Rebuilt(given.network.layers, given.network.cost_function)


def test_a_subclass_keeps_its_class() -> None:
    here = problem(3, 4, 2)
    engine = OneByOne.of_network(rebuilt(here), here.inputs, here.targets)
    plain = OneByOne.of_network(here.network, here.inputs, here.targets)
    assert engine.base_cost == 2.0 * plain.base_cost
    entries, steps = np.arange(12), np.full(12, 1e-3)
    for offsets in ([1.0], [1j]):
        assert np.array_equal(
            engine.cost_changes(0, entries, steps, offsets),
            2.0 * plain.cost_changes(0, entries, steps, offsets),
        )


def test_a_network_is_rebuilt_for_other_arrays_only(monkeypatch: pytest.MonkeyPatch) -> None:
    here = problem(3, 4, 2)
    monkeypatch.setattr(Rebuilt, "times", 0)
    engine = OneByOne.of_network(rebuilt(here), here.inputs, here.targets)
    for which, array in enumerate(here.network.parameters):
        engine.cost_changes(which, np.arange(array.size), np.full(array.size, 1e-3), [1.0, -1.0])
    # Once, over the copies that belong to the engine: entries are moved within those.
    assert Rebuilt.times == 1
    engine.cost_changes(0, np.arange(12), np.full(12, 1e-3), [1j])
    # Once more, over the complex copy of the array.
    assert Rebuilt.times == 2


def test_a_network_s_own_arrays_are_never_moved() -> None:
    here = problem(3, 4, 2)
    before = [array.copy() for array in here.network.parameters]
    seen: list[bool] = []

    class Watching(Network):
        def cost(self, inputs: Any, targets: Any) -> Any:
            pairs = zip(here.network.parameters, before, strict=True)
            seen.append(all(np.array_equal(array, old) for array, old in pairs))
            return super().cost(inputs, targets)

    watching = Watching(here.network.layers, here.network.cost_function)
    engine = OneByOne.of_network(watching, here.inputs, here.targets)
    engine.cost_changes(0, np.arange(12), np.ones(12), [1.0])
    assert seen == [True] * 13
