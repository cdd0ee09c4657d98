"""The figure of cost-compare: what is drawn, how large, and that nothing covers anything else."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from gradcheck.costs.comparison import Comparison
from gradcheck.costs.cost_row import Measured
from gradcheck.costs.figure import draw_comparison
from gradcheck.show.figures import large_type
from tests.gradcheck.costs.rows import COMPARISON, KINDS, comparison, row, spread


def test_type_is_large_enough_for_the_last_row() -> None:
    for axes in draw_comparison(COMPARISON).axes:
        texts = [axes.xaxis.label, axes.yaxis.label, *axes.texts, *axes.get_xticklabels()]
        assert all(float(text.get_fontsize()) >= 16 for text in texts)


def test_a_comparison_labels_its_axes_with_units() -> None:
    growth, passes = draw_comparison(COMPARISON).axes
    assert growth.get_xlabel() == "parameters (count)"
    assert growth.get_ylabel() == "time (seconds)"
    assert "forward passes" in passes.get_ylabel()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_a_comparison_is_cut_off_or_covers_something_else(kind: str) -> None:
    figure = draw_comparison(comparison(*KINDS[kind]))
    with large_type():
        figure.draw_without_rendering()
        page = figure.bbox
        growth, passes = figure.axes
        for axes in (growth, passes):
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
        legend = passes.get_legend()
        assert legend is not None
        bottom = legend.get_window_extent().y0
        drawn = [line.get_window_extent() for line in passes.lines]
        drawn += [bars.get_window_extent() for bars in passes.collections]
        assert max(box.y1 for box in drawn) < bottom


def test_passes_are_drawn_with_their_range_and_beside_the_count() -> None:
    _, passes = draw_comparison(COMPARISON).axes
    measured, on_paper = passes.lines[0], passes.lines[-1]
    assert list(np.asarray(measured.get_xdata())) == [10.0, 100.0]
    assert np.asarray(measured.get_ydata()) == pytest.approx([2.0] * 2)
    assert np.asarray(on_paper.get_ydata()) == pytest.approx([2.0126] * 2, abs=1e-4)
    uneven = replace(row(), backprop=spread(1.9e-3, 2e-3, 2.2e-3), forward=spread(1e-3, 1e-3, 1e-3))
    _, passes = draw_comparison(Comparison((uneven,), 1, 1e9, "none")).axes
    (bars,) = passes.collections
    heights = [np.asarray(path.vertices)[:, 1] for path in bars.get_paths()]
    assert heights[0] == pytest.approx([1.9, 2.2])


def test_what_the_table_refuses_is_not_drawn() -> None:
    # Backprop is too noisy in these rows.
    growth, passes = draw_comparison(comparison(*KINDS["batch sizes"])).axes
    assert [line.get_label() for line in passes.lines] == ["multiply-adds: 2.01"]
    assert passes.get_title() == "Backprop of 784-30-10 (too noisy)"
    assert len(growth.lines) == 3
    noisy = replace(row(), batched=Measured(spread(1.0, 2.0, 3.0), estimated=False))
    growth, _ = draw_comparison(Comparison((noisy, row()), 1, 1e9, "none")).axes
    batched = np.asarray(growth.lines[1].get_ydata())
    assert np.isnan(batched).tolist() == [True, False]
