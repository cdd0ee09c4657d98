"""The panel of seconds: which rows it shows, and its guides."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gradcheck.costs.cost_row import Case
from gradcheck.costs.growth_panel import draw_growth, short_name
from tests.gradcheck.costs.rows import KINDS, comparison


def drawn(*cases: Case) -> Axes:
    axes = Figure().subplots()
    draw_growth(axes, comparison(*cases).rows)
    return axes


def test_one_network_is_drawn_against_its_batch_sizes() -> None:
    axes = drawn(Case((4, 3, 2), 10), Case((4, 3, 2), 1))
    assert axes.get_title() == "One gradient of 4-3-2"
    assert axes.get_xlabel() == "examples in the mini-batch (count)"
    assert list(np.asarray(axes.lines[0].get_xdata())) == [1.0, 10.0]


def test_several_networks_are_drawn_with_the_batch_size_that_most_rows_have() -> None:
    cases = [Case((4, 3, 2), 1), Case((9, 3, 2), 10), Case((4, 3, 2), 10)]
    axes = drawn(*cases)
    assert axes.get_title() == "One gradient, batch 10"
    assert axes.get_xlabel() == "parameters (count)"
    for line, label in zip(axes.lines, ("one by one", "batched", "backprop"), strict=True):
        assert label in str(line.get_label())
        assert list(np.asarray(line.get_xdata())) == [23.0, 38.0]


@pytest.mark.parametrize("kind", KINDS)
def test_guides_stand_only_where_there_is_a_range_to_guide(kind: str) -> None:
    axes = drawn(*KINDS[kind])
    guides = [line for line in axes.lines if line.get_color() == "grey"]
    legend = axes.get_legend()
    assert legend is not None
    told = [text.get_text() for text in legend.get_texts()]
    wide = kind in ("two, far apart", "the lecture")
    assert len(guides) == (3 if wide else 0)
    assert ({"guide: slope 1", "guide: slope 2"} <= set(told)) is wide
    assert len(told) == len(set(told))


def test_guides_begin_at_their_curves_and_have_the_slopes_of_theory() -> None:
    axes = drawn(*KINDS["two, far apart"])
    curves, guides = axes.lines[:3], axes.lines[3:]
    for curve, guide, slope in zip(curves, guides, (2, 1, 1), strict=True):
        x, y = np.asarray(guide.get_xdata()), np.asarray(guide.get_ydata())
        assert (x[0], y[0]) == (np.asarray(curve.get_xdata())[0], np.asarray(curve.get_ydata())[0])
        assert np.diff(np.log(y)) / np.diff(np.log(x)) == pytest.approx(slope)


def test_long_names_are_shortened() -> None:
    assert short_name((784, 30, 10)) == "784-30-10"
    assert short_name((784, *[30] * 40, 10)) == "784-...-10"
