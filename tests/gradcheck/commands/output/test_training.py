"""What ``gradcheck train`` shows: lines, JSON, a curve, and how it ended."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcheck.verdicts.engine_comparison import EngineComparison
from nets.layers import DenseLayer, LayerGradients
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import EPOCH_LINE, json_lines, training, words_of
from tests.idx import write_digits


def test_a_line_an_epoch(digits: Path, gradcheck_command: Command) -> None:
    ended = gradcheck_command(*training(digits, "--epochs", "20"))
    assert ended.code == 0
    assert ended.err == ""
    found = EPOCH_LINE.findall(ended.out)
    assert [int(number) for number, _, _ in found] == list(range(1, 21))
    assert found[-1] == ("20", "20", "20")  # it has learnt them all
    text = words_of(ended)
    assert "16-6-3 network, sigmoid, quadratic cost, book initialisation, 123 parameters" in text
    assert "80 training and 20 test examples; mini-batches of 5, eta 2, seed 0." in text
    assert re.search(
        r"DONE in \d+\.\d s\. Best: 20 of 20 right \(100\.0 %\), after epoch \d+", text
    )
    assert max(map(len, ended.out.splitlines())) <= 80


def test_json_is_an_object_a_line(digits: Path, gradcheck_command: Command) -> None:
    ended = gradcheck_command(*training(digits, "--json", "--seed", "3"))
    assert ended.code == 0
    assert ended.err == ""
    *epochs, summary = json_lines(ended)
    for line in (*epochs, summary):
        assert line["schema_version"] == 1
        assert line["command"] == "train"
    assert [line["record"] for line in epochs] == ["epoch"] * 3
    for number, line in enumerate(epochs, start=1):
        assert line["epoch"] == number
        assert line["tested"] == 20
        assert line["accuracy"] == line["right"] / 20
        assert type(line["cost"]) is type(line["seconds"]) is float
        assert line["check"] is None
    assert summary["record"] == "summary"
    assert summary["ended"] == "done"
    assert summary["epochs"] == 3
    assert summary["network"] == {
        "sizes": [16, 6, 3],
        "activation": "sigmoid",
        "cost": "quadratic",
        "init": "book",
        "parameters": 123,
    }
    assert (summary["training_examples"], summary["test_examples"]) == (80, 20)
    assert (summary["eta"], summary["batch_size"], summary["seed"]) == (2.0, 5, 3)
    assert summary["best"]["right"] == max(line["right"] for line in epochs)
    assert summary["weights"] is None
    assert summary["threads"] == 1


def test_a_learning_curve(digits: Path, tmp_path: Path, gradcheck_command: Command) -> None:
    path = tmp_path / "curve.svg"
    assert gradcheck_command(*training(digits, "--plot", path)).code == 0
    text = path.read_text("utf-8")
    assert "16-6-3, mini-batches of 5, eta 2" in text
    assert "split into its first 80 images" in " ".join(text.split())


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_wrong_gradient_stops_it_with_exit_code_1(
    digits: Path, tmp_path: Path, gradcheck_command: Command, wrong_biases: None, form: str
) -> None:
    path = tmp_path / "net.npz"
    more = ("--check-every", "2", "--epochs", "9", "--save", path)
    ended = gradcheck_command(*training(digits, *more, *(("--json",) if form == "json" else ())))
    assert ended.code == 1
    assert ended.err == ""
    assert path.exists()
    if form == "json":
        *epochs, summary = json_lines(ended)
        assert len(epochs) == 2
        assert summary["ended"] == "disagreement"
        assert epochs[1]["check"]["verdict"] == "disagree"
        assert epochs[1]["check"]["arrays"][0]["name"] == "layer 1 weights"
    else:
        text = words_of(ended)
        assert len(EPOCH_LINE.findall(ended.out)) == 2
        assert "DISAGREE" in text
        assert "in layer 1 biases, layer 2 biases" in text
        assert "STOPPED after epoch 2" in text


def test_engines_that_differ_stop_it_with_exit_code_70(
    digits: Path, monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command
) -> None:
    apart = EngineComparison(4, 17.0, "layer 1 weights", (2, 3))
    monkeypatch.setattr("gradcheck.verdicts.found_stretch.compared_engines", lambda *_: apart)
    ended = gradcheck_command(*training(digits, "--check-every", "1"))
    assert ended.code == 70
    assert "FAULT" in ended.out
    assert len(EPOCH_LINE.findall(ended.out)) == 1


def test_checks_that_decide_nothing_are_exit_code_3(
    tmp_path: Path, gradcheck_command: Command
) -> None:
    black = write_digits(tmp_path, images=np.zeros((20, 4, 4)), labels=np.arange(20) % 3)
    ended = gradcheck_command(*training(black, "--check-every", "1"))
    assert ended.code == 3
    assert "gradient checked: undecided (" in ended.out


def test_interrupted_before_anything_was_trained(
    digits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command
) -> None:
    def interrupted(*_: Any, **__: Any) -> LayerGradients:
        raise KeyboardInterrupt

    monkeypatch.setattr(DenseLayer, "backward", interrupted)
    path, curve = tmp_path / "net.npz", tmp_path / "curve.png"
    ended = gradcheck_command(*training(digits, "--save", path, "--plot", curve))
    assert ended.code == 130
    text = words_of(ended)
    assert "INTERRUPTED before the first epoch was finished. Nothing was trained." in text
    assert not path.exists()
    assert not curve.exists()
