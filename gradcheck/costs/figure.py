"""The figure of ``gradcheck cost-compare``: seconds, forward passes, multiply-adds by layer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from gradcheck.costs.comparison import Comparison
from gradcheck.costs.cost_row import CostRow
from gradcheck.costs.growth_panel import draw_growth, short_name
from gradcheck.costs.work_panel import LEGEND_LINE, draw_work
from gradcheck.show.figures import BLUE, ORANGE, large_type
from gradcheck.show.log_axis import show_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_comparison"]


def draw_comparison(comparison: Comparison) -> "Figure":
    """Draw seconds against parameters, passes against batch size, and multiply-adds by layer."""
    from matplotlib.figure import Figure

    with large_type():
        # As wide as a page can show it while its letters stay large enough to read.
        figure = Figure(figsize=(14, 10), layout="constrained")
        panels = figure.subplot_mosaic([["growth", "passes"], ["growth", "work"]])
        draw_growth(panels["growth"], comparison.rows)
        _draw_passes(panels["passes"], comparison.rows)
        draw_work(panels["work"], comparison.rows[0])
    return figure


def _draw_passes(axes: "Axes", rows: Sequence[CostRow]) -> None:
    """Backprop in forward passes against the batch size, for the first network."""
    sizes = rows[0].case.sizes
    shown = sorted(
        (row for row in rows if row.case.sizes == sizes), key=lambda row: row.case.batch_size
    )
    batches = [float(row.case.batch_size) for row in shown]
    ratios = [row.backprop.over(row.forward) for row in shown]
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
    highest = max(float(np.max(values + spread[1])), on_paper)
    axes.set_ylim(0.0, highest / (1.0 - LEGEND_LINE * 2.5))
    axes.legend(loc="upper left", frameon=False)
    axes.set_title(short_name(sizes))
