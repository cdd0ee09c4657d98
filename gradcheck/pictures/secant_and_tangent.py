"""The cost against one weight: the slope that is wanted, and the slope that (46) gives."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.pictures.picture import WIDTH, Picture
from gradcheck.show.figures import BLUE, ORANGE, large_type

__all__ = ["draw_secant_and_tangent"]

Curve = Callable[[Any], Any]
# How far the picture goes beyond the two points, in steps.
BESIDE = 0.6


def draw_secant_and_tangent(cost: Curve, slope: float, weight: float, epsilon: float) -> Picture:
    """Draw the cost, its tangent at a weight, and the secant of equation (46).

    Args:
        cost: of one weight; it takes an array of weights and returns an array of that shape.
        slope: the derivative at the weight.
        weight: where the slope is wanted.
        epsilon: the step of (46), large enough to be seen.

    """
    from matplotlib.figure import Figure

    here, there = float(cost(weight)), float(cost(weight + epsilon))
    weights = np.linspace(weight - BESIDE * epsilon, weight + (1 + BESIDE) * epsilon, 200)
    secant = (there - here) / epsilon
    with large_type():
        figure = Figure(figsize=(WIDTH, 5.2))
        axes = figure.subplots()
        axes.plot(weights, cost(weights), "-", color="black", label="the cost C(w)")
        for name, rise, style, color in (
            ("secant, by (46)", secant, "--", ORANGE),
            ("tangent, wanted", slope, "-.", BLUE),
        ):
            label = f"{name}: slope {rise:.3f}"
            axes.plot(weights, here + rise * (weights - weight), style, color=color, label=label)
        corner = weight + epsilon
        axes.plot([weight, corner, corner], [here, here, there], ":", color="black", linewidth=2)
        axes.plot([weight, corner], [here, there], "o", color="black", markersize=11)
        axes.annotate(
            r"step $\varepsilon$",
            ((weight + corner) / 2, here),
            xytext=(0, -8),
            textcoords="offset points",
            ha="center",
            va="top",
        )
        axes.annotate(
            "$C(w + \\varepsilon)$\n$ - C(w)$",
            (corner, here + 0.7 * (there - here)),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
        )
        axes.set(xlabel="weight w", ylabel="cost C", ylim=(here - 0.4 * (there - here), None))
        axes.legend(loc="upper left")
    return Picture(figure)
