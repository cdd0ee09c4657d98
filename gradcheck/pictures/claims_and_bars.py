"""Claims of backprop beside measured slopes, each row in its own error bars."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcheck.pictures.diagram import NUMBER_SIZE
from gradcheck.pictures.picture import WIDTH, Picture
from gradcheck.show.figures import BLUE, ORANGE, large_type
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.verdict import Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_claims_and_bars"]

WIDEST = 6.0  # error bars to each side that are shown
AGREES = 2.0  # a claim agrees within this many error bars


def draw_claims_and_bars(entries: Sequence[tuple[ArrayReport, int]]) -> Picture:
    """Draw a row for each entry: its measured slope, two error bars to each side, its claim, and 0.

    Args:
        entries: the report of an array, and the position of the entry in that report.

    """
    from matplotlib.figure import Figure

    with large_type():
        figure = Figure(figsize=(WIDTH, 1.5 + 1.4 * len(entries)))
        axes = figure.subplots()
        for row, (report, position) in enumerate(entries):
            _draw_row(axes, -row, report, position)
        axes.set(xlim=(-WIDEST, WIDEST), ylim=(0.6 - len(entries), 0.75), yticks=[])
        axes.set_xlabel("distance from the measured slope (error bars)")
        axes.spines["left"].set_visible(False)
        handles, labels = axes.get_legend_handles_labels()
        shown = dict(zip(labels, handles, strict=True))  # a label for all rows
        figure.legend(shown.values(), shown.keys(), loc="outside lower center", ncols=4)
    return Picture(figure)


def _draw_row(axes: "Axes", y: float, report: ArrayReport, position: int) -> None:
    claim = float(report.backprop[position])
    slope, bar = float(report.numerical[position]), float(report.error_bar[position])
    axes.plot(
        [-AGREES, AGREES],
        [y, y],
        "-",
        color="0.75",
        linewidth=14,
        solid_capstyle="butt",
        label="agrees",
        zorder=1,
    )
    axes.plot(0.0, y, "o", color="black", label="slope", markersize=11)
    axes.plot((claim - slope) / bar, y, "D", color=ORANGE, label="claim", markersize=11)
    zero = -slope / bar
    if abs(zero) < WIDEST:
        axes.plot(zero, y, "|", color=BLUE, label="zero", markersize=26, markeredgewidth=4)
    axes.text(
        -WIDEST,
        y + 0.34,
        Verdict(report.verdicts[position]).word,
        fontweight="bold",
    )
    digits = max(1, _digits_to_see(claim, slope))
    axes.text(
        WIDEST,
        y + 0.34,
        f"claim {claim:.{digits}e}, slope {slope:.{digits}e} ± {bar:.0e}",
        ha="right",
        fontsize=NUMBER_SIZE - 1,
    )


def _digits_to_see(claim: float, slope: float) -> int:
    """How many digits after the first are needed, so that two numbers differ."""
    return next(
        (digits for digits in range(1, 16) if f"{claim:.{digits}e}" != f"{slope:.{digits}e}"), 16
    )
