"""Figures: that they show what was found, and are written whole or not at all."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from gradcheck.check import check_network
from gradcheck.costs.comparison import Comparison
from gradcheck.costs.cost_row import (
    LECTURE,
    Case,
    Measured,
)
from gradcheck.costs.figure import draw_comparison
from gradcheck.costs.timing import Timing
from gradcheck.show.figures import (
    expect_plot_file,
    large_type,
    save_figure,
)
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.report_figure import (
    draw_report,
)
from nets.errors import BadInput
from tests.gradcheck.costs.test_measure import row, steady
from tests.gradcheck.problems import problem, right

COMPARISON = Comparison(
    (row(), row(Case((784, 30, 10), 100)), row(Case((784, 100, 10), 10))), 1, 1e9, "none"
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
    for figure in (draw_report(report(), "title"), draw_comparison(COMPARISON)):
        for axes in figure.axes:
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


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".PNG"])
def test_every_format_is_written_with_its_description(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"figure{suffix}"
    save_figure(draw_report(report(), "title"), path, "what it shows")
    content = path.read_bytes()
    starts = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}
    assert content.startswith(starts[suffix.lower()])
    if suffix == ".svg":
        assert re.search(r"<title>what it shows</title>", content.decode("utf-8"))
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_figure_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        save_figure(draw_report(report(), "title"), tmp_path / name, "words")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


@pytest.mark.parametrize("name", ["figure.jpg", "figure", "missing/figure.png", "folder.svg"])
def test_a_figure_that_cannot_be_written_is_refused_before_the_work(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(BadInput, match=r"give a (name|file)"):
        expect_plot_file(tmp_path / name)


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "figure.png"
    path.write_text("old", encoding="utf-8")

    class Broken:
        def savefig(self, *arguments: object, **options: object) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(BadInput, match="No space left"):
        save_figure(Broken(), path, "words")  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
