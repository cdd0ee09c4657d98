"""The figure of a sweep of steps: a V for each scheme, and a panel for each dtype."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gradcheck.show.figures import BLUE, GREEN, ORANGE, large_type
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.sweep.curves import Curve, DtypeSweep
from gradcheck.sweep.step_sweep import StepSweep
from nets.arrays import HostArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_sweep"]

# The constants below were chosen by looking at figures.

# The purple of the palette of Okabe and Ito, darker: as text on white that has too little contrast.
PURPLE = "#A0457F"
# The left end of the step axis. The complex step's curve is flat beyond it, and the others end
# before it.
NARROWEST = 2.0**-68
# The lower end of the error axis, below what float64 can resolve; errors of 0 are drawn there.
LEAST_ERROR = 1e-18
# A ratio: guides run this many times below the right arms and above the left one.
BESIDE = 12.0
# A ratio: guides begin this many times the best step away from it, where one of the two errors is
# much larger than the other.
AWAY = 2.0**3
# Where the labels of the V stand: at this step, left of the best ones, and at least this many times
# the error apart.
LABELS_AT, LABELS_APART = 2.0**-40, 7.0
# A ratio: labels stand at least this many times above or below the line of backprop.
OFF_BACKPROP = 4.0
RING: dict[str, Any] = {
    "color": "black",
    "linestyle": "none",
    "marker": "o",
    "markersize": 22,
    "markerfacecolor": "none",
    "markeredgewidth": 2.5,
}
GUIDE: dict[str, Any] = {"color": "grey", "linestyle": ":", "linewidth": 3}


@dataclass(frozen=True)
class Style:
    """How the curve of a scheme is drawn.

    Attributes:
        label: its name in the figure.
        color, marker: of the curve.
        first_marked: the first of its steps with a marker; where curves coincide, their markers
            stand at different steps.

    """

    label: str
    color: str
    marker: str
    first_marked: int = 0


STYLES = {
    "complex": Style("complex", PURPLE, "D", 1),
    "forward": Style("(46) forward", ORANGE, "s"),
    "central": Style("central", BLUE, "o"),
    "five-point": Style("five-point", GREEN, "^"),
}


@dataclass(frozen=True)
class Guide:
    """A straight line that an arm of a curve follows in theory.

    Attributes:
        steps: (2,) its ends, the one near the best step first.
        heights: (2,) the errors there.
        slope: the power of the step that the error grows with.

    """

    steps: HostArray
    heights: HostArray
    slope: int


def draw_sweep(sweep: StepSweep, title: str) -> "Figure":
    """Draw a panel for each dtype, with guides that have the slopes of theory."""
    from matplotlib.figure import Figure

    with large_type():
        figure = Figure(figsize=(21, 10), layout="constrained")
        panels = figure.subplots(1, len(sweep.dtypes), sharex=True, sharey=True, squeeze=False)[0]
        for axes, each in zip(panels, sweep.dtypes, strict=True):
            guides = {curve.scheme: _guides(curve, sweep) for curve in each.curves}
            _draw_dtype(axes, each, guides)
            for guide in (guide for beside in guides.values() for guide in beside):
                axes.plot(guide.steps, guide.heights, zorder=1, **GUIDE)
                if axes is panels[0] and guide.slope < 0:  # in float64 there is room above it
                    _name_guide(axes, guide)
            axes.set(xscale="log", yscale="log", xlim=(NARROWEST, 4.0), ylim=(LEAST_ERROR, 30.0))
            axes.set_xlabel("step (relative to max(1, |w|))")
            axes.set_title(f"{each.dtype}, u = {each.unit_roundoff:.1e}", fontsize="large")
        panels[0].set_ylabel("error (norm ratio to the reference)")
        figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
        figure.suptitle(title, fontsize="large")
    return figure


def _draw_dtype(axes: "Axes", sweep: DtypeSweep, guides: dict[str, list[Guide]]) -> None:
    curves = {curve.scheme: curve for curve in sweep.curves}
    height, backprop = math.inf, _drawn(sweep.backprop_error)
    for name in (name for name in STYLES if name in curves):
        _draw_curve(axes, curves[name])
        if curves[name].theory is not None:
            height = min(_drawn(curves[name].best_error), height / LABELS_APART)
            if height < OFF_BACKPROP * backprop and backprop < OFF_BACKPROP * height:
                height = backprop / OFF_BACKPROP
            _label(axes, curves[name], guides[name], (LABELS_AT, height))
    axes.axhline(backprop, color="black", linestyle="--", linewidth=2, label="backprop")
    axes.plot([], [], label="ring: the step that gradcheck uses, in float64", **RING)
    axes.plot([], [], label="dotted: the slopes of theory", **GUIDE)


def _drawn(error: float) -> float:
    """The error, or the edge of the axis: a logarithmic axis cannot show zero."""
    return max(error, LEAST_ERROR)


def _draw_curve(axes: "Axes", curve: Curve) -> None:
    """A curve with a ring at the step that gradcheck uses; the name of a flat one below it."""
    style = STYLES[curve.scheme]
    axes.plot(
        curve.epsilons,
        [_drawn(error) for error in curve.errors],
        color=style.color,
        linestyle="-",  # the guides are dotted
        marker=style.marker,
        markersize=9,
        markevery=(style.first_marked, 2),
        linewidth=3,
    )
    if curve.chosen_error is not None:
        axes.plot([curve.chosen_epsilon], [_drawn(curve.chosen_error)], zorder=3, **RING)
    if curve.theory is None:
        axes.annotate(
            style.label,
            (LABELS_AT, _drawn(curve.errors[-1])),
            xytext=(0, -28),
            textcoords="offset points",
            color=style.color,
        )


def _label(axes: "Axes", curve: Curve, guides: list[Guide], place: tuple[float, float]) -> None:
    """The name of a curve left of the V, with a line to the smallest error of the curve.

    The slope of its right arm stands here too: beside the arm it would sit on another curve.
    """
    style = STYLES[curve.scheme]
    slopes = "".join(f", slope {guide.slope}" for guide in guides if guide.slope > 0)
    axes.annotate(
        f"{style.label}{slopes}",
        (curve.best_epsilon, _drawn(curve.best_error)),
        xytext=place,
        color=style.color,
        horizontalalignment="right",
        verticalalignment="center",
        arrowprops={"arrowstyle": "-", "color": style.color, "linewidth": 1.5},
    )


def _guides(curve: Curve, sweep: StepSweep) -> list[Guide]:
    """The lines that the arms of a curve follow in theory."""
    if curve.theory is None:
        return []
    order, guides = SCHEMES[curve.scheme].order, []
    # With kinks, wide steps make errors of another kind, which spoil the slopes above 1.
    if sweep.is_smooth or order == 1:
        guides.append(_guide(curve, curve.best_epsilon * AWAY, max(curve.epsilons), order))
    if order == 1:  # one guide is enough: the left arms of all schemes coincide
        guides.append(_guide(curve, curve.best_epsilon / AWAY, min(curve.epsilons), -1))
    return [guide for guide in guides if guide is not None]


def _guide(curve: Curve, begin: float, end: float, slope: int) -> Guide | None:
    """A guide beside a curve, from one step to another; None if the curve has no error there."""
    error = dict(zip(curve.epsilons, curve.errors, strict=True)).get(begin)
    if not error or begin == end:
        return None
    beside = error / BESIDE if slope > 0 else error * BESIDE
    steps = np.array([begin, end])
    return Guide(steps, beside * (steps / begin) ** slope, slope)


def _name_guide(axes: "Axes", guide: Guide) -> None:
    """The slope of the left arms, at the end of the guide that is near the best step."""
    axes.annotate(
        f"slope {guide.slope}",
        (guide.steps[0], guide.heights[0]),
        xytext=(6, 4),
        textcoords="offset points",
        verticalalignment="bottom",
    )
