"""The figure of ``gradcheck cost-compare``: seconds, forward passes, multiply-adds by layer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from gradcheck.costs.comparison import Comparison
from gradcheck.costs.multiply_adds import backprop_products
from gradcheck.show.figures import BLUE, GREEN, ORANGE, large_type
from gradcheck.show.log_axis import show_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_comparison"]

# The products of a layer in backprop: what they are called in a figure, colour and hatch.
STEPS = {
    "z": ("forward: z", BLUE, ""),
    "gradient_wrt_weights": ("backward: weights", ORANGE, "//"),
    "gradient_wrt_upstream_activations": ("backward: upstream", GREEN, "xx"),
}
# Networks that differ by less than this in their parameters show no slope to be guided by.
LEAST_GUIDED = 4.0
# What a line of a legend takes of the height of the smaller panels.
LEGEND_LINE = 0.13
# A bar that is lower than this part of its panel is not hatched; of so many the totals are told.
LEAST_HATCHED = 0.03
MOST_TOTALS = 5
# Of more layers than these not each has its number below its bar.
MOST_LAYERS = 12
LONGEST_NAME = 28


def draw_comparison(comparison: Comparison) -> "Figure":
    """Seconds against parameters; beside it passes against batch size, and work by layer."""
    from matplotlib.figure import Figure

    with large_type():
        # As broad as a page shows it without making its type too small to read.
        figure = Figure(figsize=(14, 10), layout="constrained")
        panels = figure.subplot_mosaic([["growth", "passes"], ["growth", "work"]])
        _draw_growth(panels["growth"], comparison)
        _draw_passes(panels["passes"], comparison)
        _draw_work(panels["work"], comparison)
    return figure


def _draw_growth(axes: "Axes", comparison: Comparison) -> None:
    """Seconds of the three methods against the parameters; of one network, the examples."""
    first = comparison.rows[0].case.sizes
    if all(row.case.sizes == first for row in comparison.rows):
        rows = sorted(comparison.rows, key=lambda row: row.case.batch_size)
        counts = [float(row.case.batch_size) for row in rows]
        axes.set_title(f"One gradient of {_short(first)}")
        axes.set_xlabel("examples in the mini-batch (count)")
    else:
        batches = [row.case.batch_size for row in comparison.rows]
        usual = max(batches, key=batches.count)
        rows = sorted(
            (row for row in comparison.rows if row.case.batch_size == usual),
            key=lambda row: row.parameters,
        )
        counts = [float(row.parameters) for row in rows]
        axes.set_title(f"One gradient, batch {usual}")
        axes.set_xlabel("parameters (count)")
    axes.set_ylabel("time (seconds)")
    against_parameters = axes.get_xlabel().startswith("parameters")
    shown = []
    for label, seconds, color, style, slope in (
        ("(46), one by one", [row.one_by_one.seconds for row in rows], ORANGE, "s-", 2),
        ("(46), batched", [row.batched.seconds for row in rows], GREEN, "^-", 1),
        ("backprop", [row.backprop.median for row in rows], BLUE, "o-", 1),
    ):
        axes.plot(counts, seconds, style, color=color, markersize=11, linewidth=3, label=label)
        shown += seconds
        if against_parameters and counts[-1] >= LEAST_GUIDED * counts[0]:
            ends = [counts[0], counts[-1]]
            guide = [seconds[0], seconds[0] * (counts[-1] / counts[0]) ** slope]
            told = f"guide: slope {slope}" if label != "backprop" else "_a guide told before"
            dots = "--" if slope == 2 else ":"
            axes.plot(ends, guide, dots, color="grey", linewidth=2, label=told)
    show_range(axes, "x", counts, least=1.0)
    show_range(axes, "y", shown)  # a guide that leaves the curves behind is cut off
    # Below the axes: wherever the curves run, they do not cross it.
    lines, labels = axes.get_legend_handles_labels()
    order = sorted(range(len(labels)), key=lambda which: labels[which].startswith("guide"))
    axes.legend(
        [lines[which] for which in order],
        [labels[which] for which in order],
        loc="upper center",
        bbox_to_anchor=(0.5, -0.1),
        ncols=2,
        frameon=False,
    )


def _short(sizes: Sequence[int]) -> str:
    """Such as 784-30-10, or what there is room for of it in a title."""
    name = "-".join(map(str, sizes))
    return name if len(name) <= LONGEST_NAME else f"{sizes[0]}-...-{sizes[-1]}"


def _draw_passes(axes: "Axes", comparison: Comparison) -> None:
    """Backprop in forward passes against the batch size, for the first network."""
    sizes = comparison.rows[0].case.sizes
    rows = sorted(
        (row for row in comparison.rows if row.case.sizes == sizes),
        key=lambda row: row.case.batch_size,
    )
    batches = [row.case.batch_size for row in rows]
    ratios = [row.backprop.over(row.forward) for row in rows]
    values = np.array([ratio.value for ratio in ratios])
    spread = np.array([[r.value - r.low for r in ratios], [r.high - r.value for r in ratios]])
    axes.errorbar(
        batches,
        values,
        yerr=np.clip(spread, 0.0, None),
        color=BLUE,
        marker="o",
        markersize=11,
        linewidth=3,
        capsize=6,
        label="measured, with quartiles",
    )
    axes.axhline(
        rows[0].predicted,
        color=ORANGE,
        linestyle="--",
        linewidth=3,
        label=f"multiply-adds: {rows[0].predicted:.2f}",
    )
    show_range(axes, "x", [float(batch) for batch in batches], least=1.0)
    axes.set_xlabel("examples in the mini-batch (count)")
    axes.set_ylabel("backprop (forward passes)")
    highest = max(float(np.max(values + spread[1])), rows[0].predicted)
    axes.set_ylim(0.0, highest / (1.0 - LEGEND_LINE * 2.5))
    axes.legend(loc="upper left", frameon=False)
    axes.set_title(_short(sizes))


def _draw_work(axes: "Axes", comparison: Comparison) -> None:
    """Multiply-adds of one backprop by layer, as stacked bars, for the first network."""
    from matplotlib.ticker import EngFormatter, MaxNLocator

    sizes = comparison.rows[0].case.sizes
    layers = list(range(1, len(sizes)))
    work = {step: np.zeros(len(layers)) for step in STEPS}
    for product in backprop_products(sizes):
        work[product.step][product.layer - 1] = product.multiply_adds
    totals = np.sum(list(work.values()), axis=0)
    highest = float(np.max(totals)) / (1.0 - LEGEND_LINE * (len(STEPS) + 1))
    # Of what is lower than this only its colour could be seen, if edges and hatches left it any.
    filled = np.where(totals >= LEAST_HATCHED * highest, 1.0, 0.0)
    bottom = np.zeros(len(layers))
    for step, (label, color, hatch) in STEPS.items():
        bars = axes.bar(layers, work[step], 0.6, bottom, color=color, label=label)
        for bar, is_filled in zip(bars, filled, strict=True):
            if is_filled:
                bar.set(hatch=hatch, edgecolor="black")
        bottom += work[step]
    if len(layers) <= MOST_TOTALS:
        for layer, total in zip(layers, totals, strict=True):
            axes.annotate(
                f"{total:,.0f}",
                (layer, total),
                xytext=(0, 3),
                textcoords="offset points",
                horizontalalignment="center",
            )
    axes.set_xlim(0.4, len(layers) + 0.6)
    axes.set_xticks(layers[:: 1 + len(layers) // MOST_LAYERS])
    axes.set_xlabel("layer")
    axes.set_ylabel("multiply-adds (count)")
    axes.yaxis.set_major_formatter(EngFormatter())
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.set_ylim(0.0, highest)
    axes.legend(loc="upper right", frameon=False)
    axes.set_title(f"One example: {comparison.rows[0].predicted:.2f} forward passes")
