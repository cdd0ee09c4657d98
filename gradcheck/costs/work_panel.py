"""The small panel of the cost figure that shows multiply-adds, layer by layer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gradcheck.costs.cost_row import CostRow
from gradcheck.costs.multiply_adds import backprop_products
from gradcheck.show.figures import BLUE, GREEN, ORANGE
from nets.arrays import HostArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LEGEND_LINE", "draw_work"]

# Part of the height of a small panel that one line of its legend takes, in large type.
LEGEND_LINE = 0.13
# Part of the height of the panel. A lower bar is not hatched: black edges and hatches would leave
# nothing of its colour.
LEAST_HATCHED = 0.03
# Layers. With more of them the numbers above the bars would run into each other.
MOST_TOTALS = 5
# Layers. With more of them only every second, third, ... one has its number below its bar.
MOST_LAYERS = 12


@dataclass(frozen=True)
class BarStyle:
    """How the multiply-adds of one kind of product are drawn."""

    label: str
    color: str
    hatch: str


# The products of one layer in backprop, by the name of their result.
PRODUCTS = {
    "z": BarStyle("forward: z", BLUE, ""),
    "gradient_wrt_weights": BarStyle("backward: weights", ORANGE, "//"),
    "gradient_wrt_upstream_activations": BarStyle("backward: upstream", GREEN, "xx"),
}


def draw_work(axes: "Axes", row: CostRow) -> None:
    """Draw the multiply-adds of one backprop with one example as a stack of bars for each layer."""
    from matplotlib.ticker import EngFormatter, MaxNLocator

    work = _work_by_layer(row.case.sizes)
    totals = np.sum(list(work.values()), axis=0)
    layers = list(range(1, len(totals) + 1))
    height = float(np.max(totals)) / (1.0 - LEGEND_LINE * (len(PRODUCTS) + 1))
    _draw_bars(axes, layers, work, hatched=totals >= LEAST_HATCHED * height)
    if len(layers) <= MOST_TOTALS:
        _write_totals(axes, layers, totals)
    axes.set_xlim(0.4, len(layers) + 0.6)
    axes.set_xticks(layers[:: 1 + len(layers) // MOST_LAYERS])
    axes.set_xlabel("layer")
    axes.set_ylabel("multiply-adds (count)")
    axes.yaxis.set_major_formatter(EngFormatter())
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.set_ylim(0.0, height)
    axes.legend(loc="upper right", frameon=False)
    axes.set_title(f"One example: {row.predicted:.2f} forward passes")


def _work_by_layer(sizes: Sequence[int]) -> dict[str, HostArray]:
    """Multiply-adds of each kind of product, by the name of its result: (number of layers,)."""
    work = {result: np.zeros(len(sizes) - 1) for result in PRODUCTS}
    for product in backprop_products(sizes):
        work[product.step][product.layer - 1] = product.multiply_adds
    return work


def _draw_bars(
    axes: "Axes", layers: list[int], work: dict[str, HostArray], hatched: HostArray
) -> None:
    """Stack the bars of each layer, and hatch those that are high enough."""
    bottom = np.zeros(len(layers))
    for result, style in PRODUCTS.items():
        bars = axes.bar(layers, work[result], 0.6, bottom, color=style.color, label=style.label)
        for bar, is_hatched in zip(bars, hatched, strict=True):
            if is_hatched:
                bar.set(hatch=style.hatch, edgecolor="black")
        bottom += work[result]


def _write_totals(axes: "Axes", layers: list[int], totals: HostArray) -> None:
    """Write the multiply-adds of each layer above its bars."""
    for layer, total in zip(layers, totals, strict=True):
        axes.annotate(
            f"{total:,.0f}",
            (layer, total),
            xytext=(0, 3),
            textcoords="offset points",
            horizontalalignment="center",
        )
