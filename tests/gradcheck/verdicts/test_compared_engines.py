"""The fast engine compared with full forward passes."""

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.engines.kinds import ENGINES
from gradcheck.verdicts.verdict import Verdict
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
