"""The figure of a report."""

from typing import TYPE_CHECKING

import numpy as np

from gradcheck.show.figures import BLUE, ORANGE, large_type
from gradcheck.slopes.error_bars import BARS_ALLOWED
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.arrays import HostArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEAST_BARS, MOST_BARS = 1e-4, 1e12


def draw_report(report: Report, title: str) -> "Figure":
    """The errors of each array in units of their error bars, as histograms above one axis."""
    from matplotlib.figure import Figure

    arrays = [array for array in report.arrays if array.checked]
    with large_type():
        figure = Figure(figsize=(12, 2.6 + 1.9 * len(arrays)), layout="constrained")
        panels = figure.subplots(len(arrays), sharex=True, squeeze=False)[:, 0]
        greatest = max(30.0, *(float(np.max(_errors(array), initial=0.0)) for array in arrays))
        edges = np.logspace(np.log10(LEAST_BARS), np.log10(greatest * 1.1), 60).tolist()
        for axes, array in zip(panels, arrays, strict=True):
            _draw_array(axes, array, edges)
        figure.suptitle(title, fontsize="large")
        panels[-1].set_xlabel(
            f"distance between backprop and slope, in error bars (below {LEAST_BARS:g} drawn there)"
        )
        figure.supylabel("entries", fontsize="medium")
    return figure


def _draw_array(axes: "Axes", array: ArrayReport, edges: list[float]) -> None:
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
    axes.margins(y=0.25)
    count = array.counts["disagree"]
    entries = "entry" if array.checked == 1 else "entries"
    untested = array.counts["untested"]
    left_out = f", {untested:,} untested are not drawn" if untested else ""
    axes.set_title(
        f"{array.name}: {array.checked:,} {entries}, {count:,} disagree{left_out}",
        loc="left",
    )
    axes.annotate(
        f"more than {BARS_ALLOWED:g}:\ndisagrees",
        (BARS_ALLOWED, 0.92),
        xycoords=axes.get_xaxis_transform(),
        xytext=(6, 0),
        textcoords="offset points",
        verticalalignment="top",
    )
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))


def _errors(array: ArrayReport) -> HostArray:
    """Each entry's error in error bars, within the range of the axis."""
    return np.clip(array.errors_in_bars, LEAST_BARS, MOST_BARS)
