"""A training saves the network after each epoch and checks its gradient on the way."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nets.layers import DenseLayer, LayerGradients
from nets.weights import load_network
from tests.conftest import ROOT, Command
from tests.ctrl_c import started_for_ctrl_c
from tests.gradcheck.commands.outcomes import json_lines, training, words_of


def test_the_network_is_saved_after_each_epoch_and_can_be_verified(
    digits: Path, tmp_path: Path, gradcheck_command: Command
) -> None:
    path = tmp_path / "net.npz"
    settings = ("--activation", "tanh", "--cost", "fused-softmax-cross-entropy", "--eta", "0.1")
    ended = gradcheck_command(*training(digits, *settings, "--dtype", "float32", "--save", path))
    assert ended.code == 0
    assert "net.npz holds the network after epoch 3." in words_of(ended)
    network = load_network(path)
    assert network.sizes == (16, 6, 3)
    assert [item.name for item in tmp_path.iterdir() if item.name.startswith(".")] == []
    for more in ((), ("--data", digits), ("--scheme", "complex"), ("--sizes", "16,6,3")):
        ended = gradcheck_command("verify", "--weights", path, "--json", *more)
        assert ended.code == 0
        record = json.loads(ended.out)
        assert record["network"]["sizes"] == [16, 6, 3]
        assert record["network"]["activation"] == "tanh"
        assert record["network"]["cost"] == "fused-softmax-cross-entropy"
        assert record["dtype"] == "float32"
        assert record["weights"] == str(path)
    text = " ".join(gradcheck_command("verify", "--weights", path).out.split())
    assert "16-6-3 network, tanh, fused-softmax-cross-entropy cost" in text
    assert "The network comes from" in text


def test_the_gradient_is_checked_every_so_often(digits: Path, gradcheck_command: Command) -> None:
    ended = gradcheck_command(*training(digits, "--check-every", "2", "--epochs", "5"))
    assert ended.code == 0
    shown = ended.out.splitlines()
    checked = [position for position, line in enumerate(shown) if "gradient checked" in line]
    assert [shown[position - 1].split(":")[0] for position in checked] == ["Epoch 2", "Epoch 4"]
    assert {shown[position] for position in checked} == {
        "  gradient checked: all 123 entries agree"
    }


@pytest.mark.parametrize("form", ["text", "json"])
def test_interrupted_training_keeps_what_it_had(
    digits: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    gradcheck_command: Command,
    form: str,
) -> None:
    path, curve = tmp_path / "net.npz", tmp_path / "curve.png"
    gradcheck_command(*training(digits, "--epochs", "2", "--save", path))
    after_two = path.read_bytes()
    path.unlink()
    steps: list[int] = []
    right = DenseLayer.backward

    def interrupted(*given: Any, **more: Any) -> LayerGradients:
        steps.append(1)
        if len(steps) == 2 * 2 * 16 + 7:  # two layers, 16 mini-batches: within the third epoch
            raise KeyboardInterrupt
        return right(*given, **more)

    monkeypatch.setattr(DenseLayer, "backward", interrupted)
    more = ("--epochs", "9", "--save", path, "--plot", curve)
    ended = gradcheck_command(*training(digits, *more, *(("--json",) if form == "json" else ())))
    assert ended.code == 130
    assert ended.err.strip() == "gradcheck: interrupted"
    assert path.read_bytes() == after_two
    assert curve.exists()
    if form == "json":
        *epochs, summary = json_lines(ended)
        assert len(epochs) == 2
        assert summary["ended"] == "interrupted"
        assert summary["weights"] == str(path)
    else:
        text = words_of(ended)
        assert "INTERRUPTED after epoch 2" in text
        assert "net.npz holds the network after epoch 2." in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole group")
def test_ctrl_c_ends_a_real_process_with_the_weights_kept(digits: Path, tmp_path: Path) -> None:
    path = tmp_path / "net.npz"
    process = started_for_ctrl_c(
        [
            *(sys.executable, "-m", "gradcheck.cli"),
            *map(str, training(digits, "--epochs", "1000000", "--save", path)),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    with process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith("Epoch 3:"):
                    break
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=120)
        finally:
            process.kill()
    assert process.returncode == 130
    assert err.strip() == "gradcheck: interrupted"
    assert "INTERRUPTED after epoch" in out
    assert load_network(path).sizes == (16, 6, 3)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["digits", "net.npz"]


def test_weights_that_cannot_be_written_leave_the_old_ones(
    digits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command
) -> None:
    path = tmp_path / "net.npz"
    gradcheck_command(*training(digits, "--save", path))
    before = path.read_bytes()

    def full(network: Any, stream: Any) -> None:
        stream.write(b"half of it")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gradcheck.commands.runs.train_network.save_network", full)
    ended = gradcheck_command(*training(digits, "--save", path))
    assert ended.code == 2
    assert "net.npz cannot be written: No space left on device" in ended.err
    assert path.read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["digits", "net.npz"]
