"""The gradient is checked while a network trains: the right one passes, a wrong one does not."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from gradcheck.verdicts.verdict import Verdict
from gradcheck.watch import check_while_training
from nets.arrays import HostArray, Place
from nets.layers import LayerGradients
from nets.network import Network
from nets.training import train
from tests.nets.subclasses import DoublingNetwork
from tests.strategies import Problem, problems


def without_the_slope(network: Network, inputs: Any, targets: Any) -> Sequence[LayerGradients]:
    """A backprop whose first layer has forgotten a bit of its gradient."""
    first, *others = network.backprop(inputs, targets)
    return [replace(first, gradient_wrt_biases=1.01 * first.gradient_wrt_biases), *others]


def examples(count: int = 30) -> tuple[HostArray, HostArray]:
    generator = np.random.default_rng(5)
    return generator.random((6, count)), np.eye(3)[:, generator.integers(0, 3, count)]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_trained_network_agrees_and_a_wrong_backprop_is_found_out(
    where: Place, dtype: str
) -> None:
    there = where.with_dtype(dtype)
    inputs, targets = (there.put(array) for array in examples())
    network = Network.create([6, 5, 3], where=there)
    for backprop, verdict in (
        (Network.backprop, Verdict.AGREE),
        (without_the_slope, Verdict.DISAGREE),
    ):
        for epoch, trained in train(
            network, inputs, targets, epochs=3, batch_size=10, eta=1.0, backprop=backprop
        ):
            report = check_while_training(
                trained, inputs, targets, batch_size=10, seed=epoch.number, backprop=backprop
            )
            assert report.verdict is verdict
            assert report.comparison is not None
            assert report.comparison.ok


def test_a_backprop_of_a_subclass_is_found_out() -> None:
    inputs, targets = examples()
    network = DoublingNetwork(6, 5, 3)
    report = check_while_training(network, inputs, targets, batch_size=10, seed=1)
    assert report.verdict is Verdict.DISAGREE
    wrong = {array.name for array in report.arrays if array.counts["disagree"]}
    assert wrong == {"layer 1 weights", "layer 2 weights"}
    plain = Network.create([6, 5, 3], seed=3)
    report = check_while_training(plain, inputs, targets, batch_size=10, seed=1)
    assert report.verdict is Verdict.AGREE


@given(problems())
def test_no_right_backprop_is_ever_called_wrong(problem: Problem) -> None:
    report = check_while_training(
        problem.network, problem.inputs, problem.targets, batch_size=3, seed=1
    )
    assert report.verdict is not Verdict.DISAGREE


def test_no_more_than_a_sample_is_checked() -> None:
    network = Network.create([30, 40, 3])
    inputs, targets = np.random.default_rng(0).random((30, 500)), np.zeros((3, 500))
    seen: list[int] = []

    def watched(network: Network, inputs: Any, targets: Any) -> Sequence[LayerGradients]:
        seen.append(inputs.shape[1])
        return network.backprop(inputs, targets)

    for batch_size in (10, 400):
        report = check_while_training(
            network, inputs, targets, batch_size=batch_size, seed=1, backprop=watched
        )
        assert [array.checked for array in report.arrays] == [100, 40, 100, 3]
    assert seen == [10, 100]


def test_another_seed_looks_elsewhere() -> None:
    network, (inputs, targets) = Network.create([6, 50, 3]), examples()
    entries = [
        check_while_training(network, inputs, targets, batch_size=10, seed=seed).arrays[0].entries
        for seed in (1, 1, 2)
    ]
    assert list(entries[0]) == list(entries[1]) != list(entries[2])
