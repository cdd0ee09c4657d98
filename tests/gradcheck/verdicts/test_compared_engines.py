"""The fast engine compared with full forward passes."""

from typing import Any

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.engines.kinds import ENGINES
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.slopes.cost_change_to_slope import Entries
from gradcheck.slopes.parameter_array import ParameterArray
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.compared_engines import compared_engines
from gradcheck.verdicts.engine_comparison import EngineComparison
from gradcheck.verdicts.judged import Judged
from gradcheck.verdicts.judged_entries import judged_entries
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray
from nets.costs import COSTS
from tests.gradcheck.problems import (
    EVERY_SCHEME,
    checked,
    problem,
)


def test_what_overflows_is_no_fault_of_an_engine() -> None:
    given = problem(3, 4, 2, activation="identity")
    network = given.network.with_parameters([1e60 * array for array in given.network.parameters])
    report = check_network(network, given.inputs, given.targets)
    assert report.comparison is not None
    assert report.comparison.ok
    assert report.counts["disagree"] == 0


@EVERY_SCHEME
@pytest.mark.parametrize("activation", ["identity", "sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("cost", COSTS)
def test_both_engines_give_the_same_report(scheme: str, activation: str, cost: str) -> None:
    if scheme == "complex" and activation == "relu":
        pytest.skip("the complex step needs an analytic activation")
    given_problem = problem(3, 5, 4, 2, activation=activation, cost=cost, seed=9)
    batched, one_by_one = (
        checked(given_problem, scheme=scheme, engine=engine) for engine in ENGINES
    )
    assert batched.verdict is one_by_one.verdict is Verdict.AGREE
    assert batched.comparison is not None
    assert batched.comparison.ok
    assert one_by_one.comparison is None
    for array, other in zip(batched.arrays, one_by_one.arrays, strict=True):
        bars = array.error_bar + other.error_bar
        assert np.all(np.abs(array.numerical - other.numerical) <= bars)


def compared(cost: Any, other: Any, w: HostArray) -> tuple[EngineComparison, OneByOne, Judged]:
    """What is found of an array by two engines with costs of their own."""
    engine = OneByOne(lambda p: cost(p[0]), [w])
    reference = OneByOne(lambda p: other(p[0]), [w])
    entries = Entries.of(engine, ParameterArray(0, w), np.arange(w.size), SCHEMES["forward"])
    claim = Claim("w", None, "w", w, np.zeros_like(w))
    generator = np.random.default_rng(0)
    judged = judged_entries(claim, entries, SCHEMES["forward"].epsilon, generator)
    return compared_engines(["w"], entries, reference, judged, generator), reference, judged


def test_engines_that_agree_are_compared_by_few_costs() -> None:
    def cost(w: HostArray) -> Any:
        return np.sin(w).sum()

    found, reference, _ = compared(cost, cost, np.array([0.3, -1.0, 2.0]))
    assert (found.compared, found.bars, found.ok) == (2, 0.0, True)
    # The unperturbed one, and one side of two entries. Noise is only asked for where in doubt.
    assert reference.evaluations == 1 + 2


def test_the_distance_is_counted_in_error_bars_of_the_first_engine() -> None:
    def cost(w: HostArray) -> Any:
        return 1e3 + 3.0 * w.sum()

    w = np.array([0.5])
    _, _, judged = compared(cost, cost, w)
    bar = float(judged.judgement.error_bar[0])
    found, _, _ = compared(cost, lambda w: cost(w) + 0.5 * bar * w.sum(), w)
    # Costs around 1000 are rounded, so that the distance is known to some roundings only.
    assert 0.0 < found.bars <= 1.0
    assert found.ok
    assert (found.name, found.index) == ("w", (0,))


@pytest.mark.parametrize("factor", [1.001, -1.0, 0.0])
def test_an_engine_that_is_wrong_is_found(factor: float) -> None:
    def cost(w: HostArray) -> Any:
        return np.sin(w).sum()

    found, _, _ = compared(cost, lambda w: factor * cost(w), np.array([0.3, -1.0]))
    assert found.bars > 100
    assert not found.ok


def test_engines_may_differ_by_the_rounding_of_either() -> None:
    # The reference computes in float32: its own noise is measured and allowed for.
    def cost(w: HostArray) -> Any:
        return 1.0 + np.sin(w).sum()

    found, reference, _ = compared(cost, lambda w: np.float32(cost(w)), np.array([0.3, -1.0]))
    assert found.ok
    assert reference.evaluations > 1 + 2 * 2


def test_where_either_engine_s_cost_is_not_finite_neither_is_wrong() -> None:
    def cost(w: HostArray) -> Any:
        return w.sum() if w[0] == 1.0 else np.nan

    found, _, _ = compared(cost, lambda w: w.sum(), np.array([1.0]))
    assert (found.bars, found.ok) == (0.0, True)
    found, _, _ = compared(lambda w: w.sum(), cost, np.array([1.0]))
    assert (found.bars, found.ok) == (0.0, True)
