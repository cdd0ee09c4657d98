"""A network with the numbers of both ways."""

from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.pictures.forward_and_back import draw_forward_and_back
from nets import Network

INPUTS, TARGETS = np.array([[0.8], [0.4]]), np.array([[1.0]])


def texts_of(network: Network) -> list[list[str]]:
    figure = draw_forward_and_back(network, INPUTS, TARGETS, (2, 0, 1)).figure
    return [[text.get_text() for text in axes.texts] for axes in figure.axes]


class Doubled(Network):
    """A network whose backprop gives each gradient of the weights twice as large."""

    def backprop(self, inputs: Any, targets: Any) -> Any:
        """The right gradients, times two."""
        return tuple(
            replace(layer, gradient_wrt_weights=2.0 * layer.gradient_wrt_weights)
            for layer in super().backprop(inputs, targets)
        )


def test_every_number_of_both_ways_stands_there() -> None:
    network = Network.create([2, 3, 1], seed=9)
    forward, back, _ = texts_of(network)
    for layer, trace in zip(network.layers, network.forward(INPUTS), strict=True):
        for weight in layer.weights.ravel():
            assert f"{weight:.2f}" in forward
        for activation in trace.downstream_activations.ravel():
            assert f"{activation:.3f}" in forward
    for gradients in network.backprop(INPUTS, TARGETS):
        for array in (gradients.gradient_wrt_weights, gradients.gradient_wrt_z):
            assert {f"{slope:.3f}" for slope in array.ravel()} <= set(back)


def measured_and_claimed(network: Network) -> tuple[float, float]:
    (words,) = texts_of(network)[2]
    _, measured, claimed = words.splitlines()
    return float(measured.rsplit("=", 1)[1]), float(claimed.rstrip(".").split()[-1])


def test_one_weight_is_measured_by_46_and_a_wrong_claim_differs() -> None:
    right = Network.create([2, 3, 1], seed=9)
    measured, claimed = measured_and_claimed(right)
    assert abs(measured - claimed) <= 1e-5
    measured, claimed = measured_and_claimed(Doubled(right.layers, right.cost_function))
    assert abs(claimed / measured - 2.0) < 1e-2
