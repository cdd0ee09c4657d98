"""The walk back through the layers: right without a mistake, whatever the network's class."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import BackpropStep, Moment
from gradcheck.bugs.chain_rule import CHAIN_RULE, by_step
from gradcheck.bugs.walk_back import moments_of, walked_back, with_results
from nets.arrays import Array, Place, to_numpy
from nets.layers import DenseLayer, LayerGradients, LayerTrace
from nets.network import Network
from tests.gradcheck.bugs.habitats import FIELDS, HABITATS

DEEP = HABITATS["deep sigmoid"]


def right_step(moment: Moment, name: str) -> Array:
    return CHAIN_RULE[name].right(moment)


@pytest.mark.parametrize("habitat", HABITATS)
def test_a_walk_with_right_steps_is_backprop_to_the_last_bit(habitat: str, where: Place) -> None:
    here = HABITATS[habitat].at(where)
    walked = walked_back(moments_of(here.network, here.batch, here.previous), right_step)
    for mine, right in zip(walked, here.right(), strict=True):
        for field in FIELDS:
            if getattr(right, field) is None:
                assert getattr(mine, field) is None
            else:
                np.testing.assert_array_equal(
                    to_numpy(getattr(mine, field)), to_numpy(getattr(right, field))
                )


def test_every_step_is_given_the_results_before_it_and_no_others() -> None:
    seen: dict[BackpropStep, Moment] = {}

    def noted(moment: Moment, name: str) -> Array:
        seen[BackpropStep(moment.number, name)] = moment
        return right_step(moment, name)

    walked = walked_back(moments_of(DEEP.network, DEEP.batch), noted)
    first = seen[BackpropStep(4, "gradient_wrt_output")]
    assert first.handed_on is first.downstream is first.gradient_wrt_z is None
    second = seen[BackpropStep(3, "gradient_wrt_downstream_activations")]
    assert second.handed_on is walked[3].gradient_wrt_upstream_activations
    assert second.downstream is second.gradient_wrt_z is None
    third = seen[BackpropStep(3, "gradient_wrt_z")]
    assert third.downstream is walked[2].gradient_wrt_downstream_activations
    assert third.gradient_wrt_z is None
    assert BackpropStep(1, "gradient_wrt_upstream_activations") not in seen


class DoubledLayer(DenseLayer):
    """A layer whose own backward pass is wrong."""

    def backward(
        self, trace: LayerTrace, gradient: Array, *, wants_upstream: bool = True
    ) -> LayerGradients:
        right = super().backward(trace, gradient, wants_upstream=wants_upstream)
        return replace(right, gradient_wrt_z=2.0 * right.gradient_wrt_z)


class DoubledNetwork(Network):
    """A network whose own backprop is wrong."""

    def backward(self, traces: Sequence[LayerTrace], targets: Array) -> tuple[LayerGradients, ...]:
        right = super().backward(traces, targets)
        return tuple(replace(each, gradient_wrt_z=2.0 * each.gradient_wrt_z) for each in right)


def with_doubled_layers(network: Network) -> Network:
    doubled = [DoubledLayer(each.weights, each.biases, each.activation) for each in network.layers]
    return network.with_layers(doubled)


@pytest.mark.parametrize("kind", ["layers", "network"])
def test_moments_are_right_although_a_subclass_does_its_backprop_wrong(kind: str) -> None:
    given = DEEP.network
    wrong = (
        with_doubled_layers(given)
        if kind == "layers"
        else DoubledNetwork(given.layers, given.cost_function)
    )
    own = wrong.backprop(DEEP.batch.inputs, DEEP.batch.targets)
    moments = moments_of(wrong, DEEP.batch, DEEP.previous)
    right = DEEP.right()
    for layer, moment in moments.items():
        np.testing.assert_array_equal(moment.gradient_wrt_z, right[layer - 1].gradient_wrt_z)
        assert np.any(own[layer - 1].gradient_wrt_z != right[layer - 1].gradient_wrt_z)


def test_moments_remember_the_mini_batch_before() -> None:
    moments = moments_of(DEEP.network, DEEP.batch, DEEP.previous)
    before: Any = moments_of(DEEP.network, DEEP.previous)
    assert list(moments) == [1, 2, 3, 4]
    for layer, moment in moments.items():
        assert moment.previous is not None
        assert moment.previous.batch is DEEP.previous
        np.testing.assert_array_equal(moment.previous.gradient_wrt_z, before[layer].gradient_wrt_z)
        assert before[layer].previous is None


def test_moments_with_other_results() -> None:
    moments = moments_of(DEEP.network, DEEP.batch)
    tripled = {step: 3.0 * result for step, result in by_step(DEEP.right()).items()}
    for layer, moment in with_results(moments, tripled).items():
        assert moment.downstream is tripled[BackpropStep(layer, moment.first_step)]
        assert moment.gradient_wrt_z is tripled[BackpropStep(layer, "gradient_wrt_z")]
        if layer < 4:
            next_step = BackpropStep(layer + 1, "gradient_wrt_upstream_activations")
            assert moment.handed_on is tripled[next_step]
        else:
            assert moment.handed_on is None
        assert moment.trace is moments[layer].trace
