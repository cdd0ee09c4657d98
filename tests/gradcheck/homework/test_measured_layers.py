"""What the slopes of one example show of each layer."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.homework.measured_layers import (
    MOST_INPUTS,
    costs_of_layers,
    measured_layers,
    places_of_layers,
)
from nets.arrays import HostArray
from nets.network import Network
from tests.gradcheck.homework.network_facts import look_of
from tests.gradcheck.homework.students import batch_of

SIZES = (5, 4, 4, 3)
NETWORK = Network.create(SIZES, activation="tanh", seed=2)
ONE = batch_of(SIZES, 1)
LOOK = look_of(NETWORK, ONE)
ARRAYS = LOOK.facts.arrays


def test_slopes_show_the_activations_and_the_gradients_of_z() -> None:
    found = measured_layers(LOOK)
    traces = NETWORK.forward(ONE.inputs)
    gradients = NETWORK.backward(traces, ONE.targets)
    assert found is not None
    for layer, trace, gradient in zip(found, traces, gradients, strict=True):
        assert np.allclose(layer.right, gradient.gradient_wrt_z[:, 0], rtol=1e-6)
        assert np.allclose(layer.upstream, trace.upstream_activations[:, 0], rtol=1e-6)
        assert (layer.decay, layer.transposed) == (0.0, False)


def test_the_price_is_that_of_the_slopes_that_are_measured() -> None:
    look = look_of(NETWORK, ONE)
    before = look.engine.evaluations
    measured_layers(look)
    assert look.engine.evaluations - before <= costs_of_layers(look.facts)


def test_regularisation_is_told_from_the_activations() -> None:
    look = look_of(NETWORK, ONE)
    engine: Any = look.engine
    right = engine.cost_changes

    def with_decay(which: int, entries: Any, steps: Any, offsets: Any) -> HostArray:
        values = look.facts.values[which].reshape(-1)[entries]
        is_weights = which % 2 == 0
        more = [(values + offset * steps) ** 2 - values**2 for offset in offsets]
        extra = is_weights * 0.05 * np.array(more)
        return np.asarray(right(which, entries, steps, offsets) + extra)

    engine.cost_changes = with_decay
    found = measured_layers(look)
    assert found is not None
    assert [layer.decay for layer in found] == pytest.approx([0.1] * 3, rel=1e-4)
    assert np.allclose(found[0].upstream, ONE.inputs[:, 0], rtol=1e-4)


def test_a_layer_that_is_switched_off_shows_nothing() -> None:
    off = [each if k != 1 else each - 100.0 for k, each in enumerate(NETWORK.parameters)]
    relu = Network.create(SIZES, activation="relu", seed=2).with_parameters(off)
    assert measured_layers(look_of(relu, ONE)) is None


def test_the_inputs_of_a_large_layer_are_not_measured() -> None:
    sizes = (MOST_INPUTS + 1, 3)
    batch = batch_of(sizes, 1)
    look = look_of(Network.create(sizes, seed=1), batch)
    before = look.engine.evaluations
    found = measured_layers(look)
    assert found is not None
    assert np.array_equal(found[0].upstream, batch.inputs[:, 0])
    assert look.engine.evaluations - before == 2 * 3


def test_weights_and_biases_of_each_layer_are_found_in_any_order() -> None:
    assert places_of_layers(ARRAYS) == [(0, 1), (2, 3), (4, 5)]
    assert places_of_layers(ARRAYS[::-1]) == [(5, 4), (3, 2), (1, 0)]
    from_zero = [
        replace(each, slot=replace(each.slot, layer=each.slot.layer - 1))
        for each in ARRAYS
        if each.slot is not None
    ]
    assert places_of_layers(from_zero) == [(0, 1), (2, 3), (4, 5)]


def test_other_arrays_are_no_layers() -> None:
    with_x = (*ARRAYS, replace(ARRAYS[0], name="x", slot=None))
    for arrays in (ARRAYS[:-1], with_x, (*ARRAYS[:2], *ARRAYS[4:]), (*ARRAYS, ARRAYS[0]), ()):
        assert places_of_layers(arrays) is None
    assert costs_of_layers(replace(LOOK.facts, arrays=with_x)) == 0
    assert measured_layers(replace(LOOK, facts=replace(LOOK.facts, arrays=with_x))) is None
