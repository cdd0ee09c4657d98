"""The secant and the tangent."""

import numpy as np
import pytest
from matplotlib.axes import Axes

from gradcheck.pictures.secant_and_tangent import draw_secant_and_tangent


def rise(axes: Axes, name: str) -> float:
    """The slope of a drawn line."""
    (line,) = (line for line in axes.lines if str(line.get_label()).startswith(name))
    x, y = (np.asarray(values, dtype=float) for values in line.get_data())
    return float((y[-1] - y[0]) / (x[-1] - x[0]))


def test_lines_have_the_slopes_that_their_labels_say() -> None:
    (axes,) = draw_secant_and_tangent(np.square, 2.0, weight=1.0, epsilon=0.5).figure.axes
    assert rise(axes, "tangent, wanted: slope 2.000") == pytest.approx(2.0)
    assert rise(axes, "secant, by (46): slope 2.500") == pytest.approx(2.5)


def test_a_smaller_step_brings_the_secant_nearer() -> None:
    errors = [
        rise(draw_secant_and_tangent(np.square, 2.0, 1.0, step).figure.axes[0], "secant") - 2.0
        for step in (1.0, 0.1)
    ]
    assert errors == pytest.approx([1.0, 0.1])
