"""The figure of a sweep: what is drawn, and how large."""

import numpy as np
import pytest
from matplotlib.text import Text

from gradcheck.sweep.figure import draw_sweep
from gradcheck.sweep.measure import step_sweep
from nets.network import Network
from tests.gradcheck.problems import problem
from tests.gradcheck.sweep.sweeps import DEFAULT, sweep_of


def test_there_is_a_panel_for_each_dtype_with_labelled_axes() -> None:
    double, single = draw_sweep(DEFAULT, "title").axes
    assert double.get_title().startswith("float64")
    assert single.get_title().startswith("float32")
    assert double.get_ylabel() == "error (norm ratio to the reference)"
    assert double.get_xlabel() == single.get_xlabel() == "step (relative to max(1, |w|))"
    assert double.get_xscale() == double.get_yscale() == "log"


def test_schemes_differ_by_marker_and_carry_their_names() -> None:
    for axes in draw_sweep(DEFAULT, "title").axes:
        assert {line.get_marker() for line in axes.lines} >= {"s", "o", "^", "D"}
        named = {text.get_text() for text in axes.texts}
        begins = {name.partition(", slope")[0] for name in named}
        assert begins >= {"(46) forward", "central", "five-point", "complex"}


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_no_label_sits_on_a_curve(activation: str) -> None:
    sweep = DEFAULT
    if activation == "relu":
        sweep = sweep_of(problem(5, 4, 3, activation="relu"))
    figure = draw_sweep(sweep, "title")
    figure.canvas.draw()
    for axes in figure.axes:
        curves = [line for line in axes.lines if line.get_linestyle() in ("-", "--")]
        assert len(curves) >= 4
        for text in axes.texts:
            box = Text.get_window_extent(text)  # without the line to the curve
            for curve in curves:
                assert (
                    not curve.get_path()
                    .transformed(curve.get_transform())
                    .intersects_bbox(box, filled=False)
                ), text.get_text()


def test_the_slope_of_theory_stands_with_the_name_of_the_curve() -> None:
    named = {text.get_text() for text in draw_sweep(DEFAULT, "title").axes[0].texts}
    assert named >= {"(46) forward, slope 1", "central, slope 2", "five-point, slope 4", "slope -1"}


def test_the_steps_that_checks_take_are_ringed() -> None:
    axes = draw_sweep(DEFAULT, "title").axes[0]
    rings = [
        float(np.asarray(line.get_xdata())[0])
        for line in axes.lines
        if line.get_markerfacecolor() == "none" and len(np.asarray(line.get_xdata()))
    ]
    assert sorted(rings) == sorted(curve.chosen_epsilon for curve in DEFAULT.dtypes[0].curves)


@pytest.mark.parametrize(("activation", "slopes"), [("sigmoid", {-1, 1, 2, 4}), ("relu", {-1, 1})])
def test_guides_have_the_slopes_of_theory_where_it_holds(activation: str, slopes: set[int]) -> None:
    given = problem(5, 4, 3, activation=activation)
    axes = draw_sweep(step_sweep(given.network, given.inputs, given.targets), "title").axes[0]
    guides = [line for line in axes.lines if line.get_linestyle() == ":"]
    drawn = set()
    for guide in guides:
        steps, heights = np.asarray(guide.get_xdata()), np.asarray(guide.get_ydata())
        if len(steps):
            drawn.add(round(np.diff(np.log(heights))[0] / np.diff(np.log(steps))[0]))
    assert drawn == slopes


def test_type_is_large_enough_for_the_last_row() -> None:
    figure = draw_sweep(DEFAULT, "title")
    for axes in figure.axes:
        texts = [axes.xaxis.label, axes.yaxis.label, *axes.texts, *axes.get_xticklabels()]
        assert all(float(text.get_fontsize()) >= 16 for text in texts)
    assert all(float(text.get_fontsize()) >= 16 for text in figure.legends[0].get_texts())


def test_errors_of_zero_are_drawn_on_the_edge() -> None:
    network = Network.create([3, 2], activation="identity")
    inputs = np.zeros((3, 4))
    sweep = step_sweep(network, inputs, network.feedforward(inputs))
    axes = draw_sweep(sweep, "title").axes[0]
    assert all(np.all(np.asarray(line.get_ydata()) > 0.0) for line in axes.lines)
