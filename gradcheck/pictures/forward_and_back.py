"""A small network with one example: the numbers of the way forward, and of the way back."""

from typing import Any

import numpy as np

from gradcheck.pictures.diagram import NetworkDiagram, without_axes
from gradcheck.pictures.picture import WIDTH, Picture
from gradcheck.show.figures import BLUE, ORANGE, large_type
from nets.network import Network

__all__ = ["draw_forward_and_back"]

Entry = tuple[int, int, int]
EPSILON = 1e-5  # the step of (46): small, and its costs can be subtracted with a calculator
THICK, THIN = 4.0, 1.5  # points: the arrow of the chosen weight, and the others


def draw_forward_and_back(network: Network, inputs: Any, targets: Any, entry: Entry) -> Picture:
    """Draw a network twice: with its weights and activations, and with its gradients.

    Below them stands one weight by equation (46), beside what backprop says of it.

    Args:
        network: few neurons, or the numbers overlap.
        inputs: one example, shape (n_input, 1).
        targets: its target, shape (n_output, 1).
        entry: the layer (from 1), the row and the column (from 0) of the weight.

    """
    from matplotlib.figure import Figure

    with large_type():
        figure = Figure(figsize=(WIDTH, 8.2))
        forward, back, below = figure.subplots(3, 1, height_ratios=(4.0, 4.0, 1.1))
        diagrams = [
            NetworkDiagram(axes, network.sizes, across=5.3, down=2.1, radius=0.85)
            for axes in (forward, back)
        ]
        _draw_forward(diagrams[0], network, inputs, targets, entry)
        _draw_back(diagrams[1], network, inputs, targets, entry)
        for diagram in diagrams:
            top = (max(network.sizes) - 1) / 2 * diagram.down + 1.4
            right = (len(network.sizes) - 1) * diagram.across
            without_axes(diagram.axes, (-1.1, right + 1.5), (-top, top))
        below.axis("off")
        below.text(
            0.5, 0.5, _by_equation_46(network, inputs, targets, entry), ha="center", va="center"
        )
    return Picture(figure)


def _draw_forward(
    diagram: NetworkDiagram, network: Network, inputs: Any, targets: Any, entry: Entry
) -> None:
    for column, layer in enumerate(network.layers, start=1):
        for (j, k), weight in np.ndenumerate(layer.weights):
            chosen = entry == (column, j, k)
            diagram.arrow(
                column, k, j, f"{weight:.2f}", color=BLUE, linewidth=THICK if chosen else THIN
            )
    traces = network.forward(inputs)
    for column, layer in enumerate(network.layers, start=1):
        for neuron, bias in enumerate(layer.biases[:, 0]):
            diagram.above(column, neuron, f"b = {bias:.2f}")
    columns = [inputs, *(trace.downstream_activations for trace in traces)]
    for column, activations in enumerate(columns):
        for neuron, activation in enumerate(activations[:, 0]):
            diagram.neuron(column, neuron, f"{activation:.3f}")
    x, y = diagram.at(len(network.layers), 0)
    cost = float(network.cost(inputs, targets))
    words = f"y = {targets[0, 0]:g}\nC = {cost:.3f}"
    diagram.axes.text(x, y - diagram.radius - 0.1, words, ha="center", va="top")
    diagram.axes.set_title("Forward: weights, activations, cost", loc="left")


def _draw_back(
    diagram: NetworkDiagram, network: Network, inputs: Any, targets: Any, entry: Entry
) -> None:
    for column, layer in enumerate(network.backprop(inputs, targets), start=1):
        for (j, k), slope in np.ndenumerate(layer.gradient_wrt_weights):
            chosen = entry == (column, j, k)
            diagram.arrow(
                column,
                k,
                j,
                f"{slope:.3f}",
                back=True,
                color=ORANGE,
                linestyle="--",
                linewidth=THICK if chosen else THIN,
            )
        for neuron, slope in enumerate(layer.gradient_wrt_z[:, 0]):
            diagram.neuron(column, neuron, f"{slope:.3f}", ORANGE)
    for neuron in range(network.sizes[0]):
        diagram.neuron(0, neuron, "data")
    x, y = diagram.at(len(network.layers), 0)
    output = network.feedforward(inputs)[0, 0]
    words = f"a - y =\n{output - targets[0, 0]:.3f}"
    diagram.axes.text(x, y - diagram.radius - 0.1, words, ha="center", va="top")
    diagram.axes.set_title("Back: dC/dw on the arrows, dC/dz in the circles", loc="left")


def _by_equation_46(network: Network, inputs: Any, targets: Any, entry: Entry) -> str:
    layer, row, column = entry
    moved = [array.copy() for array in network.parameters]
    moved[2 * (layer - 1)][row, column] += EPSILON
    here = float(network.cost(inputs, targets))
    there = float(network.with_parameters(moved).cost(inputs, targets))
    claim = network.backprop(inputs, targets)[layer - 1].gradient_wrt_weights[row, column]
    return (
        f"The thick arrow by (46), with $\\varepsilon$ = {EPSILON:.5f}:\n"
        f"({there:.10f} $-$ {here:.10f}) / $\\varepsilon$ = {(there - here) / EPSILON:.5f}\n"
        f"Backprop says {claim:.5f}."
    )
