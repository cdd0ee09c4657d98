"""The large panel of the cost figure: seconds of three ways to a gradient."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gradcheck.costs.cost_row import CostRow
from gradcheck.costs.sampled_time import Timing
from gradcheck.show.figures import BLUE, GREEN, ORANGE
from gradcheck.show.log_axis import show_range
from gradcheck.show.numbers import sizes_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_growth", "short_name"]

# A ratio. Guides are drawn if the largest network has at least this many times the parameters of
# the smallest. In a narrower range they would run too close to the curves to compare slopes.
LEAST_GUIDED = 4.0
# Characters that fit into the title of a small panel in large type.
LONGEST_NAME = 28


@dataclass(frozen=True)
class Curve:
    """Seconds of one way to a gradient, and how its curve is drawn.

    Attributes:
        label: its name in the legend.
        timing: gives its seconds in a row.
        color, style: of the line and its markers.
        slope: in theory, its time grows with this power of the number of parameters.

    """

    label: str
    timing: Callable[[CostRow], Timing]
    color: str
    style: str
    slope: int

    def seconds(self, rows: Sequence[CostRow]) -> list[float]:
        """The seconds in each row; NaN, which is not drawn, where the table calls them noisy."""
        timings = [self.timing(row) for row in rows]
        return [timing.seconds if timing.steady else math.nan for timing in timings]


CURVES = (
    # One forward pass for each parameter, and each pass takes longer the more there are: slope 2.
    Curve("(46), one by one", lambda row: row.one_by_one.timing, ORANGE, "s-", 2),
    Curve("(46), batched", lambda row: row.batched.timing, GREEN, "^-", 1),
    Curve("backprop", lambda row: row.backprop, BLUE, "o-", 1),
)
# The line style of a guide, by its slope.
GUIDES = {1: ":", 2: "--"}


def draw_growth(axes: "Axes", rows: Sequence[CostRow]) -> None:
    """Draw seconds against parameters, or, for a single network, against the batch size."""
    if all(row.case.sizes == rows[0].case.sizes for row in rows):
        shown = sorted(rows, key=lambda row: row.case.batch_size)
        axes.set_title(f"One gradient of {short_name(shown[0].case.sizes)}")
        axes.set_xlabel("examples in the mini-batch (count)")
        _draw_curves(axes, shown, [float(row.case.batch_size) for row in shown])
    else:
        batches = [row.case.batch_size for row in rows]
        usual = max(batches, key=batches.count)
        shown = [row for row in rows if row.case.batch_size == usual]
        shown.sort(key=lambda row: row.parameters)
        axes.set_title(f"One gradient, batch {usual}")
        axes.set_xlabel("parameters (count)")
        parameters = [float(row.parameters) for row in shown]
        _draw_curves(axes, shown, parameters)
        if parameters[-1] >= LEAST_GUIDED * parameters[0]:
            _draw_guides(axes, shown)
    axes.set_ylabel("time (seconds)")
    _put_legend_below(axes)


def _draw_curves(axes: "Axes", rows: Sequence[CostRow], counts: list[float]) -> None:
    """The curves, and axes that show all of them; a guide that leaves them is cut off."""
    seconds = {curve: curve.seconds(rows) for curve in CURVES}
    for curve, times in seconds.items():
        axes.plot(
            counts,
            times,
            curve.style,
            color=curve.color,
            markersize=11,
            linewidth=3,
            label=curve.label,
        )
    show_range(axes, "x", counts, least=1.0)
    drawn = [time for times in seconds.values() for time in times if math.isfinite(time)]
    show_range(axes, "y", drawn or [row.backprop.seconds for row in rows])


def _draw_guides(axes: "Axes", rows: Sequence[CostRow]) -> None:
    """From the first point of each curve, a straight line with the slope that theory gives.

    Where the first point is not drawn, there is no guide either.
    """
    first, last = rows[0], rows[-1]
    for curve in CURVES:
        (begin,) = curve.seconds([first])
        if math.isnan(begin):
            continue
        end = begin * (last.parameters / first.parameters) ** curve.slope
        axes.plot(
            [first.parameters, last.parameters],
            [begin, end],
            GUIDES[curve.slope],
            color="grey",
            linewidth=2,
            zorder=1,
            label=f"guide: slope {curve.slope}",
        )


def _put_legend_below(axes: "Axes") -> None:
    """A legend below the axes, where no curve can run into it; each label once."""
    lines, labels = axes.get_legend_handles_labels()
    once = dict(zip(labels, lines, strict=True))
    axes.legend(
        list(once.values()),
        list(once),
        loc="upper center",
        bbox_to_anchor=(0.5, -0.1),
        ncols=2,
        frameon=False,
    )


def short_name(sizes: Sequence[int]) -> str:
    """Sizes such as 784-30-10, or only their ends if all of them do not fit into a title.

    >>> short_name([784, *[30] * 20, 10])
    '784-...-10'
    """
    name = sizes_text(sizes)
    return name if len(name) <= LONGEST_NAME else f"{sizes[0]}-...-{sizes[-1]}"
