"""Figures for the lecture hall: large type, colours that everybody can tell apart, and hatches."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gradcheck.report import ArrayReport, Report
from gradcheck.verdict import BARS_ALLOWED, Verdict
from nets.arrays import HostArray
from nets.errors import BadInput

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_report", "expect_plot_file", "save_figure"]

FORMATS = (".png", ".svg", ".pdf")
FONT_POINTS = 16
# From the palette of Okabe and Ito, told apart by people of every colour vision.
BLUE, ORANGE = "#0072B2", "#D55E00"
# Errors in error bars beyond these are drawn at them: the histogram's axis is logarithmic.
LEAST_BARS, MOST_BARS = 1e-4, 1e12


def expect_plot_file(path: Path) -> None:
    """See that a figure can be written there, before the work that it is to show.

    Raises:
        BadInput: the format is unknown, or the folder cannot be written to.

    """
    if path.suffix.lower() not in FORMATS:
        raise BadInput(
            f"a figure cannot be written as {path.name!r}; give a name that ends in "
            f"{', '.join(FORMATS)}"
        )
    folder = path.parent
    if path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        raise BadInput(f"{path} cannot be written; give a file in a folder that you may write to")


def draw_report(report: Report, title: str) -> "Figure":
    """The errors of each array in units of their error bars, as histograms above one axis."""
    from matplotlib.figure import Figure

    arrays = [array for array in report.arrays if array.checked]
    with _type_for_the_last_row():
        figure = Figure(figsize=(12, 2.6 + 1.9 * len(arrays)), layout="constrained")
        panels = figure.subplots(len(arrays), sharex=True, squeeze=False)[:, 0]
        greatest = max(30.0, *(float(np.max(_errors(array), initial=0.0)) for array in arrays))
        edges = np.logspace(np.log10(LEAST_BARS), np.log10(greatest * 1.1), 60).tolist()
        for axes, array in zip(panels, arrays, strict=True):
            _draw_array(axes, array, edges)
        figure.suptitle(title, fontsize=20)
        panels[-1].set_xlabel(
            "distance between backprop and the measured slope, in error bars (no unit)"
        )
        figure.supylabel("entries", fontsize=FONT_POINTS)
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
    axes.set_title(
        f"{array.name}: {array.checked:,} {entries}, {count:,} disagree",
        loc="left",
        fontsize=FONT_POINTS,
    )
    axes.text(
        BARS_ALLOWED * 1.1,
        0.92,
        f"more than {BARS_ALLOWED:g}:\ndisagrees",
        transform=axes.get_xaxis_transform(),
        verticalalignment="top",
    )
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))


def _errors(array: ArrayReport) -> HostArray:
    """Each entry's error in error bars, within the range of the axis."""
    bars = np.maximum(array.error_bar, np.finfo(float).tiny)
    errors = np.abs(array.backprop - array.numerical) / bars
    finite: HostArray = np.nan_to_num(errors, nan=LEAST_BARS, posinf=MOST_BARS)
    return np.clip(finite, LEAST_BARS, MOST_BARS)


@contextmanager
def _type_for_the_last_row() -> Iterator[None]:
    """Large type, and drawings that are the same each time."""
    import matplotlib as mpl

    with mpl.rc_context({"font.size": FONT_POINTS, "svg.hashsalt": "gradcheck"}):
        yield


def save_figure(figure: "Figure", path: Path, description: str) -> None:
    """Write a figure whole or not at all, with a description for those who cannot see it.

    Args:
        figure: to be written in the format that the file's name ends in.
        path: where.
        description: goes into the file's metadata, as its alternative text.

    Raises:
        BadInput: it cannot be written.

    """
    kind = path.suffix.lower()
    metadata: dict[str, str | None] = {"Title": description}
    if kind == ".svg":
        metadata = {"Title": description, "Description": description, "Date": None}
    elif kind == ".pdf":
        metadata = {"Title": description, "CreationDate": None}
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=kind)
        os.close(handle)
        unfinished = Path(name)
        try:
            with _type_for_the_last_row():
                figure.savefig(unfinished, metadata=metadata, dpi=100)
            unfinished.chmod(0o644)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}") from error
