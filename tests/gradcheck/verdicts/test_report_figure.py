"""The figure of a report: a panel for each array, and what disagrees."""

import numpy as np

from gradcheck.check import check_network
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.report_figure import MOST_BARS, draw_report
from tests.gradcheck.problems import problem, right
from tests.gradcheck.verdicts.reports import (
    AGREE,
    DISAGREE,
    UNDECIDED,
    array_report,
    report_of,
)


def report() -> Report:
    given = problem(3, 4, 2)
    gradients = right(given)
    gradients[0][1, 2] *= -1
    return check_network(given.network, given.inputs, given.targets, gradients=gradients)


def test_a_report_has_a_panel_for_each_array_that_counts_disagreements_in_words() -> None:
    figure = draw_report(report(), "title")
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles[0] == "layer 1 weights: 12 entries, 1 disagree"
    assert len(titles) == 4
    assert "error bars" in figure.axes[-1].get_xlabel()


def test_disagreements_are_drawn_to_the_right_of_the_line_and_hatched() -> None:
    axes = draw_report(report(), "title").axes[0]
    hatched = [patch for patch in axes.patches if patch.get_hatch()]
    points = np.concatenate([patch.get_path().vertices for patch in hatched])
    high = points[points[:, 1] > 0]
    assert len(high)
    assert high[:, 0].min() > 2.0


def test_type_is_large_enough_for_the_last_row() -> None:
    for axes in draw_report(report(), "title").axes:
        texts = [axes.xaxis.label, axes.yaxis.label, *axes.texts, *axes.get_xticklabels()]
        assert all(float(text.get_fontsize()) >= 16 for text in texts)


def test_what_is_not_finite_is_drawn_at_the_end_of_the_axis_and_warns_of_nothing() -> None:
    bars = np.array([0.001, np.inf, 0.001])
    array = array_report(
        [AGREE, UNDECIDED, DISAGREE],
        error_bar=bars,
        backprop=[1.0, np.inf, np.nan],
        numerical=[1.0, np.nan, 3.0],
    )
    axes = draw_report(report_of(array), "title").axes[0]
    assert axes.get_title(loc="left") == "layer 1 weights: 3 entries, 1 disagree"
    assert axes.get_xlim()[1] >= MOST_BARS
