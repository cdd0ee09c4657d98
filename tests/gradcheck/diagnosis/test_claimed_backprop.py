"""What a claimed backprop is compared with: computed when it is asked for, and only once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import BackpropStep
from gradcheck.bugs.zoo import BUGS
from gradcheck.diagnosis import measured_inside
from gradcheck.diagnosis.claimed_backprop import ClaimedBackprop
from gradcheck.diagnosis.diagnose import diagnose
from gradcheck.diagnosis.kinks_by_example import excused_at_kinks
from gradcheck.diagnosis.rounding import DOUBLE, SINGLE
from gradcheck.verdicts.check_claims import check_claims
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import Array, HostArray
from nets.layers import DenseLayer, LayerGradients, LayerTrace, parameter_gradients
from nets.network import Network
from tests.gradcheck.bugs.habitats import HABITATS, in_float32
from tests.gradcheck.diagnosis.wrong_backprops import DEEP, checked, claimed_of

RELU = HABITATS["relu softmax"]


@pytest.fixture
def measurements(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Filled with what is measured inside, each time that it is."""
    measured: list[Any] = []

    def counted(*given: Any, **options: Any) -> Any:
        measured.append(given)
        return check_claims(*given, **options)

    monkeypatch.setattr(measured_inside, "check_claims", counted)
    return measured


def test_a_relu_network_that_disagrees_measures_its_inner_steps_once(
    measurements: list[Any],
) -> None:
    report = checked(RELU, RELU.with_bug(BUGS["missing-activation-derivative"], 2))
    assert report.verdict is Verdict.DISAGREE
    assert report.diagnosis is not None
    assert len(measurements) == 1
    # Both ask for the measurement: with a claim of its own each would make it.
    claim = RELU.with_bug(BUGS["missing-activation-derivative"], 2)
    excused_at_kinks(report, claimed_of(RELU, claim))
    assert len(measurements) == 2
    diagnose(report, claimed_of(RELU, claim))
    assert len(measurements) == 3


def test_what_agrees_or_shows_no_steps_inside_is_not_measured_inside(
    measurements: list[Any],
) -> None:
    assert checked(RELU, RELU.right()).ok
    wrong = RELU.with_bug(BUGS["missing-activation-derivative"], 2)
    assert checked(RELU, parameter_gradients(wrong)).verdict is Verdict.DISAGREE
    assert measurements == []


# The claims


def test_all_steps_are_known_or_not() -> None:
    right = DEEP.right()
    assert claimed_of(DEEP, right).has_all_steps
    assert not claimed_of(DEEP, parameter_gradients(right)).has_all_steps


def test_a_step_left_out_is_noticed() -> None:
    right = list(DEEP.right())
    right[2] = replace(right[2], gradient_wrt_z=None)
    claimed = claimed_of(DEEP, right)
    assert not claimed.has_all_steps
    assert BackpropStep(3, "gradient_wrt_z") not in claimed.claims
    # Nobody needs the gradient wrt the inputs.
    first = DEEP.right()[0]
    assert first.gradient_wrt_upstream_activations is None


def test_fewer_digits_allow_more_rounding() -> None:
    right = DEEP.right()
    single = in_float32(right)
    one = [*right[:3], replace(right[3], gradient_wrt_biases=single[3].gradient_wrt_biases)]
    for claim in (single, parameter_gradients(single), one):
        assert claimed_of(DEEP, claim).rounding is SINGLE
    for claim in (list(right), parameter_gradients(right)):
        assert claimed_of(DEEP, claim).rounding is DOUBLE
    assert DOUBLE.of_entry < SINGLE.of_entry
    assert DOUBLE.of_largest < SINGLE.of_largest


# What is right


class OwnBackward(DenseLayer):
    def backward(
        self, trace: LayerTrace, gradient: Array, *, wants_upstream: bool = True
    ) -> LayerGradients:
        raise AssertionError("the layer's own backward is not what is right")


class OwnForward(DenseLayer):
    def forward(self, upstream_activations: Array) -> LayerTrace:
        return super().forward(1.5 * upstream_activations)


class OwnCost(Network):
    def cost_of(self, output: Array, targets: Array) -> Array:
        return 2.0 * super().cost_of(output, targets)


def with_layers(kind: Callable[[HostArray, HostArray, Any], DenseLayer]) -> Network:
    return DEEP.network.with_layers(
        kind(layer.weights, layer.biases, layer.activation) for layer in DEEP.network.layers
    )


def test_what_is_right_is_the_plain_chain_rule() -> None:
    right: Sequence[LayerGradients] = DEEP.right()
    claimed = ClaimedBackprop.of(with_layers(OwnBackward), DEEP.batch, right)
    assert claimed is not None
    assert {type(layer) for layer in claimed.network.layers} == {DenseLayer}
    for layer, moment in claimed.moments.items():
        np.testing.assert_array_equal(moment.gradient_wrt_z, right[layer - 1].gradient_wrt_z)
    assert all(found.counts["disagree"] == 0 for found in claimed.measured.values())


def test_with_a_forward_pass_or_a_cost_of_its_own_there_is_none() -> None:
    own_cost = OwnCost(DEEP.network.layers, DEEP.network.cost_function)
    for network in (with_layers(OwnForward), own_cost):
        assert ClaimedBackprop.of(network, DEEP.batch, DEEP.right()) is None
    report = checked(RELU, RELU.with_bug(BUGS["missing-activation-derivative"], 2))
    assert report.verdict is Verdict.DISAGREE
    assert diagnose(report, None) is None
    assert excused_at_kinks(report, None) is report
