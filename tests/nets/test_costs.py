"""Costs: values, gradients, and what is left of them in a network that is nearly sure."""

import math
import warnings
from typing import Any

import autograd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nets.arrays import HostArray, Place, to_numpy
from nets.costs import COSTS
from tests.oracle import COST_OF
from tests.strategies import mini_batch, seeds

EVERY_COST = pytest.mark.parametrize("cost", COSTS)
STEP = 1e-30


def quadratic(output: list[float], targets: list[float]) -> float:
    return math.fsum((a - y) ** 2 / 2 for a, y in zip(output, targets, strict=True))


def sigmoid_cross_entropy(z: list[float], targets: list[float]) -> float:
    # -ln a = ln(1 + exp(-z)) and -ln(1 - a) = ln(1 + exp(z)).
    return math.fsum(
        y * math.log1p(math.exp(-z_j)) + (1 - y) * math.log1p(math.exp(z_j))
        for z_j, y in zip(z, targets, strict=True)
    )


def softmax_cross_entropy(z: list[float], targets: list[float]) -> float:
    # -ln a_j = ln(1 + sum of exp(z_k - z_j) over the others).
    return math.fsum(
        y * math.log1p(math.fsum(math.exp(z_k - z[j]) for k, z_k in enumerate(z) if k != j))
        for j, y in enumerate(targets)
    )


FORMULAS = {
    "quadratic": quadratic,
    "fused-sigmoid-cross-entropy": sigmoid_cross_entropy,
    "fused-softmax-cross-entropy": softmax_cross_entropy,
}


def output_and_targets(
    cost: str, n_output: int, batch_size: int, scale: float, seed: int
) -> tuple[HostArray, HostArray]:
    _, targets = mini_batch([1, n_output], batch_size, cost, seed)
    return scale * np.random.default_rng(seed).standard_normal(targets.shape), targets


DRAWN = {
    "n_output": st.integers(1, 6),
    "batch_size": st.integers(1, 5),
    "scale": st.sampled_from([0.1, 1.0, 10.0]),
    "seed": seeds,
}


def test_a_fused_cost_is_named_so_and_names_what_it_contains() -> None:
    assert {name: cost.fused_activation for name, cost in COSTS.items()} == {
        "quadratic": None,
        "fused-sigmoid-cross-entropy": "sigmoid",
        "fused-softmax-cross-entropy": "softmax",
    }
    assert all(cost.name == name for name, cost in COSTS.items())


@EVERY_COST
@given(**DRAWN)
def test_values_are_those_of_the_formula(
    cost: str, n_output: int, batch_size: int, scale: float, seed: int
) -> None:
    output, targets = output_and_targets(cost, n_output, batch_size, scale, seed)
    values = COSTS[cost].per_example(output, targets)
    wanted = [
        FORMULAS[cost](output[:, i].tolist(), targets[:, i].tolist()) for i in range(batch_size)
    ]
    np.testing.assert_allclose(values, wanted, rtol=1e-13, atol=1e-15)


@EVERY_COST
@given(**DRAWN)
def test_gradients_of_the_mean_are_what_autograd_finds(
    cost: str, n_output: int, batch_size: int, scale: float, seed: int
) -> None:
    output, targets = output_and_targets(cost, n_output, batch_size, scale, seed)
    given_gradient = COSTS[cost].gradient_wrt_output(output, targets)
    wanted = autograd.grad(lambda z: COST_OF[cost](z, targets) / batch_size)(output)
    assert np.max(np.abs(given_gradient - wanted)) < 1e-14 * max(1.0, np.max(np.abs(wanted)))


@EVERY_COST
@given(**DRAWN)
def test_gradients_are_what_the_complex_step_finds(
    cost: str, n_output: int, batch_size: int, scale: float, seed: int
) -> None:
    output, targets = output_and_targets(cost, n_output, batch_size, scale, seed)
    gradient = COSTS[cost].gradient_wrt_output(output, targets)
    for row in range(n_output):
        direction = np.zeros((n_output, 1))
        direction[row] = STEP
        values = COSTS[cost].per_example(output + 1j * direction, targets)
        found = values.imag / STEP / batch_size
        np.testing.assert_allclose(gradient[row], found, rtol=1e-11, atol=1e-15)


@EVERY_COST
@given(**DRAWN)
def test_the_gradient_is_the_difference_of_two_terms(
    cost: str, n_output: int, batch_size: int, scale: float, seed: int
) -> None:
    output, targets = output_and_targets(cost, n_output, batch_size, scale, seed)
    first, second = COSTS[cost].gradient_terms(output, targets)
    assert first.shape == second.shape == output.shape
    gradient = COSTS[cost].gradient_wrt_output(output, targets)
    np.testing.assert_array_equal((first - second) / batch_size, gradient)


@EVERY_COST
def test_a_separable_cost_is_the_sum_of_the_costs_of_each_neuron(cost: str) -> None:
    output, targets = output_and_targets(cost, 4, 3, 1.0, seed=0)
    per_example = COSTS[cost].per_example
    rows = [per_example(output[[j]], targets[[j]]) for j in range(4)]
    is_sum = np.allclose(np.sum(rows, axis=0), per_example(output, targets), rtol=1e-12)
    assert is_sum == COSTS[cost].separable


@EVERY_COST
def test_a_cost_of_the_distance_grows_with_its_power(cost: str) -> None:
    output, targets = output_and_targets(cost, 4, 3, 1.0, seed=0)
    per_example, power = COSTS[cost].per_example, COSTS[cost].distance_power
    moved = per_example(output + 1.5, targets + 1.5)
    depends_on_distance_only = np.allclose(moved, per_example(output, targets), rtol=1e-12)
    assert depends_on_distance_only == (power is not None)
    if power is not None:
        thrice = per_example(targets + 3.0 * (output - targets), targets)
        np.testing.assert_allclose(thrice, 3.0**power * per_example(output, targets), rtol=1e-12)


@EVERY_COST
def test_complex_output_has_the_same_real_part(cost: str) -> None:
    output, targets = output_and_targets(cost, 4, 3, 10.0, seed=0)
    per_example = COSTS[cost].per_example
    np.testing.assert_allclose(
        per_example(output + 0j, targets).real, per_example(output, targets), rtol=1e-14
    )


def column(*numbers: float) -> HostArray:
    return np.array(numbers)[:, np.newaxis]


def test_softmax_cross_entropy_of_a_network_that_is_nearly_sure() -> None:
    cost = COSTS["fused-softmax-cross-entropy"]
    z, targets = column(40.0, 0.0), column(1.0, 0.0)
    rest = math.exp(-40.0) / (1 + math.exp(-40.0))
    np.testing.assert_allclose(
        cost.per_example(z, targets), math.log1p(math.exp(-40.0)), rtol=1e-14
    )
    np.testing.assert_allclose(
        cost.gradient_wrt_output(z, targets), column(-rest, rest), rtol=1e-14
    )


def test_sigmoid_cross_entropy_of_a_network_that_is_nearly_sure() -> None:
    cost = COSTS["fused-sigmoid-cross-entropy"]
    z, targets = column(40.0, -40.0), column(1.0, 0.0)
    rest = math.exp(-40.0) / (1 + math.exp(-40.0))
    np.testing.assert_allclose(
        cost.per_example(z, targets), 2 * math.log1p(math.exp(-40.0)), rtol=1e-14
    )
    np.testing.assert_allclose(
        cost.gradient_wrt_output(z, targets), column(-rest, rest), rtol=1e-14
    )


@pytest.mark.parametrize("spare", [1e-7, 1e-9, 2.0**-50])
def test_sigmoid_cross_entropy_of_targets_that_are_nearly_sure(spare: float) -> None:
    cost = COSTS["fused-sigmoid-cross-entropy"]
    z, targets = column(20.0, 21.7), column(1.0 - spare, 1.0 - 2.0 * spare)
    wanted = sigmoid_cross_entropy(z[:, 0].tolist(), targets[:, 0].tolist())
    np.testing.assert_allclose(cost.per_example(z, targets), wanted, rtol=1e-14)


@pytest.mark.parametrize("spare", [1e-7, 1e-9, 2.0**-50])
def test_softmax_cross_entropy_of_targets_that_are_nearly_sure(spare: float) -> None:
    cost = COSTS["fused-softmax-cross-entropy"]
    z, targets = column(0.0, 18.0, 1.0), column(spare, 1.0 - 2.0 * spare, spare)
    powers = [math.exp(each - 18.0) for each in (0.0, 18.0, 1.0)]
    wanted = [
        math.fsum(powers[j] * y - targets[j, 0] * powers[k] for k, y in others) / math.fsum(powers)
        for j in range(3)
        for others in ([(k, targets[k, 0]) for k in range(3) if k != j],)
    ]
    np.testing.assert_allclose(cost.gradient_wrt_output(z, targets)[:, 0], wanted, rtol=1e-13)


@pytest.mark.parametrize("cost", ["fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy"])
@pytest.mark.parametrize("size", [800.0, 1e4])
def test_a_network_that_is_sure_and_wrong_costs_as_much_as_z_says(cost: str, size: float) -> None:
    z, targets = column(size, -size), column(0.0, 1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value = COSTS[cost].per_example(z, targets)
        gradient = COSTS[cost].gradient_wrt_output(z, targets)
    assert value.tolist() == [2 * size]
    np.testing.assert_allclose(gradient, column(1.0, -1.0), rtol=1e-14)


@EVERY_COST
def test_float32_in_float32_out(cost: str) -> None:
    output, targets = output_and_targets(cost, 4, 3, 1.0, seed=0)
    narrow: tuple[Any, Any] = output.astype(np.float32), targets.astype(np.float32)
    value, gradient = COSTS[cost].per_example(*narrow), COSTS[cost].gradient_wrt_output(*narrow)
    assert value.dtype == gradient.dtype == np.float32
    np.testing.assert_allclose(value, COSTS[cost].per_example(output, targets), rtol=1e-5)


def test_a_tie_between_the_largest_z() -> None:
    cost = COSTS["fused-softmax-cross-entropy"]
    z, targets = column(2.0, 2.0, 2.0), column(0.0, 1.0, 0.0)
    np.testing.assert_allclose(cost.per_example(z, targets), math.log(3.0), rtol=1e-15)
    np.testing.assert_allclose(
        cost.gradient_wrt_output(z, targets), column(1 / 3, -2 / 3, 1 / 3), rtol=1e-15
    )


@EVERY_COST
def test_the_same_elsewhere_as_on_the_host(cost: str, elsewhere: Place) -> None:
    output, targets = output_and_targets(cost, 4, 3, 10.0, seed=0)
    moved = elsewhere.put(output), elsewhere.put(targets)
    for function in (COSTS[cost].per_example, COSTS[cost].gradient_wrt_output):
        np.testing.assert_allclose(
            to_numpy(function(*moved)), function(output, targets), rtol=1e-14, atol=1e-16
        )
