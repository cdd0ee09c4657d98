"""A small network drawn: neurons with their activations, and edges as wide as their weights."""

from typing import TYPE_CHECKING

import numpy as np

from gradcheck.show.figures import BLUE, ORANGE, large_type
from gradcheck.show.numbers import sizes_text
from gradcheck.walk.walk import Walk

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_walk"]

# Neurons of a layer above which their activations are not written: they would overlap.
MOST_WRITTEN = 8
# Edges between two layers above which weights are not written on them.
MOST_EDGES_WRITTEN = 9
WIDEST = 6.0  # points: the line of the largest weight


def draw_walk(walk: Walk) -> "Figure":
    """The network with the activations of its first example; the chosen entry is wider."""
    from matplotlib.figure import Figure

    sizes = walk.passes.network.sizes
    with large_type():
        figure = Figure(figsize=(3.2 + 3.0 * (len(sizes) - 1), 2.0 + 0.9 * min(max(sizes), 10)))
        axes = figure.subplots()
        for layer in range(1, len(sizes)):
            _draw_edges(axes, walk, layer)
        for column, size in enumerate(sizes):
            _draw_neurons(axes, walk, column, size)
        axes.set_axis_off()
        axes.margins(0.12)
        axes.set_title(
            f"{sizes_text(sizes)} with the activations of example 1\n"
            "blue: positive weights; orange, dashed: negative"
        )
    return figure


def _place(walk: Walk, column: int, neuron: int) -> tuple[float, float]:
    """Where a neuron is drawn."""
    size, most = walk.passes.network.sizes[column], max(walk.passes.network.sizes)
    return float(column), -(neuron - (size - 1) / 2) * min(1.0, 10 / most)


def _draw_edges(axes: "Axes", walk: Walk, layer: int) -> None:
    weights = walk.passes.network.layers[layer - 1].weights
    largest = float(np.max(np.abs(weights))) or 1.0
    entry = walk.entry.entry
    for (j, k), weight in np.ndenumerate(weights):
        (x, y), (to_x, to_y) = _place(walk, layer - 1, k), _place(walk, layer, j)
        is_chosen = entry.layer == layer and (entry.neuron, entry.upstream) == (j, k)
        axes.plot(
            [x, to_x],
            [y, to_y],
            color=BLUE if weight >= 0.0 else ORANGE,
            linestyle="-" if weight >= 0.0 else "--",
            linewidth=0.5 + (WIDEST - 0.5) * abs(weight) / largest,
            zorder=1,
        )
        if is_chosen or weights.size <= MOST_EDGES_WRITTEN:
            # Nearer to the side with more neurons, where the edges are apart.
            part = 0.3 if weights.shape[1] >= weights.shape[0] else 0.7
            axes.text(
                x + part * (to_x - x),
                y + part * (to_y - y),
                f"{weight:.2f}",
                horizontalalignment="center",
                verticalalignment="center",
                fontweight="bold" if is_chosen else "normal",
                bbox={
                    "facecolor": "white",
                    "edgecolor": "black" if is_chosen else "none",
                    "pad": 2.0,
                },
                zorder=3 if is_chosen else 2,
            )


def _draw_neurons(axes: "Axes", walk: Walk, column: int, size: int) -> None:
    traces = walk.passes.traces
    activations = traces[column - 1].downstream_activations if column else walk.passes.batch.inputs
    for neuron in range(size):
        x, y = _place(walk, column, neuron)
        marker = 44 if size <= MOST_WRITTEN else 12
        axes.plot(
            x, y, "o", markersize=marker, markerfacecolor="white", markeredgecolor="black", zorder=4
        )
        if size <= MOST_WRITTEN:
            axes.text(
                x,
                y,
                f"{activations[neuron, 0]:.2f}",
                horizontalalignment="center",
                verticalalignment="center",
                zorder=5,
            )
