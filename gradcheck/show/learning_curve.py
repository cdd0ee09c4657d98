"""The figure of a training run: the cost and the right answers after each epoch."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcheck.show.figures import BLUE, ORANGE, large_type
from nets.training import Epoch

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["best_epoch", "draw_learning_curve", "learning_curve_text"]

# Characters in a line of the title, in large type.
TITLE_COLUMNS = 90


def draw_learning_curve(epochs: Sequence[Epoch], title: str) -> "Figure":
    """Draw the training cost, and beside it the right answers in per cent, for each epoch.

    Args:
        epochs: at least one.
        title: what was trained, and how; it is wrapped if it is long.

    """
    from matplotlib.figure import Figure

    with large_type():
        figure = Figure(figsize=(14, 6.5), layout="constrained")
        cost, right = figure.subplots(1, 2)
        numbers = [epoch.number for epoch in epochs]
        cost.plot(numbers, [epoch.cost for epoch in epochs], color=BLUE, marker="o", linewidth=3)
        cost.set_ylabel("cost C (mean over the training examples)")
        cost.set_ylim(bottom=0.0)
        _draw_right(right, epochs)
        for axes in (cost, right):
            axes.set_xlabel("epoch (count)")
            axes.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
            axes.grid(color="lightgrey")
        figure.suptitle(textwrap.fill(title, TITLE_COLUMNS), fontsize="large")
    return figure


def _draw_right(axes: "Axes", epochs: Sequence[Epoch]) -> None:
    """The right answers in per cent, and a line at the best epoch."""
    best = best_epoch(epochs)
    percent = [100.0 * (epoch.accuracy or 0.0) for epoch in epochs]
    axes.plot(
        [epoch.number for epoch in epochs],
        percent,
        color=ORANGE,
        marker="s",
        linestyle="--",
        linewidth=3,
    )
    axes.set_ylabel(f"right of {epochs[-1].tested:,} test examples (per cent)")
    at = 100.0 * (best.accuracy or 0.0)
    axes.axhline(at, color="grey", linestyle=":", linewidth=2)
    axes.annotate(
        f"best: {at:.1f} % after epoch {best.number}",
        (0.97, at),
        xycoords=("axes fraction", "data"),
        xytext=(0, 8),
        textcoords="offset points",
        horizontalalignment="right",
    )
    axes.margins(y=0.15)


def best_epoch(epochs: Sequence[Epoch]) -> Epoch:
    """The epoch with the most right answers; if several have as many, the first of them."""
    return max(epochs, key=lambda epoch: (epoch.right or 0, -epoch.number))


def learning_curve_text(epochs: Sequence[Epoch], title: str) -> str:
    """What the figure shows, for those who cannot see it."""
    first, last, best = epochs[0], epochs[-1], best_epoch(epochs)
    return (
        f"{title}. Two curves over {len(epochs)} epochs. The cost goes from {first.cost:.3g} to "
        f"{last.cost:.3g}. The right answers for {last.tested:,} test examples go from "
        f"{first.right:,} to {last.right:,}; the best are {best.right:,} after epoch {best.number}."
    )
