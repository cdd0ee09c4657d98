"""Fixtures for the tests of commands."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcheck.costs.sampled_time import Timing
from nets.layers import DenseLayer, LayerGradients, LayerTrace
from tests.gradcheck.homework.conftest import time_to_look
from tests.gradcheck.homework.students import FOLDER
from tests.idx import write_digits

__all__ = ["time_to_look"]


@pytest.fixture
def quick_timing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forward and backprop are not timed, which takes a while, where their times do not matter."""
    timing = Timing.of([0.001] * 5)
    monkeypatch.setattr(
        "gradcheck.commands.runs.verify_network.side_by_side",
        lambda works, **_: dict.fromkeys(works, timing),
    )


@pytest.fixture
def digits(tmp_path: Path) -> Path:
    """100 images of 4 x 4 pixels, 80 to train on: the label is the brightest of three pixels."""
    generator = np.random.default_rng(1)
    labels = np.arange(100) % 3
    images = generator.integers(0, 100, (100, 16))
    images[np.arange(100), 5 * labels] = 255
    return write_digits(tmp_path / "digits", images=images.reshape(100, 4, 4), labels=labels)


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    """A folder with a right submission, a wrong one, and one that is no Python."""
    book = (FOLDER / "book.py").read_text("utf-8")
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "right.py").write_text(book)
    (folder / "wrong.py").write_text(book.replace("sigmoid(z) * (1 - sigmoid(z))", "sigmoid(z)"))
    (folder / "text.py").write_text("This is my homework.\n")
    return folder


@pytest.fixture
def wrong_biases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backprop whose biases go uphill."""
    right = DenseLayer.backward

    def wrong(
        layer: DenseLayer, trace: LayerTrace, gradient: Any, *, wants_upstream: bool = True
    ) -> LayerGradients:
        gradients = right(layer, trace, gradient, wants_upstream=wants_upstream)
        return replace(gradients, gradient_wrt_biases=-gradients.gradient_wrt_biases)

    monkeypatch.setattr(DenseLayer, "backward", wrong)
