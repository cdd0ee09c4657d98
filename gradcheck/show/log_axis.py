"""Logarithmic axes that can be read whatever their range: a single value, or nine decades."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["show_range"]

# The constants below were chosen by looking at figures.

# Part of the range of the values, in decades: the room on either side of them.
MARGIN = 0.12
# Decades. A range is at least this wide: so it holds a few ticks even around a single value.
LEAST_DECADES = 1.2
# Decades. A range up to this width has ticks at 1, 2 and 5; a wider one at powers of ten only.
FEW_DECADES = 2.0
# More ticks than this would run into each other in large type.
MOST_TICKS = 6
# Over many decades, whole numbers up to this one are written out, not as powers of ten.
LARGEST_IN_FULL = 10_000


def show_range(
    axes: "Axes", which: Literal["x", "y"], values: Sequence[float], *, least: float = 0.0
) -> None:
    """Make an axis logarithmic, with room around the values and a few ticks with numbers.

    Args:
        axes: where the values are drawn.
        which: the axis, ``x`` or ``y``.
        values: what the axis should show, all positive.
        least: no tick lies below this number: for example, there is no half example.

    """
    from matplotlib.ticker import (
        FixedLocator,
        LogFormatterMathtext,
        LogLocator,
        NullFormatter,
        StrMethodFormatter,
    )

    low, high = _limits(values)
    few = math.log10(high / low) <= FEW_DECADES
    # matplotlib chooses the ticks. They are fixed, because its locator knows no smallest tick.
    chosen = LogLocator(subs=(1.0, 2.0, 5.0) if few else (1.0,), numticks=MOST_TICKS)
    ticks = [tick for tick in chosen.tick_values(low, high) if max(low, least) <= tick <= high]
    in_full = few or all(1.0 <= tick <= LARGEST_IN_FULL for tick in ticks)
    axes.set(**{f"{which}scale": "log", f"{which}lim": (low, high)})
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(FixedLocator(ticks))
    # matplotlib's own formatters for these axes write 10000 as 1e+04 and know no commas.
    axis.set_major_formatter(StrMethodFormatter("{x:,.10g}") if in_full else LogFormatterMathtext())
    axis.set_minor_locator(LogLocator(subs="auto"))
    axis.set_minor_formatter(NullFormatter())


def _limits(values: Sequence[float]) -> tuple[float, float]:
    """The ends of the axis: matplotlib's margins would leave no room around a single value."""
    low, high = math.log10(min(values)), math.log10(max(values))
    room = max(MARGIN * (high - low), 0.5 * (LEAST_DECADES - (high - low)))
    return 10.0 ** (low - room), 10.0 ** (high + room)
