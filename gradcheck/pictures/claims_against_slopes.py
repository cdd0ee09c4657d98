"""Claims of backprop against measured slopes: the pattern of the dots tells the kind of mistake."""

from collections.abc import Mapping

from gradcheck.pictures.picture import WIDTH, Picture
from gradcheck.show.figures import BLUE, large_type
from gradcheck.verdicts.array_report import ArrayReport

__all__ = ["draw_claims_against_slopes"]

# Panels side by side: with more, the numbers on the axes would run into each other.
COLUMNS = 2


def draw_claims_against_slopes(reports: Mapping[str, ArrayReport]) -> Picture:
    """Draw a panel for each report, with a dot for each entry; right ones lie on the diagonal.

    Args:
        reports: the report of an array, by the title of its panel.

    """
    from matplotlib.figure import Figure

    rows = -(-len(reports) // COLUMNS)
    with large_type():
        figure = Figure(figsize=(WIDTH, rows * WIDTH / COLUMNS))
        panels = figure.subplots(rows, COLUMNS, squeeze=False)
        for axes, (title, report) in zip(panels.flat, reports.items(), strict=False):
            axes.axline((0.0, 0.0), slope=1.0, color="black", linestyle=":", linewidth=2)
            axes.plot(report.numerical, report.backprop, "o", color=BLUE, markersize=6)
            axes.set_title(title)
            axes.locator_params(nbins=3)
        figure.supxlabel("measured slope", fontsize="medium")
        figure.supylabel("claim of backprop", fontsize="medium")
    return Picture(figure)
