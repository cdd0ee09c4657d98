"""What ``gradcheck digits`` shows: JSON and a figure."""

import json
from pathlib import Path

import numpy as np
import pytest

from nets.data import sources
from tests.conftest import Command
from tests.idx import write_digits


@pytest.fixture(autouse=True)
def few_drawn_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "DRAWN_TRAINING", 60)
    monkeypatch.setattr(sources, "DRAWN_TEST", 5)


def test_json_has_labels_and_pixels(gradcheck_command: Command, tmp_path: Path) -> None:
    images = np.arange(10 * 6).reshape(10, 2, 3)
    write_digits(tmp_path, images=images)
    arguments = ("--data", tmp_path, "--rows", "1", "--columns", "2", "--offset", "5", "--json")
    told = json.loads(gradcheck_command("digits", *arguments).out)
    assert (told["schema_version"], told["command"]) == (1, "digits")
    assert "split into its first 8 images" in told["data"]
    assert [(digit["index"], digit["label"]) for digit in told["digits"]] == [(5, 5), (6, 6)]
    pixels = np.array([digit["pixels"] for digit in told["digits"]])
    assert np.allclose(pixels, images[5:7] / 255, atol=5e-5)


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_figure(gradcheck_command: Command, tmp_path: Path, suffix: str) -> None:
    figure = tmp_path / f"digits.{suffix}"
    ended = gradcheck_command("digits", "--rows", "2", "--plot", figure)
    assert ended.code == 0
    assert "written to" in ended.out
    assert figure.stat().st_size > 1000
    if suffix == "svg":
        text = figure.read_text(encoding="utf-8")
        assert "Labels row by row: " in text
        assert "drawn digits (not handwritten)" in text
