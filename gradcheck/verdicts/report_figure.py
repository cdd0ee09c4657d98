"""The figure of a report: claims against slopes beside the errors in error bars."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from gradcheck.show.figures import BLUE, ORANGE, large_type
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.page.dots import dots
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["MOST_ROWS", "draw_arrays"]

# Error bars. Errors outside of this range are drawn at its ends.
LEAST_BARS, MOST_BARS = 1e-4, 1e12
# Arrays in a figure: more would make it higher than two screens. Those that disagree go first.
MOST_ROWS = 10


def draw_arrays(arrays: Sequence[ArrayReport], title: str) -> "Figure":
    """A row for each array: its claims against the slopes, and a histogram of its errors."""
    from matplotlib.figure import Figure

    checked = [array for array in arrays if array.checked]
    shown = _most_telling(checked)
    with large_type():
        figure = Figure(figsize=(14, 2.0 + 2.8 * max(1, len(shown))), layout="constrained")
        panels = figure.subplots(max(1, len(shown)), 2, squeeze=False)
        greatest = max([30.0, *(float(np.max(_errors(array), initial=0.0)) for array in shown)])
        edges = np.logspace(np.log10(LEAST_BARS), np.log10(greatest * 1.1), 60).tolist()
        for (left, right), array in zip(panels, shown, strict=False):
            _draw_claims(left, array)
            _draw_errors(right, array, edges)
        figure.suptitle(title, fontsize="large")
        panels[-1, 0].set_xlabel("measured slope")
        panels[-1, 1].set_xlabel("error in error bars")
        if len(shown) < len(checked):
            figure.supxlabel(f"{len(checked) - len(shown)} more arrays are not drawn")
    return figure


def _most_telling(arrays: Sequence[ArrayReport]) -> list[ArrayReport]:
    """At most so many arrays as a figure has rows, in their order; those that disagree first."""
    first = sorted(arrays, key=lambda array: not array.counts["disagree"])[:MOST_ROWS]
    return [array for array in arrays if any(array is each for each in first)]


def _draw_claims(axes: "Axes", array: ArrayReport) -> None:
    """A dot for each claim: right ones lie on the line, those with a factor on another one."""
    found = dots(array)
    axes.axline((found.slopes[0], found.slopes[0]), slope=1.0, color="black", linewidth=1)
    axes.plot(*found.values(found.agree), "o", color=BLUE, markersize=5, fillstyle="none")
    axes.plot(*found.values(found.disagree), "x", color=ORANGE, markersize=8, markeredgewidth=2)
    for limits, set_limits in ((found.slopes, axes.set_xlim), (found.claims, axes.set_ylim)):
        room = 0.06 * (limits[1] - limits[0])
        set_limits(limits[0] - room, limits[1] + room)
    axes.locator_params(nbins=4)
    axes.set_ylabel("backprop")
    entries = "entry" if array.checked == 1 else "entries"
    axes.set_title(
        f"{array.name}: {array.checked:,} {entries}, {array.counts['disagree']:,} disagree",
        loc="left",
    )


def _draw_errors(axes: "Axes", array: ArrayReport, edges: list[float]) -> None:
    from matplotlib.ticker import MaxNLocator

    errors = _errors(array)
    wrong = array.verdicts == Verdict.DISAGREE
    told = array.verdicts != Verdict.UNTESTED
    axes.hist(errors[told & ~wrong], edges, color=BLUE, histtype="stepfilled")
    axes.hist(
        errors[wrong], edges, color=ORANGE, hatch="//", edgecolor="black", histtype="stepfilled"
    )
    axes.axvline(BARS_ALLOWED, color="black", linewidth=2, linestyle="--")
    axes.set_xscale("log")
    axes.minorticks_off()  # a figure with them takes a quarter longer
    axes.margins(y=0.25)
    untested = array.counts["untested"]
    axes.set_title(f"{untested:,} untested are not drawn" if untested else "", loc="right")
    axes.annotate(
        f"more than {BARS_ALLOWED:g}:\ndisagrees",
        (BARS_ALLOWED, 0.92),
        xycoords=axes.get_xaxis_transform(),
        xytext=(6, 0),
        textcoords="offset points",
        verticalalignment="top",
    )
    axes.set_ylabel("entries")
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))


def _errors(array: ArrayReport) -> HostArray:
    """Each entry's error in error bars, within the range of the axis."""
    return np.clip(array.errors_in_bars, LEAST_BARS, MOST_BARS)
