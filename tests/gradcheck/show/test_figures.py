"""Figures: that they show what was found, and are written whole or not at all."""

import re
from pathlib import Path

import numpy as np
import pytest

from gradcheck.check import check_network
from gradcheck.show.figures import (
    expect_plot_file,
    save_figure,
)
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.report_figure import (
    draw_report,
)
from nets.errors import BadInput
from tests.gradcheck.problems import problem, right


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
