"""Differences with respect to z and to activations, against automatic differentiation."""

from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given

from gradcheck.engines.inside_layers import Intermediate
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.check_claims import check_claims
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.activations import ACTIVATIONS
from nets.arrays import HostArray, Place
from nets.costs import COSTS
from nets.network import Network
from tests.gradcheck.problems import SCHEME_NAMES, moved, norm_ratio, problem
from tests.oracle import ACTIVATION_OF, COST_OF
from tests.strategies import Problem, problems

ACCURACY = {"forward": 1e-6, "central": 1e-8, "five-point": 1e-8, "complex": 1e-13}


def cost_from(network: Network, which: int, value: Any, targets: HostArray) -> Any:
    """C as it follows from z (even ``which``) or activations (odd) of a layer."""
    position, is_activation = divmod(which, 2)
    for number, layer in enumerate(network.layers[position:]):
        if number > 0:
            value = anp.dot(layer.weights, value) + layer.biases
        if number > 0 or not is_activation:
            value = ACTIVATION_OF[layer.activation.name](value)
    return COST_OF[network.cost_function.name](value, targets) / targets.shape[1]


def oracle(given_problem: Problem) -> list[HostArray]:
    """The gradient wrt z of layer 1, activations of layer 1, z of layer 2, ..."""
    network, targets = given_problem.network, given_problem.targets
    values = [
        array
        for trace in network.forward(given_problem.inputs)
        for array in (trace.z, trace.downstream_activations)
    ]
    return [
        autograd.grad(lambda value, which=which: cost_from(network, which, value, targets))(value)
        for which, value in enumerate(values)
    ]


def checked(given_problem: Any, claims: list[Any], scheme: str) -> Report:
    engine = Intermediate(given_problem.network, given_problem.inputs, given_problem.targets)
    return check_claims(
        [
            Claim(f"array {which}", None, "values", values, claim)
            for which, (values, claim) in enumerate(zip(engine.arrays, claims, strict=True))
        ],
        engine,
        Settings.of(scheme),
    )


@pytest.mark.parametrize("scheme", SCHEME_NAMES)
@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_automatic_differentiation_finds_the_same(activation: str, cost: str, scheme: str) -> None:
    if scheme == "complex" and activation == "relu":
        pytest.skip("the complex step needs an analytic activation")
    here = problem(3, 4, 5, 2, activation=activation, cost=cost, seed=2)
    exact = oracle(here)
    report = checked(here, exact, scheme)
    assert report.counts["disagree"] == 0
    assert report.counts["agree"] + report.counts["untested"] == 3 * 2 * (4 + 5 + 2)
    assert norm_ratio(report) <= ACCURACY[scheme]
    # And the third of them a thousandth off:
    exact[2] = 1.001 * exact[2]
    wrong = checked(here, exact, scheme)
    disagreeing = [array.name for array in wrong.arrays if array.counts["disagree"]]
    assert disagreeing == ["array 2"]


@given(drawn=problems(scales=(0.1, 1.0)))
def test_in_any_network_nothing_contradicts_the_oracle(drawn: Problem) -> None:
    assert checked(drawn, oracle(drawn), "central").counts["disagree"] == 0


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_elsewhere_the_same_is_measured(activation: str, elsewhere: Place) -> None:
    here = problem(3, 4, 2, activation=activation, cost="fused-softmax-cross-entropy")
    there = moved(here, elsewhere)
    exact = oracle(here)
    mine = checked(here, exact, "central")
    theirs = checked(there, [elsewhere.put(array) for array in exact], "central")
    assert theirs.counts == mine.counts
    for array, other in zip(mine.arrays, theirs.arrays, strict=True):
        assert np.all(np.abs(other.numerical - array.numerical) <= array.error_bar + 1e-15)


def test_one_example_moves_and_no_other() -> None:
    """What a step of the second example's third z costs, from two full costs."""
    here = problem(3, 4, 2, seed=8)
    engine = Intermediate(here.network, here.inputs, here.targets)
    z = here.network.forward(here.inputs)[0].z
    entry, step = 3 * here.inputs.shape[1] + 1, 0.25
    change = engine.cost_changes(0, np.array([entry]), np.array([step]), (-1.0, 1.0))
    for sign, told in zip((-1.0, 1.0), change[:, 0], strict=True):
        other = z.copy()
        other[3, 1] += sign * step
        before, after = (cost_from(here.network, 0, each, here.targets) for each in (z, other))
        assert told == pytest.approx(after - before, rel=1e-12)
    assert engine.base_cost == pytest.approx(cost_from(here.network, 0, z, here.targets))
    assert engine.evaluations == 1 + 2


def test_blocks_of_columns_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    here = problem(3, 4, 2, cost="fused-softmax-cross-entropy")
    exact = oracle(here)
    whole = checked(here, exact, "five-point")
    monkeypatch.setattr(
        "gradcheck.engines.inside_layers.CPU_BLOCK", 17
    )  # four columns of four neurons
    pieces = checked(here, exact, "five-point")
    assert pieces.evaluations == whole.evaluations
    for array, other in zip(whole.arrays, pieces.arrays, strict=True):
        np.testing.assert_allclose(other.numerical, array.numerical, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("scheme", ["forward", "central", "five-point"])
def test_a_z_that_sits_on_the_kink_of_relu_is_a_kink_and_its_activation_is_none(
    scheme: str,
) -> None:
    here = problem(3, 4, 2, activation="relu", seed=1)
    parameters = list(here.network.parameters)
    parameters[0], parameters[1] = np.zeros((4, 3)), np.zeros((4, 1))
    at_kink = Problem(here.network.with_parameters(parameters), here.inputs, here.targets)
    exact = oracle(at_kink)
    report = checked(at_kink, exact, scheme)
    assert report.counts["disagree"] == 0
    slopes = report.arrays[0]
    behind = np.reshape(exact[1], (-1,))
    kinks = slopes.verdicts == Verdict.KINK
    assert np.all(kinks == (behind != 0.0))
    for low, high, slope in zip(
        slopes.lowest_slope[kinks], slopes.highest_slope[kinks], behind[kinks], strict=True
    ):
        assert sorted((0.0, slope)) == pytest.approx([low, high], rel=1e-3, abs=1e-6)
    assert report.arrays[1].counts["kink"] == 0
