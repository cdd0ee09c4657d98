"""The figure of a sweep of steps: error against step, a V for each scheme, a panel a dtype."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gradcheck.show.figures import BLUE, GREEN, ORANGE, large_type
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.sweep.curves import Curve, DtypeSweep, StepSweep
from nets.arrays import HostArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_sweep"]

# From the palette of Okabe and Ito, like the others.
PURPLE = "#CC79A7"
# Left of this the complex step is as flat as here, and differences are long over.
NARROWEST = 2.0**-68
LEAST_ERROR = 1e-18
# Guides run beside their curves, this many times below the right arm and above the left one.
BESIDE = 12.0
# They begin where truncation or round-off has won: so many times the best step from it.
AWAY = 2.0**3
# Labels stand left of the V, where no curve is, at least so many times apart.
LABELS_AT, LABELS_APART = 2.0**-40, 7.0
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
    """How a scheme's curve is drawn; markers stand at other steps where curves coincide."""

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


def draw_sweep(sweep: StepSweep, title: str) -> "Figure":
    """A panel for each dtype, logarithmic both ways, with guides of theory's slopes."""
    from matplotlib.figure import Figure

    with large_type():
        figure = Figure(figsize=(21, 10), layout="constrained")
        panels = figure.subplots(1, len(sweep.dtypes), sharex=True, sharey=True, squeeze=False)[0]
        for axes, each in zip(panels, sweep.dtypes, strict=True):
            guides = [guide for curve in each.curves for guide in _guides(curve, sweep.is_smooth)]
            _draw_dtype(axes, each)
            for steps, heights, slope in guides:
                axes.plot(steps, heights, zorder=1, **GUIDE)
                if axes is panels[0]:  # there is room
                    _name_guide(axes, (steps[0], heights[0]), slope)
            axes.set(xscale="log", yscale="log", xlim=(NARROWEST, 4.0), ylim=(LEAST_ERROR, 30.0))
            axes.set_xlabel("step (relative to max(1, |w|))")
            axes.set_title(f"{each.dtype}, u = {each.unit_roundoff:.1e}", fontsize="large")
        panels[0].set_ylabel("error (norm ratio to the reference)")
        figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
        figure.suptitle(title, fontsize="large")
    return figure


def _draw_dtype(axes: "Axes", sweep: DtypeSweep) -> None:
    curves = {curve.scheme: curve for curve in sweep.curves}
    height = math.inf
    for name in (name for name in STYLES if name in curves):
        _draw_curve(axes, curves[name])
        if curves[name].theory is not None:
            height = min(_drawn(curves[name].best_error), height / LABELS_APART)
            _label(axes, curves[name], (LABELS_AT, height))
    axes.axhline(
        _drawn(sweep.backprop_error), color="black", linestyle="--", linewidth=2, label="backprop"
    )
    axes.plot([], [], label="ring: the step that gradcheck takes, in float64", **RING)
    axes.plot([], [], label="dotted: theory's slopes", **GUIDE)


def _drawn(error: float) -> float:
    """An error of zero has no place on a logarithmic axis; it is drawn on the edge."""
    return max(error, LEAST_ERROR)


def _draw_curve(axes: "Axes", curve: Curve) -> None:
    style = STYLES[curve.scheme]
    axes.plot(
        curve.epsilons,
        [_drawn(error) for error in curve.errors],
        color=style.color,
        linestyle="-",  # dots are theory's
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


def _label(axes: "Axes", curve: Curve, place: tuple[float, float]) -> None:
    """The name of a curve left of the V, with a line to its least error."""
    style = STYLES[curve.scheme]
    axes.annotate(
        style.label,
        (curve.best_epsilon, _drawn(curve.best_error)),
        xytext=place,
        color=style.color,
        horizontalalignment="right",
        verticalalignment="center",
        arrowprops={"arrowstyle": "-", "color": style.color, "linewidth": 1.5},
    )


def _guides(curve: Curve, smooth: bool) -> list[tuple[HostArray, HostArray, int]]:
    """Steps, heights and slope of the straight lines that theory expects the curve's arms to be."""
    if curve.theory is None:
        return []
    order, arms = SCHEMES[curve.scheme].order, []
    if smooth or order == 1:  # kinks within reach of the step make errors of another kind
        arms.append((curve.best_epsilon * AWAY, max(curve.epsilons), order, BESIDE))
    if curve.scheme == "forward":  # the left arms are one
        arms.append((curve.best_epsilon / AWAY, min(curve.epsilons), -1, 1.0 / BESIDE))
    guides = []
    for begin, end, slope, beside in arms:
        error = dict(zip(curve.epsilons, curve.errors, strict=True)).get(begin)
        if error and begin != end:
            steps = np.array([begin, end])
            guides.append((steps, error / beside * (steps / begin) ** slope, slope))
    return guides


def _name_guide(axes: "Axes", end: tuple[float, float], slope: int) -> None:
    """The slope of a guide, at that end of it that is near the best step."""
    above = slope < 0
    axes.annotate(
        f"slope {slope}",
        end,
        xytext=(6, 4 if above else -4),
        textcoords="offset points",
        verticalalignment="bottom" if above else "top",
    )
