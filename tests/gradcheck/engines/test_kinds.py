"""The table of engines, and which of them measures which network."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.batched import Batched
from gradcheck.engines.kinds import ENGINES, engine_for, engine_named
from gradcheck.engines.one_by_one import OneByOne
from nets.arrays import Array
from nets.errors import BadInput
from nets.layers import DenseLayer, LayerGradients, LayerTrace, copied_with
from nets.network import Network
from tests.gradcheck.problems import problem

HERE = problem(4, 3, 2)
NAMES = pytest.mark.parametrize("name", ENGINES)


class OwnForward(Network):
    """A network that doubles its inputs."""

    def forward(self, inputs: Array) -> tuple[LayerTrace, ...]:
        return super().forward(2.0 * inputs)


class OwnFeedforward(Network):
    """A network whose output is twice that of its layers."""

    def feedforward(self, inputs: Array) -> Array:
        return 2.0 * super().feedforward(inputs)


class OwnCost(Network):
    """A network whose cost has a term of its own, of the weights."""

    def cost(self, inputs: Array, targets: Array) -> Array:
        return super().cost(inputs, targets) + np.sum(self.layers[0].weights ** 2)


class OwnBackprop(Network):
    """A network that is wrong about its gradients, not about its cost."""

    def backward(self, traces: Sequence[LayerTrace], targets: Array) -> tuple[LayerGradients, ...]:
        return super().backward(traces, targets)[::-1]


class OwnLayerForward(DenseLayer):
    """A layer that computes its z without biases."""

    def forward(self, upstream_activations: Array) -> LayerTrace:
        z = self.weights @ upstream_activations
        return LayerTrace(upstream_activations, z, self.activation.value(z))


class OwnLayerBackward(DenseLayer):
    """A layer that is wrong about its gradients, not about its activations."""

    def backward(self, *given: Any, **options: Any) -> LayerGradients:
        gradients = super().backward(*given, **options)
        return copied_with(gradients, gradient_wrt_weights=2.0 * gradients.gradient_wrt_weights)


def of_class(kind: type[Network]) -> Network:
    return kind(HERE.network.layers, HERE.network.cost_function)


def of_layers(kind: type[DenseLayer]) -> Network:
    first, *others = HERE.network.layers
    return HERE.network.with_layers([kind(first.weights, first.biases, first.activation), *others])


OWN_FORWARD = [
    of_class(OwnForward),
    of_class(OwnFeedforward),
    of_class(OwnCost),
    of_layers(OwnLayerForward),
]
OWN_BACKWARD = [of_class(OwnBackprop), of_layers(OwnLayerBackward)]


def of_all_entries(engine: Any, network: Network) -> np.ndarray:
    changes = [
        engine.cost_changes(which, np.arange(array.size), np.full(array.size, 0.125), [1.0])
        for which, array in enumerate(network.parameters)
    ]
    return np.concatenate(changes, axis=1)


def test_the_engines_are_these() -> None:
    assert {name: kind.full_passes for name, kind in ENGINES.items()} == {
        "batched": False,
        "one-by-one": True,
    }
    assert all(kind.name == name for name, kind in ENGINES.items())


@NAMES
def test_an_engine_has_the_name_that_it_is_asked_for_by(name: str) -> None:
    engine = engine_named(name).start(HERE.network, HERE.inputs, HERE.targets)
    assert engine.name == name
    assert isinstance(engine, {"batched": Batched, "one-by-one": OneByOne}[name])


def test_an_unknown_engine() -> None:
    message = "engine 'steam' is unknown; use one of batched, one-by-one"
    with pytest.raises(BadInput, match=message):
        engine_named("steam")
    with pytest.raises(BadInput, match=message):
        engine_for("steam", HERE.network)


@NAMES
def test_every_engine_reports_progress_and_takes_threads(name: str) -> None:
    told: list[int] = []
    engine = ENGINES[name].start(HERE.network, HERE.inputs, HERE.targets, told.append, threads=1)
    of_all_entries(engine, HERE.network)
    assert told[-1] == engine.evaluations == 1 + HERE.network.parameter_count


@NAMES
def test_a_plain_network_is_measured_by_the_engine_asked_for(name: str) -> None:
    assert engine_for(name, HERE.network) is ENGINES[name]


@pytest.mark.parametrize("network", OWN_FORWARD)
@NAMES
def test_a_forward_pass_of_its_own_is_measured_one_by_one(name: str, network: Network) -> None:
    assert engine_for(name, network) is ENGINES["one-by-one"]
    # The batched engine would have measured another network.
    own, other = (
        of_all_entries(kind.start(network, HERE.inputs, HERE.targets), network)
        for kind in (engine_for(name, network), ENGINES["batched"])
    )
    assert np.max(np.abs(own - other)) > 1e-4


@pytest.mark.parametrize("network", OWN_BACKWARD)
@NAMES
def test_a_backward_pass_of_its_own_changes_nothing(name: str, network: Network) -> None:
    assert engine_for(name, network) is ENGINES[name]
    own, other = (
        of_all_entries(kind.start(network, HERE.inputs, HERE.targets), network)
        for kind in (engine_for(name, network), ENGINES["one-by-one"])
    )
    np.testing.assert_allclose(own, other, rtol=1e-10, atol=1e-15)
