"""Logarithmic axes that can be read whatever their range: a single value, or nine decades."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["show_range"]

# So much wider than its values is an axis, and at least so wide, in decades.
MARGIN = 0.12
LEAST_DECADES = 1.2
# Within so many decades there is a tick at 2 and 5 as well, with its number written out.
FEW_DECADES = 2.0
MOST_TICKS = 6
# Whole numbers up to this one are written out over more decades, too.
LARGEST_IN_FULL = 10_000


def show_range(
    axes: "Axes", which: Literal["x", "y"], values: Sequence[float], *, least: float = 0.0
) -> None:
    """Make an axis logarithmic, with room around the values and a few ticks that are numbered.

    Args:
        axes: to be drawn in.
        which: of its axes.
        values: what it is to show, all positive.
        least: no tick stands below it: there is no half example, for one.

    """
    from matplotlib.ticker import (
        FixedLocator,
        FuncFormatter,
        LogFormatterMathtext,
        LogLocator,
        NullFormatter,
    )

    low, high = math.log10(min(values)), math.log10(max(values))
    room = max(MARGIN * (high - low), 0.5 * (LEAST_DECADES - (high - low)))
    low, high = low - room, high + room
    decades = range(math.floor(low), math.ceil(high) + 1)
    few = high - low <= FEW_DECADES
    stride = math.ceil((high - low) / MOST_TICKS)
    numbers = [
        factor * 10.0**decade
        for decade in (decades if few else decades[::stride])
        for factor in ((1, 2, 5) if few else (1,))
    ]
    inside = [number for number in numbers if low <= math.log10(number) <= high]
    ticks = [number for number in inside if number >= least]
    in_full = few or all(1.0 <= tick <= LARGEST_IN_FULL for tick in ticks)
    axes.set(**{f"{which}scale": "log", f"{which}lim": (10**low, 10**high)})
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_major_formatter(FuncFormatter(_number) if in_full else LogFormatterMathtext())
    axis.set_minor_locator(LogLocator(subs="auto"))
    axis.set_minor_formatter(NullFormatter())


def _number(value: float, _: object) -> str:
    """A number such as 20,000 or 0.005 or 2e-05."""
    return f"{value:,.0f}" if value >= 1.0 else f"{value:g}"
