"""The figure of a report: a row of panels for each array, and what disagrees."""

import numpy as np
from matplotlib import pyplot

from gradcheck.check import check_network
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.report_figure import MOST_BARS, MOST_ROWS, draw_arrays
from tests.gradcheck.problems import problem, right
from tests.gradcheck.verdicts.reports import (
    AGREE,
    DISAGREE,
    UNDECIDED,
    UNTESTED,
    array_report,
)


def report() -> Report:
    given = problem(3, 4, 2)
    gradients = right(given)
    gradients[0][1, 2] *= -1
    return check_network(given.network, given.inputs, given.targets, gradients=gradients)


def test_an_array_has_two_panels_that_count_disagreements_in_words() -> None:
    figure = report().plot("3-4-2")
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles[0] == "layer 1 weights: 12 entries, 1 disagree"
    assert len(titles) == 8
    assert figure.axes[-2].get_xlabel() == "measured slope"
    assert figure.axes[-1].get_xlabel() == "error in error bars"
    assert figure.get_suptitle() == "3-4-2: DISAGREE, by equation (46)"


def test_a_figure_is_not_among_those_of_pyplot() -> None:
    before = pyplot.get_fignums()
    report().plot()
    assert pyplot.get_fignums() == before


def test_claims_that_disagree_are_crosses_off_the_line() -> None:
    axes = report().plot().axes[0]
    _, agree, disagree = axes.lines
    assert (agree.get_marker(), disagree.get_marker()) == ("o", "x")
    slopes, claims = (np.asarray(values) for values in disagree.get_data())
    assert len(slopes) == 1
    assert np.sign(slopes) == -np.sign(claims)
    assert np.allclose(*agree.get_data(), atol=0.02)


def test_disagreements_are_drawn_to_the_right_of_the_line_and_hatched() -> None:
    axes = report().plot().axes[1]
    hatched = [patch for patch in axes.patches if patch.get_hatch()]
    points = np.concatenate([patch.get_path().vertices for patch in hatched])
    high = points[points[:, 1] > 0]
    assert len(high)
    assert high[:, 0].min() > 2.0


def test_type_is_large_enough_for_the_last_row() -> None:
    for axes in report().plot().axes:
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
    claims, errors = draw_arrays([array], "title").axes
    assert claims.get_title(loc="left") == "layer 1 weights: 3 entries, 1 disagree"
    assert errors.get_xlim()[1] >= MOST_BARS


def test_of_many_arrays_those_that_disagree_are_drawn() -> None:
    right_ones = [array_report([AGREE], name=f"right {n}") for n in range(MOST_ROWS + 3)]
    wrong = array_report([DISAGREE], name="wrong", backprop=[9.0])
    figure = draw_arrays([*right_ones, wrong], "title")
    assert len(figure.axes) == 2 * MOST_ROWS
    assert figure.axes[-2].get_title(loc="left").startswith("wrong")
    assert figure.get_supxlabel() == "4 more arrays are not drawn"


def test_untested_entries_are_counted_and_not_drawn() -> None:
    array = array_report([AGREE, UNTESTED], backprop=[1.0, 0.0], numerical=[1.0, 0.0])
    errors = draw_arrays([array], "title").axes[1]
    assert errors.get_title(loc="right") == "1 untested are not drawn"
