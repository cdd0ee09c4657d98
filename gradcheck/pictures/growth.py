"""How the seconds for one gradient grow with the number of parameters."""

from collections.abc import Mapping, Sequence

from gradcheck.pictures.diagram import NUMBER_SIZE
from gradcheck.pictures.picture import WIDTH, Picture
from gradcheck.show.figures import BLUE, GREEN, ORANGE, large_type

__all__ = ["draw_growth"]

STYLES = (("s--", ORANGE), ("^-.", GREEN), ("o-", BLUE))
# The units in which people say a time, and how many seconds each has.
UNITS = (("min", 60.0), ("s", 1.0), ("ms", 1e-3), ("µs", 1e-6))


def draw_growth(parameters: Sequence[int], seconds: Mapping[str, Sequence[float]]) -> Picture:
    """Draw a line for each way to compute a gradient, with the time of its last point.

    Args:
        parameters: how many each network has, from the smallest to the largest; at least two.
        seconds: for each way, at most three, the seconds in these networks.

    """
    from matplotlib.figure import Figure

    with large_type():
        figure = Figure(figsize=(WIDTH, 5.0))
        axes = figure.subplots()
        for (name, times), (style, color) in zip(seconds.items(), STYLES, strict=False):
            axes.loglog(parameters, times, style, color=color)
            axes.annotate(
                name,
                (parameters[1], times[1]),
                xytext=(6, -22),
                textcoords="offset points",
                fontsize=NUMBER_SIZE,
            )
            axes.annotate(
                time_text(times[-1]),
                (parameters[-1], times[-1]),
                xytext=(10, 0),
                textcoords="offset points",
                va="center",
                fontweight="bold",
            )
        axes.set(xlabel="parameters (count)", ylabel="time for one gradient (s)")
        axes.margins(x=0.06, y=0.15)
    return Picture(figure)


def time_text(seconds: float) -> str:
    """A time as people say it, such as ``13 min`` or ``2.5 ms``."""
    unit, size = next((pair for pair in UNITS if seconds >= pair[1]), UNITS[-1])
    amount = seconds / size
    return f"{amount:.0f} {unit}" if amount >= 10.0 else f"{amount:.2g} {unit}"
