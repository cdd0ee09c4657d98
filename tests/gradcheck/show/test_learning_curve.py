"""The figure of a training."""

from pathlib import Path

import numpy as np
import pytest

from gradcheck.show.figures import save_figure
from gradcheck.show.learning_curve import best_epoch, draw_learning_curve, learning_curve_text
from nets.training import Epoch

EPOCHS = [
    Epoch(1, 0.5, 20, 100, 0.1),
    Epoch(2, 0.3, 90, 100, 0.1),
    Epoch(3, 0.2, 90, 100, 0.1),
    Epoch(4, 0.25, 80, 100, 0.1),
]


def test_both_curves_are_drawn_as_they_are() -> None:
    cost, right = draw_learning_curve(EPOCHS, "4-3").axes
    assert np.array_equal(cost.lines[0].get_xdata(), [1, 2, 3, 4])
    assert np.array_equal(cost.lines[0].get_ydata(), [0.5, 0.3, 0.2, 0.25])
    assert np.array_equal(right.lines[0].get_ydata(), [20.0, 90.0, 90.0, 80.0])
    for axes in (cost, right):
        assert axes.get_xlabel() == "epoch (count)"
        assert axes.xaxis.label.get_fontproperties().get_size_in_points() >= 16
    assert "per cent" in right.get_ylabel()


def test_the_curves_are_told_apart_without_colour() -> None:
    cost, right = draw_learning_curve(EPOCHS, "4-3").axes
    assert cost.lines[0].get_marker() != right.lines[0].get_marker()
    assert cost.lines[0].get_linestyle() != right.lines[0].get_linestyle()


def test_the_best_epoch_is_the_first_of_the_best() -> None:
    assert best_epoch(EPOCHS).number == 2
    text = learning_curve_text(EPOCHS, "4-3")
    assert "from 0.5 to 0.25" in text
    assert "from 20 to 80; the best are 90 after epoch 2." in text


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
@pytest.mark.parametrize("count", [1, 4])
def test_it_can_be_written(tmp_path: Path, suffix: str, count: int) -> None:
    path = tmp_path / f"curve{suffix}"
    figure = draw_learning_curve(EPOCHS[:count], "a title that is long " * 10)
    save_figure(figure, path, learning_curve_text(EPOCHS[:count], "4-3"))
    assert path.stat().st_size > 1000
    if suffix == ".svg":
        assert "Two curves over" in path.read_text("utf-8")
