"""The figure of ``gradcheck cost-compare``: one picture for a slide, growth beside "about two".

A value that the tables refuse as too noisy is not drawn.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from gradcheck.costs.comparison import Comparison
from gradcheck.costs.cost_row import CostRow
from gradcheck.costs.growth_panel import draw_growth, short_name
from gradcheck.show.figures import BLUE, ORANGE, large_type
from gradcheck.show.log_axis import show_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_comparison"]

# Forward passes. The axis of passes reaches at least this far, so that "about two" is a height.
LEAST_PASSES = 3.0
# Part of the height of the panel that one line of its legend takes, in large type.
LEGEND_LINE = 0.08


def draw_comparison(comparison: Comparison) -> "Figure":
    """Draw seconds against parameters, and backprop in forward passes against the batch size."""
    from matplotlib.figure import Figure

    with large_type():
        # As wide as a page can show it while its letters stay large enough to read.
        figure = Figure(figsize=(14, 7.5), layout="constrained")
        growth, passes = figure.subplots(1, 2)
        draw_growth(growth, comparison.rows)
        _draw_passes(passes, comparison.rows)
    return figure


def _draw_passes(axes: "Axes", rows: Sequence[CostRow]) -> None:
    """Backprop in forward passes against the batch size, for the first network."""
    sizes = rows[0].case.sizes
    shown = sorted(
        (row for row in rows if row.case.sizes == sizes), key=lambda row: row.case.batch_size
    )
    batches = [float(row.case.batch_size) for row in shown]
    measured = [
        (batch, ratio)
        for batch, ratio in zip(
            batches, (row.backprop.over(row.forward) for row in shown), strict=True
        )
        if ratio.steady
    ]
    values = np.array([ratio.value for _, ratio in measured])
    spread = np.array(
        [
            [ratio.value - ratio.low for _, ratio in measured],
            [ratio.high - ratio.value for _, ratio in measured],
        ]
    )
    if measured:
        axes.errorbar(
            [batch for batch, _ in measured],
            values,
            yerr=np.clip(spread, 0.0, None),
            color=BLUE,
            marker="o",
            markersize=11,
            linewidth=3,
            capsize=6,
            label="measured, with its range",
        )
    on_paper = shown[0].predicted
    axes.axhline(
        on_paper,
        color=ORANGE,
        linestyle="--",
        linewidth=3,
        label=f"multiply-adds: {on_paper:.2f}",
    )
    show_range(axes, "x", batches, least=1.0)
    axes.set_xlabel("examples in the mini-batch (count)")
    axes.set_ylabel("backprop (forward passes)")
    highest = max([on_paper, *(ratio.high for _, ratio in measured)])
    axes.set_ylim(0.0, max(LEAST_PASSES, highest) / (1.0 - LEGEND_LINE * 3.0))
    axes.legend(loc="upper left", frameon=False)
    noisy = "" if measured else " (too noisy)"
    axes.set_title(f"Backprop of {short_name(sizes)}{noisy}")
