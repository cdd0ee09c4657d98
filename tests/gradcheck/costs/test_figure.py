"""The figure of cost-compare: what is drawn, how large, and that nothing covers anything else."""

from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.patches import Rectangle

from gradcheck.costs.comparison import Comparison
from gradcheck.costs.cost_row import LECTURE, Case, Measured
from gradcheck.costs.figure import draw_comparison
from gradcheck.costs.timing import Timing
from gradcheck.show.figures import large_type
from tests.gradcheck.costs.rows import row, steady

COMPARISON = Comparison(
    (row(), row(Case((784, 30, 10), 100)), row(Case((784, 100, 10), 10))), 1, 1e9, "none"
)


def test_type_is_large_enough_for_the_last_row() -> None:
    for axes in draw_comparison(COMPARISON).axes:
        texts = [axes.xaxis.label, axes.yaxis.label, *axes.texts, *axes.get_xticklabels()]
        assert all(float(text.get_fontsize()) >= 16 for text in texts)


def test_a_comparison_labels_its_axes_with_units() -> None:
    growth, passes, work = draw_comparison(COMPARISON).axes
    assert growth.get_xlabel() == "parameters (count)"
    assert growth.get_ylabel() == "time (seconds)"
    assert "forward passes" in passes.get_ylabel()
    assert "multiply-adds" in work.get_ylabel()
    assert {bar.get_hatch() for bar in work.patches} >= {"//", "xx"}


def comparison(*cases: Case) -> Comparison:
    """Rows of which the larger take longer, and backprop is too noisy to tell."""
    rows = []
    for case in cases:
        cost = sum(case.sizes) * case.batch_size
        rows.append(
            replace(
                row(case),
                forward=Timing(1e-7 * cost, 2e-7 * cost, 9e-7 * cost, 9),
                backprop=steady(4e-7 * cost),
                one_by_one=Measured(steady(1e-6 * cost**2), estimated=True),
                batched=Measured(steady(1e-6 * cost), estimated=False),
            )
        )
    return Comparison(tuple(rows), 1, 1e9, "none")


KINDS = {
    "one network": [Case((1024, 512, 256, 128, 10), 1)],
    "two, far apart": [Case((784, 30, 10), 50), Case((20, 8, 3), 50)],
    "three, close": [Case((width, 8, 3), batch) for width in (20, 30, 40) for batch in (1, 10)],
    "batch sizes": [Case((784, 30, 10), batch) for batch in (1, 10, 100, 1000)],
    "the lecture": list(LECTURE),
    "deep": [Case((784, *[30] * 40, 10), 7), Case((784, 30, 10), 7)],
    "tiny": [Case((1, 1), 1)],
}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_a_comparison_is_cut_off_or_covers_something_else(kind: str) -> None:
    figure = draw_comparison(comparison(*KINDS[kind]))
    with large_type():
        figure.draw_without_rendering()
        page = figure.bbox
        growth, passes, work = figure.axes
        for axes in (growth, passes, work):
            for text in (axes.title, axes.xaxis.label, axes.yaxis.label, *axes.texts):
                box = text.get_window_extent()
                assert page.x0 <= box.x0 < box.x1 <= page.x1, text
                assert page.y0 <= box.y0 < box.y1 <= page.y1, text
            labels = [label.get_window_extent() for label in axes.get_xticklabels()]
            assert 1 <= len(labels) <= 12
            assert all(one.x1 < other.x0 for one, other in pairwise(labels))
        legend = growth.get_legend()
        assert legend is not None
        assert not legend.get_window_extent().overlaps(growth.get_window_extent())
        for axes in (passes, work):
            legend = axes.get_legend()
            assert legend is not None
            bottom = legend.get_window_extent().y0
            drawn = [line.get_window_extent() for line in axes.lines]
            drawn += [bars.get_window_extent() for bars in axes.collections]
            drawn += [bar.get_window_extent() for bar in axes.patches]
            drawn += [total.get_window_extent() for total in axes.texts]
            assert max(box.y1 for box in drawn) < bottom


@pytest.mark.parametrize("kind", KINDS)
def test_guides_stand_only_where_there_is_a_range_to_guide(kind: str) -> None:
    figure = draw_comparison(comparison(*KINDS[kind]))
    guides = [line for line in figure.axes[0].lines if line.get_color() == "grey"]
    legend = figure.axes[0].get_legend()
    assert legend is not None
    told = {text.get_text() for text in legend.get_texts()}
    wide = kind in ("two, far apart", "the lecture")
    assert len(guides) == (3 if wide else 0)
    assert ({"guide: slope 1", "guide: slope 2"} <= told) is wide


def test_a_bar_too_low_for_a_hatch_keeps_its_colours_and_tells_its_number() -> None:
    work = draw_comparison(COMPARISON).axes[2]
    high = [bar for bar in work.patches if isinstance(bar, Rectangle) and bar.get_x() < 1]
    low = [bar for bar in work.patches if isinstance(bar, Rectangle) and bar.get_x() > 1]
    assert [bar.get_hatch() for bar in high] == ["", "//", "xx"]
    assert [bar.get_hatch() for bar in low] == [None] * 3
    assert [text.get_text() for text in work.texts] == ["47,040", "900"]
