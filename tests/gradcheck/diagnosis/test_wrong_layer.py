"""The mistake in the first wrong layer, from what single examples show of a small network."""

from collections.abc import Sequence

import numpy as np
import pytest

from gradcheck.diagnosis.wrong_layer import WrongLayer, wrong_layer
from nets.arrays import HostArray
from tests.gradcheck.diagnosis.three_layers import Function, Net, one, sigmoid, sigmoid_slope


def found_in(net: Net, claimed: Sequence[HostArray]) -> WrongLayer | None:
    return wrong_layer(net.layers(net.deltas(), claimed), net.targets)


NET = Net()


def named(found: WrongLayer | None) -> tuple[int, str | None]:
    assert found is not None
    return found.number, None if found.explanation is None else found.explanation.name


SLOPES: dict[str, tuple[Sequence[Function], int, str]] = {
    "missing": ((one, one, sigmoid_slope), 2, "missing-activation-derivative"),
    "missing in layer 1": ((one, sigmoid_slope, sigmoid_slope), 1, "missing-activation-derivative"),
    "missing at the end": ((sigmoid_slope, sigmoid_slope, one), 3, "missing-activation-derivative"),
    "twice": (
        (lambda z: sigmoid_slope(z) ** 2, sigmoid_slope, sigmoid_slope),
        1,
        "derivative-twice",
    ),
    "twice at the end": (
        (sigmoid_slope, sigmoid_slope, lambda z: sigmoid_slope(z) ** 2),
        3,
        "derivative-twice",
    ),
    "at a": (
        (lambda z: sigmoid_slope(sigmoid(z)),) * 2 + (sigmoid_slope,),
        2,
        "derivative-at-activation",
    ),
    "of tanh": (
        (lambda z: 1.0 - np.tanh(z) ** 2,) * 2 + (sigmoid_slope,),
        2,
        "derivative-of-another-function",
    ),
    "1 - a": (
        (lambda z: 1.0 - sigmoid(z),) * 2 + (sigmoid_slope,),
        2,
        "wrong-activation-derivative",
    ),
    "a at the end": ((sigmoid_slope, sigmoid_slope, sigmoid), 3, "wrong-activation-derivative"),
    "of nobody knows what": (
        (lambda z: 0.3 + 0.2 * np.exp(-((z - 1.0) ** 2)),) * 2 + (sigmoid_slope,),
        2,
        "wrong-activation-derivative",
    ),
}


@pytest.mark.parametrize("name", SLOPES)
def test_a_wrong_derivative_is_named_in_the_first_wrong_layer(name: str) -> None:
    slopes, number, cause = SLOPES[name]
    assert named(found_in(NET, NET.deltas(slopes))) == (number, cause)


def test_what_is_right_is_not_wrong() -> None:
    assert found_in(NET, NET.deltas()) is None


def test_a_derivative_of_the_layer_after_that_is_left_out_on_the_way_back() -> None:
    right = NET.deltas()
    off = NET.activations[-1] - NET.targets
    second = (off @ NET.weights[2]) * sigmoid_slope(NET.z[1])
    first = (second @ NET.weights[1]) * sigmoid_slope(NET.z[0])
    found = found_in(NET, [first, second, right[2]])
    assert named(found) == (2, "missing-activation-derivative")


def test_only_the_biases_may_be_wrong() -> None:
    right = NET.deltas()
    before = right[2] @ NET.weights[2]
    layers = NET.layers(right, [right[0], before, right[2]], right)
    found = wrong_layer(layers, NET.targets)
    assert named(found) == (2, "missing-activation-derivative")
    assert found is not None
    assert found.parameters == ("biases",)


def test_square_weights_that_are_not_transposed() -> None:
    back = [NET.weights[0], NET.weights[1].T, NET.weights[2]]
    assert named(found_in(NET, NET.deltas(back=back))) == (1, "weights-not-transposed")


def test_z_in_place_of_the_output() -> None:
    net = Net(3)
    cross_entropy = net.activations[-1] - net.targets
    right, wrong = net.deltas(first=cross_entropy), net.deltas(first=net.z[-1] - net.targets)
    found = wrong_layer(net.layers(right, wrong), net.targets)
    assert named(found) == (3, "output-activation-missing")


@pytest.mark.parametrize("seed", range(40))
def test_wrong_weights_on_the_way_back_are_no_wrong_derivative(seed: int) -> None:
    net = Net(seed)
    generator = np.random.default_rng([seed, 1])
    back = [generator.standard_normal(w.shape) for w in net.weights]
    assert named(found_in(net, net.deltas(back=back))) == (2, None)


@pytest.mark.parametrize("seed", range(20))
def test_noise_in_the_last_layer_has_no_name(seed: int) -> None:
    net = Net(seed)
    noise = np.random.default_rng([seed, 1]).standard_normal(net.deltas()[2].shape)
    assert named(found_in(net, net.deltas(first=noise))) == (3, None)


def test_a_constant_of_each_neuron_is_no_derivative() -> None:
    scales = 0.5 + np.arange(6.0)
    slopes = (sigmoid_slope, lambda z: scales * sigmoid_slope(z), sigmoid_slope)
    # Right is the one with the scales, as in batch norm: the claim leaves them out.
    right, claimed = NET.deltas(slopes), NET.deltas()
    assert named(wrong_layer(NET.layers(right, claimed), NET.targets))[1] is None


def test_relu_that_never_switches_off_with_a_factor_that_nobody_knows() -> None:
    net = Net(1, lambda z: np.maximum(z, 0.0) / 0.6)
    slope: Function = lambda z: (z > 0.0) / 0.6  # noqa: E731
    slopes = (slope, slope, one)
    wrong = (slope, lambda z: np.full_like(z, 1.0 / 0.6), one)
    layers = net.layers(net.deltas(slopes), net.deltas(wrong))
    assert named(wrong_layer(layers, net.targets)) == (2, "relu-derivative-one")
