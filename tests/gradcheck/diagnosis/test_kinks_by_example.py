"""Kinks in several examples at once: what is right example by example is no mistake."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.planting import wrong_backprop
from gradcheck.bugs.zoo import BUGS
from gradcheck.check import check_network
from gradcheck.verdicts.verdict import Verdict
from gradcheck.verdicts.what_to_mend import Diagnosis
from nets.arrays import HostArray, Place
from nets.layers import parameter_gradients
from nets.network import Network
from tests.benchmarks.verdicts import draw
from tests.gradcheck.problems import REAL_SCHEMES, moved, problem
from tests.strategies import Problem

EVERY_REAL_SCHEME = pytest.mark.parametrize("scheme", REAL_SCHEMES)


def on_its_kink(seed: int = 6) -> Problem:
    """A ReLU neuron with z = 0 in every example, whose inputs have both signs."""
    given = problem(3, 4, 2, activation="relu", seed=seed)
    parameters = [array.copy() for array in given.network.parameters]
    parameters[0][2, :] = 0.0
    parameters[1][2, :] = 0.0
    parameters[3][:] = 5.0
    return Problem(given.network.with_parameters(parameters), given.inputs, given.targets)


@EVERY_REAL_SCHEME
def test_examples_that_leave_the_kink_each_its_own_way(scheme: str) -> None:
    given = on_its_kink()
    report = check_network(given.network, given.inputs, given.targets, scheme=scheme)
    assert report.counts["disagree"] == 0
    weights = report.arrays[0]
    excused = weights.by_example
    assert excused is not None
    assert np.any(excused)
    # Only that neuron's, and they lie outside of the slopes: nothing else would have excused them.
    assert set(weights.entries[excused] // 3) == {2}
    outside = (weights.backprop < weights.lowest_slope) | (weights.backprop > weights.highest_slope)
    assert np.all(outside[excused])
    assert np.all(weights.verdicts[excused] == Verdict.KINK)
    said = " ".join(str(report).split())
    assert "of layer 1 weights move several examples off their kinks at once" in said
    assert "the sum of a valid subgradient for each example" in said


def test_elsewhere_too(elsewhere: Place) -> None:
    there = moved(on_its_kink(), elsewhere)
    report = check_network(there.network, there.inputs, there.targets)
    assert report.counts["disagree"] == 0


def slipped(gradient: HostArray) -> HostArray:
    changed = gradient.copy()
    changed[2, 1] += 0.5 * np.max(np.abs(gradient))
    return changed


@EVERY_REAL_SCHEME
def test_a_sum_that_is_wrong_is_not_excused(scheme: str) -> None:
    given = on_its_kink()
    first, *others = given.network.backprop(given.inputs, given.targets)
    wrong = replace(first, gradient_wrt_weights=slipped(first.gradient_wrt_weights))
    report = check_network(
        given.network, given.inputs, given.targets, gradients=[wrong, *others], scheme=scheme
    )
    assert report.verdict is Verdict.DISAGREE
    assert report.arrays[0].verdicts[2 * 3 + 1] == Verdict.DISAGREE


def test_a_sum_that_is_wrong_by_less_than_float32_can_tell_is_not_excused_in_float64() -> None:
    given = on_its_kink()
    inputs = given.inputs.copy()
    inputs[:, 0] = 0.0  # a kink in every neuron of a layer without biases
    parameters = [given.network.parameters[0], 0.0 * given.network.parameters[1]]
    network = given.network.with_parameters([*parameters, *given.network.parameters[2:]])
    first, *others = network.backprop(inputs, given.targets)
    wrong = replace(first, gradient_wrt_weights=(1.0 + 5e-7) * first.gradient_wrt_weights)
    report = check_network(
        network, inputs, given.targets, gradients=[wrong, *others], scheme="central"
    )
    assert report.verdict is Verdict.DISAGREE


@EVERY_REAL_SCHEME
def test_a_gradient_wrt_z_outside_of_its_two_slopes_is_not_excused(scheme: str) -> None:
    given = on_its_kink()
    batch = MiniBatch(given.inputs, given.targets)
    for name in ("sign-flipped", "not-divided-by-batch", "half-missing"):
        wrong = wrong_backprop(given.network, batch, BUGS[name], 2)
        report = check_network(
            given.network, given.inputs, given.targets, gradients=wrong, scheme=scheme
        )
        assert report.verdict is Verdict.DISAGREE


@pytest.mark.parametrize("odd", [np.inf, -np.inf])
@pytest.mark.parametrize("layer", [0, 1])
def test_infinite_gradients_are_not_excused_and_give_no_warning(odd: float, layer: int) -> None:
    given = on_its_kink()
    upstream = given.network.forward(given.inputs)[layer].upstream_activations
    claim = list(given.network.backprop(given.inputs, given.targets))
    spoiled = claim[layer].gradient_wrt_z.copy()
    spoiled[0, 0] = odd
    with np.errstate(invalid="ignore"):  # infinity times 0, in the backprop itself
        claim[layer] = replace(
            claim[layer],
            gradient_wrt_z=spoiled,
            gradient_wrt_weights=spoiled @ upstream.T,
            gradient_wrt_biases=np.sum(spoiled, axis=1, keepdims=True),
        )
    report = check_network(given.network, given.inputs, given.targets, gradients=claim)
    assert report.verdict is Verdict.DISAGREE
    weights = report.arrays[2 * layer]
    assert np.all(weights.verdicts[: upstream.shape[0]] == Verdict.DISAGREE)
    assert isinstance(report.diagnosis, Diagnosis)
    assert (report.diagnosis.layer, report.diagnosis.step) == (layer + 1, "gradient_wrt_z")


def test_a_neuron_away_from_its_kink_is_not_excused() -> None:
    given = on_its_kink()
    batch = MiniBatch(given.inputs, given.targets)
    wrong = wrong_backprop(given.network, batch, BUGS["weights-factor-two"], 1)
    report = check_network(given.network, given.inputs, given.targets, gradients=wrong)
    assert report.arrays[0].counts["disagree"] >= 6


def test_without_the_steps_inside_nothing_is_excused() -> None:
    given = on_its_kink()
    gradients = parameter_gradients(given.network.backprop(given.inputs, given.targets))
    report = check_network(given.network, given.inputs, given.targets, gradients=gradients)
    assert report.verdict is Verdict.DISAGREE


def test_near_kinks_in_several_examples() -> None:
    """None of them exactly at 0, all within the first step."""
    generator = np.random.default_rng(3)
    network = Network.create([4, 3, 2], activation="relu", seed=1)
    parameters = [array.copy() for array in network.parameters]
    inputs = generator.standard_normal((4, 6))
    parameters[0][1, :] = 1e-9 * generator.standard_normal(4)
    parameters[1][1, :] = 0.0
    network = network.with_parameters(parameters)
    report = check_network(network, inputs, np.eye(2)[:, [0, 1, 0, 1, 1, 0]], scheme="five-point")
    assert report.counts["disagree"] == 0


def test_a_kink_excuses_no_more_than_it_can_move_the_slope() -> None:
    """No gradient wrt z is measured well enough to be called wrong, but three sums of them are."""
    drawn = draw(1, 7110)
    wrong = wrong_backprop(drawn.network, drawn.batch, BUGS["updated-weights"], 3)
    report = check_network(
        drawn.network, drawn.batch.inputs, drawn.batch.targets, gradients=wrong, scheme="forward"
    )
    assert report.counts["disagree"] > 0
