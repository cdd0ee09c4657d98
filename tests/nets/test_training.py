"""Stochastic gradient descent: what it finds, what it leaves alone, what it refuses."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nets.arrays import CPU, HostArray, Place, to_numpy
from nets.errors import BadInput
from nets.gradient_descent import shuffled_orders
from nets.layers import LayerGradients
from nets.network import Network
from nets.training import CostDiverged, Epoch, train
from tests.nets.subclasses import DoublingLayer, DoublingNetwork, with_doubling_layers
from tests.strategies import Problem, problems, seeds


def stripes(count: int, seed: int = 0) -> tuple[HostArray, HostArray, HostArray]:
    """Inputs (6, count) whose brightest pair of rows is the label; targets; labels from 0 to 2."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 3, count)
    inputs = generator.random((6, count)) * 0.6
    inputs[2 * labels, np.arange(count)] += 0.5
    inputs[2 * labels + 1, np.arange(count)] += 0.5
    return inputs, np.eye(3)[:, labels], labels


# What it finds


@pytest.mark.parametrize(
    ("activation", "cost", "eta"),
    [
        ("sigmoid", "quadratic", 3.0),
        ("tanh", "fused-softmax-cross-entropy", 0.3),
        ("relu", "fused-sigmoid-cross-entropy", 0.1),
    ],
)
def test_it_learns(where: Place, activation: str, cost: str, eta: float) -> None:
    inputs, targets, labels = stripes(200)
    network = Network.create(
        [6, 8, 3], activation=activation, cost=cost, initialisation="scaled", where=where
    )
    test_inputs, _, test_labels = stripes(100, seed=1)
    epochs = [
        epoch
        for epoch, _ in train(
            network,
            where.put(inputs),
            where.put(targets),
            epochs=12,
            batch_size=10,
            eta=eta,
            test=(where.put(test_inputs), test_labels),
        )
    ]
    assert [epoch.number for epoch in epochs] == list(range(1, 13))
    assert epochs[-1].cost < epochs[0].cost
    assert epochs[-1].accuracy is not None
    assert epochs[-1].accuracy > 0.95
    assert epochs[-1].tested == 100
    assert len(labels) == 200


@given(problems(scales=(0.1, 1.0)), st.integers(1, 7), seeds)
def test_a_step_for_every_mini_batch_and_each_example_once_an_epoch(
    problem: Problem, batch_size: int, seed: int
) -> None:
    seen: list[HostArray] = []

    def watched(network: Network, inputs: Any, targets: Any) -> Sequence[LayerGradients]:
        seen.append(np.concatenate([inputs, targets]))
        return network.backprop(inputs, targets)

    count = problem.inputs.shape[1]
    batch_size = min(batch_size, count)
    arguments = {"epochs": 2, "batch_size": batch_size, "eta": 0.01, "seed": seed}
    trained = train(problem.network, problem.inputs, problem.targets, backprop=watched, **arguments)  # type: ignore[arg-type]
    next(trained)
    sizes = [columns.shape[1] for columns in seen]
    full, rest = divmod(count, batch_size)
    assert sizes == [batch_size] * full + [rest] * (rest > 0)
    order = next(shuffled_orders(count, seed))
    examples = np.concatenate([problem.inputs, problem.targets])
    np.testing.assert_array_equal(np.concatenate(seen, axis=1), examples[:, order])


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_place_trains_to_the_same_weights(elsewhere: Place, dtype: str) -> None:
    inputs, targets, labels = stripes(23)
    results = []
    for where in (CPU.with_dtype(dtype), elsewhere.with_dtype(dtype)):
        network = Network.create([6, 4, 3], where=where, seed=1)
        *_, (epoch, trained) = train(
            network,
            where.put(inputs),
            where.put(targets),
            epochs=3,
            batch_size=5,
            eta=1.0,
            test=(where.put(inputs), labels),
        )
        assert trained.place == where
        results.append((epoch, [to_numpy(array) for array in trained.parameters]))
    (on_cpu, here), (on_device, there) = results
    assert on_cpu.right == on_device.right
    rtol = 1e-10 if dtype == "float64" else 1e-4
    for one, other in zip(here, there, strict=True):
        assert one.dtype == dtype
        np.testing.assert_allclose(one, other, rtol=rtol, atol=rtol)


def test_nothing_comes_to_the_host_within_an_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[int] = []

    def counted(array: Any) -> HostArray:
        fetched.append(int(array.size))
        return to_numpy(array)

    monkeypatch.setattr("nets.training.to_numpy", counted)
    inputs, targets, labels = stripes(40)
    network = Network.create([6, 4, 3])
    list(train(network, inputs, targets, epochs=3, batch_size=5, eta=1.0, test=(inputs, labels)))
    assert fetched == [2, 2, 2]


def test_the_layout_of_the_inputs_changes_nothing() -> None:
    inputs, targets, _ = stripes(30)
    costs = [
        next(train(Network.create([6, 3]), laid_out, targets, epochs=1, batch_size=7, eta=1.0))[0]
        for laid_out in (inputs, np.asfortranarray(inputs))
    ]
    assert costs[0].cost == costs[1].cost


def test_what_was_given_is_left_as_it_is() -> None:
    inputs, targets, _ = stripes(20)
    network = Network.create([6, 4, 3])
    arrays = [*network.parameters, inputs, targets]
    before = [array.copy() for array in arrays]
    trained = train(network, inputs, targets, epochs=2, batch_size=6, eta=1.0)
    _, first = next(trained)
    kept = [array.copy() for array in first.parameters]
    next(trained)
    for array, copy in zip([*arrays, *first.parameters], [*before, *kept], strict=True):
        np.testing.assert_array_equal(array, copy)


def test_progress_counts_the_examples_used() -> None:
    inputs, targets, _ = stripes(10)
    told: list[int] = []
    network = Network.create([6, 3])
    list(train(network, inputs, targets, epochs=2, batch_size=4, eta=1.0, progress=told.append))
    assert told == [4, 8, 10, 14, 18, 20]


def test_the_cost_is_that_of_all_examples_however_many() -> None:
    inputs, targets, labels = stripes(2345)  # more than are evaluated at once
    epoch, network = next(
        train(
            Network.create([6, 3]),
            inputs,
            targets,
            epochs=1,
            batch_size=100,
            eta=1.0,
            test=(inputs, labels),
        )
    )
    assert math.isclose(epoch.cost, float(network.cost(inputs, targets)), rel_tol=1e-12)
    assert epoch.right == int(np.sum(np.argmax(network.feedforward(inputs), axis=0) == labels))


def test_without_a_test_set_nothing_is_counted() -> None:
    inputs, targets, _ = stripes(10)
    epoch, _ = next(train(Network.create([6, 3]), inputs, targets, epochs=1, batch_size=4, eta=1.0))
    assert (epoch.right, epoch.tested, epoch.accuracy) == (None, 0, None)
    assert replace(epoch, right=3, tested=4).accuracy == 0.75


def test_a_wrong_backprop_is_taken_as_it_is() -> None:
    def uphill(network: Network, inputs: Any, targets: Any) -> Sequence[LayerGradients]:
        return [
            replace(
                gradient,
                gradient_wrt_weights=-gradient.gradient_wrt_weights,
                gradient_wrt_biases=-gradient.gradient_wrt_biases,
            )
            for gradient in network.backprop(inputs, targets)
        ]

    inputs, targets, _ = stripes(50)
    network = Network.create([6, 3])
    epoch, _ = next(
        train(network, inputs, targets, epochs=1, batch_size=5, eta=1.0, backprop=uphill)
    )
    assert epoch.cost > float(network.cost(inputs, targets))


@pytest.mark.parametrize("batch_size", [1, 4])
def test_a_subclass_is_trained_by_its_own_backprop_and_stays_one(batch_size: int) -> None:
    inputs, targets, _ = stripes(10)
    arguments: dict[str, Any] = {"epochs": 2, "batch_size": batch_size, "eta": 0.5}
    own = DoublingNetwork(6, 4, 3, note="ours")
    plain = Network(own.layers, own.cost_function)
    doubled = [network for _, network in train(own, inputs, targets, **arguments)]
    right = [network for _, network in train(plain, inputs, targets, **arguments)]
    by_layers = train(with_doubling_layers(6, 4, 3), inputs, targets, **arguments)
    for one, other, (_, third) in zip(doubled, right, by_layers, strict=True):
        assert isinstance(one, DoublingNetwork)
        assert one.note == "ours"
        assert all(isinstance(layer, DoublingLayer) for layer in third.layers)
        np.testing.assert_array_equal(one.layers[0].weights, third.layers[0].weights)
        assert not np.allclose(one.layers[0].weights, other.layers[0].weights, rtol=1e-6)


# What it refuses


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"epochs": 0}, "0 epochs were asked for"),
        ({"batch_size": 0}, "a mini-batch of 0 was asked for; there are 10 examples"),
        ({"batch_size": 11}, "a mini-batch of 11 was asked for; there are 10 examples"),
        ({"eta": 0.0}, "eta is 0.0; give a positive learning rate"),
        ({"eta": -1.0}, "eta is -1.0; give a positive"),
        ({"eta": math.nan}, "eta is nan; give a positive"),
        ({"eta": math.inf}, "eta is inf; give a positive"),
        (
            {"inputs": np.ones((5, 10))},
            r"inputs have shape \(5, 10\); they should have shape \(6, batch\)",
        ),
        ({"inputs": np.ones((6, 0))}, "inputs have shape"),
        (
            {"targets": np.ones((3, 9))},
            r"targets have shape \(3, 9\); they should have shape \(3, 10\)",
        ),
        ({"inputs": np.full((6, 10), np.nan)}, "inputs hold NaN or infinity"),
        ({"targets": np.full((3, 10), np.inf)}, "targets hold NaN or infinity"),
        ({"test": (np.ones((6, 2)), [0, 3])}, "label 3 does not fit"),
        ({"test": (np.ones((5, 2)), [0, 1])}, r"inputs have shape \(5, 2\)"),
    ],
)
def test_bad_input_is_told_before_the_first_epoch(changed: dict[str, Any], words: str) -> None:
    inputs, targets, _ = stripes(10)
    arguments: dict[str, Any] = {"epochs": 1, "batch_size": 5, "eta": 1.0}
    arguments |= {"inputs": inputs, "targets": targets, **changed}
    with pytest.raises(BadInput, match=words):
        train(Network.create([6, 3]), **arguments)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("cost", ["quadratic", "fused-softmax-cross-entropy"])
def test_a_cost_that_is_no_number_any_more_says_when_and_what_to_try(
    where: Place, cost: str, dtype: str
) -> None:
    inputs, targets, _ = stripes(40)
    there = where.with_dtype(dtype)
    network = Network.create([6, 5, 5, 3], activation="identity", cost=cost, where=there)
    trained = train(
        network, there.put(inputs), there.put(targets), epochs=50, batch_size=5, eta=1e6
    )
    finished: list[Epoch] = []
    with pytest.raises(CostDiverged) as told:
        finished.extend(epoch for epoch, _ in trained)
    assert f"in epoch {len(finished) + 1} with eta 1e+06" in str(told.value)
    assert "try a smaller eta, such as 100000" in str(told.value)
