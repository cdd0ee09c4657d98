"""A network of ours that costs the same is found, and the mistake is looked for in it."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.homework.our_network import diagnose_on_our_network
from gradcheck.verdicts.what_to_mend import Diagnosis
from nets.arrays import HostArray, to_numpy
from nets.layers import parameter_gradients
from nets.network import Network
from tests.gradcheck.homework.network_facts import facts_of
from tests.gradcheck.homework.reports import array_of, report_of
from tests.gradcheck.homework.students import batch_of

SIZES = (5, 4, 4, 3)
BATCH = batch_of(SIZES)
NAMES = [(layer, kind) for layer in (1, 2, 3) for kind in ("weights", "biases")]


def diagnosed(
    network: Network, factor: float, *, rows: bool = False, more_cost: float = 0.0
) -> Diagnosis | None:
    """The diagnosis of a class that holds this network's arrays, and returns a multiple.

    Args:
        network: what the class computes.
        factor: between its gradients and the right ones.
        rows: whether it holds transposes.
        more_cost: added to its cost.

    """
    right = [to_numpy(each) for each in parameter_gradients(network.backprop(*examples()))]
    held = [to_numpy(each) for each in network.parameters]
    arrays = [
        array_of(layer, kind, factor * gradient, gradient)
        for (layer, kind), gradient in zip(NAMES, right, strict=True)
    ]

    def shaped(array: HostArray) -> HostArray:
        return array.T if rows else array

    return diagnose_on_our_network(
        facts_of([shaped(each) for each in held], SIZES, BATCH),
        [shaped(factor * each) for each in right],
        replace(report_of(arrays), cost=float(network.cost(*examples())) + more_cost),
    )


def examples() -> tuple[HostArray, HostArray]:
    return BATCH.inputs, BATCH.targets


@pytest.mark.parametrize("rows", [False, True])
@pytest.mark.parametrize(
    ("activation", "cost"),
    [("sigmoid", "quadratic"), ("tanh", "quadratic"), ("relu", "fused-softmax-cross-entropy")],
)
def test_the_mistake_is_found_whatever_the_class_computes(
    activation: str, cost: str, rows: bool
) -> None:
    network = Network.create(SIZES, activation=activation, cost=cost, seed=2)
    found = diagnosed(network, -1.0, rows=rows)
    assert found is not None
    assert found.likely_cause == "sign-flipped"


def test_what_agrees_has_no_diagnosis() -> None:
    assert diagnosed(Network.create(SIZES), 1.0) is None


def test_a_cost_that_none_of_ours_has_has_no_diagnosis() -> None:
    assert diagnosed(Network.create(SIZES), -1.0, more_cost=0.01) is None


def test_arrays_without_a_place_in_a_network_have_no_diagnosis() -> None:
    network = Network.create(SIZES)
    held = [to_numpy(each) for each in network.parameters]
    facts = facts_of(held, SIZES, BATCH)
    facts = replace(facts, arrays=tuple(replace(each, slot=None) for each in facts.arrays))
    arrays = [array_of(1, "weights", -each, each) for each in held]
    report = replace(report_of(arrays), cost=float(network.cost(*examples())))
    assert diagnose_on_our_network(facts, held, report) is None


def test_a_network_without_a_hidden_layer_is_found_too() -> None:
    sizes = (5, 3)
    batch = batch_of(sizes)
    network = Network.create(sizes, activation="tanh")
    right = [
        to_numpy(each)
        for each in parameter_gradients(network.backprop(batch.inputs, batch.targets))
    ]
    wrong = [np.zeros_like(each) for each in right]
    arrays = [
        array_of(1, kind, claim, gradient)
        for kind, claim, gradient in zip(("weights", "biases"), wrong, right, strict=True)
    ]
    cost = float(network.cost(batch.inputs, batch.targets))
    held = [to_numpy(each) for each in network.parameters]
    report = replace(report_of(arrays), cost=cost)
    found = diagnose_on_our_network(facts_of(held, sizes, batch), wrong, report)
    assert found is not None
    assert found.layer == 1
