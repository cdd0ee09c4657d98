"""The figure of cost-compare: what is drawn, how large, and that nothing covers anything else."""

from itertools import pairwise

import numpy as np
import pytest

from gradcheck.costs.figure import draw_comparison
from gradcheck.show.figures import large_type
from tests.gradcheck.costs.rows import COMPARISON, KINDS, comparison


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


def test_passes_are_drawn_with_the_range_of_their_quartiles_and_beside_the_count() -> None:
    _, passes, _ = draw_comparison(comparison(*KINDS["batch sizes"])).axes
    measured, on_paper = passes.lines[0], passes.lines[-1]
    assert list(np.asarray(measured.get_xdata())) == [1.0, 10.0, 100.0, 1000.0]
    assert np.asarray(measured.get_ydata()) == pytest.approx([2.0] * 4)
    assert np.asarray(on_paper.get_ydata()) == pytest.approx([2.0126] * 2, abs=1e-4)
    (bars,) = passes.collections
    heights = [np.asarray(path.vertices)[:, 1] for path in bars.get_paths()]
    # 4e-7 -2 % over 9e-7, and 4e-7 +2 % over 1e-7.
    assert heights[0] == pytest.approx([0.98 * 4 / 9, 1.02 * 4 / 1])
