"""A network and its mini-batch in one dtype."""

import numpy as np

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.sweep.problem import Problem, Tally, joined
from tests.gradcheck.problems import problem, right

GIVEN = problem(4, 3, 2)
PROBLEM = Problem(GIVEN.network, GIVEN.inputs, GIVEN.targets)


def test_everything_is_rounded_to_the_other_dtype_and_stays_so() -> None:
    single = PROBLEM.with_dtype("float32")
    arrays = (*single.network.parameters, single.inputs, single.targets)
    assert {array.dtype.name for array in arrays} == {"float32"}
    again = single.with_dtype("float64")
    assert np.array_equal(again.inputs, np.float64(single.inputs))
    assert not np.array_equal(again.inputs, PROBLEM.inputs)


def test_backprop_is_taken_at_some_entries_of_each_array() -> None:
    entries = [np.array([1, 5]), np.array([], dtype=int), np.array([0]), np.array([1])]
    first, _, third, fourth = right(GIVEN)
    wanted = [*first.ravel()[[1, 5]], third.ravel()[0], fourth.ravel()[1]]
    assert np.array_equal(PROBLEM.backprop(entries), wanted)


def test_pieces_are_joined_in_float64() -> None:
    whole = joined([np.ones(2, dtype=np.float32), np.zeros(1)])
    assert whole.dtype == np.float64
    assert whole.tolist() == [1.0, 1.0, 0.0]


def test_a_tally_counts_on_where_another_engine_has_stopped() -> None:
    counts: list[int] = []
    tally = Tally(counts.append)
    for _ in range(2):
        engine = PROBLEM.engine("one-by-one", tally)
        assert isinstance(engine, OneByOne)
        engine.cost_changes(0, np.arange(3), np.full(3, 1e-6), [1.0])
        tally.add(engine)
    assert counts == [4, 8]  # each engine evaluates C(w) once, too
    assert tally.done == 8
    Tally(None)(3)  # nobody to tell
