"""``gradcheck train`` as a user, a script and a pipe see it."""

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcheck.verdicts.array_report import EngineComparison
from gradcheck.verdicts.verdict import Verdict
from nets.layers import DenseLayer, LayerGradients, LayerTrace
from nets.weights import load_network
from tests.conftest import ROOT, Command, Outcome
from tests.idx import write_digits

LINE = re.compile(
    r"^Epoch (\d+): ([\d,]+) / ([\d,]+) right \(\d+\.\d %\), \d+\.\d s, cost \d\S*$", re.MULTILINE
)


@pytest.fixture
def digits(tmp_path: Path) -> Path:
    """100 images of 4 x 4 pixels, 80 to train on: the label is the brightest of three pixels."""
    generator = np.random.default_rng(1)
    labels = np.arange(100) % 3
    images = generator.integers(0, 100, (100, 16))
    images[np.arange(100), 5 * labels] = 255
    return write_digits(tmp_path / "digits", images=images.reshape(100, 4, 4), labels=labels)


def arguments(data: Path, *more: str | Path) -> tuple[str | Path, ...]:
    small = ("--sizes", "16,6,3", "--epochs", "3", "--batch-size", "5", "--eta", "2")
    return ("train", "--data", data, *small, *more)


def lines(ended: Outcome) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.out.splitlines()]


# What is shown


def test_a_line_an_epoch(digits: Path, gradcheck_command: Command) -> None:
    ended = gradcheck_command(*arguments(digits, "--epochs", "20"))
    assert ended.code == 0
    assert ended.err == ""
    found = LINE.findall(ended.out)
    assert [int(number) for number, _, _ in found] == list(range(1, 21))
    assert found[-1] == ("20", "20", "20")  # it has learnt them all
    text = " ".join(ended.out.split())
    assert "16-6-3 network, sigmoid, quadratic cost, book initialisation, 123 parameters" in text
    assert "80 training and 20 test examples; mini-batches of 5, eta 2, seed 0." in text
    assert "DONE after epoch 20" in text
    assert "the most right answers were 20 of 20 (100.0 %)" in text
    assert max(map(len, ended.out.splitlines())) <= 80


def test_the_seed_notebook_s_settings(digits: Path, gradcheck_command: Command) -> None:
    options = ("--init", "scaled", "--eta", "0.1", "--dtype", "float32")
    ended = gradcheck_command(*arguments(digits, *options, "--json"))
    costs = [line["cost"] for line in lines(ended)[:-1]]
    assert costs == sorted(costs, reverse=True)
    assert lines(ended)[-1]["network"]["init"] == "scaled"


@pytest.mark.parametrize("activation", ["identity", "sigmoid", "tanh", "relu"])
@pytest.mark.parametrize(
    "cost", ["quadratic", "fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy"]
)
def test_every_activation_and_cost(
    digits: Path, gradcheck_command: Command, activation: str, cost: str
) -> None:
    options = ("--activation", activation, "--cost", cost, "--init", "scaled", "--eta", "0.05")
    ended = gradcheck_command(*arguments(digits, *options, "--check-every", "3", "--json"))
    assert ended.code == 0
    *epochs, _ = lines(ended)
    assert epochs[-1]["cost"] < epochs[0]["cost"]
    assert epochs[-1]["check"]["verdict"] == "agree"


def test_json_is_an_object_a_line(digits: Path, gradcheck_command: Command) -> None:
    ended = gradcheck_command(*arguments(digits, "--json", "--seed", "3"))
    assert ended.code == 0
    assert ended.err == ""
    *epochs, summary = lines(ended)
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


def test_the_same_seed_trains_to_the_same_figures(digits: Path, gradcheck_command: Command) -> None:
    costs = [
        lines(gradcheck_command(*arguments(digits, "--json", "--seed", seed)))[-2]["cost"]
        for seed in ("1", "1", "2")
    ]
    assert costs[0] == costs[1] != costs[2]


def test_a_learning_curve(digits: Path, tmp_path: Path, gradcheck_command: Command) -> None:
    path = tmp_path / "curve.svg"
    assert gradcheck_command(*arguments(digits, "--plot", path)).code == 0
    text = path.read_text("utf-8")
    assert "16-6-3, mini-batches of 5, eta 2" in text
    assert "split into its first 80 images" in " ".join(text.split())


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_any_terminal_is_survived(digits: Path, gradcheck_process: Command, encoding: str) -> None:
    ended = gradcheck_process(*arguments(digits, "--plain"), PYTHONIOENCODING=encoding)
    assert ended.code == 0
    assert ended.out.isascii()
    assert len(LINE.findall(ended.out.replace("\r\n", "\n"))) == 3


# Weights


def test_the_network_is_saved_after_each_epoch_and_can_be_verified(
    digits: Path, tmp_path: Path, gradcheck_command: Command
) -> None:
    path = tmp_path / "net.npz"
    settings = ("--activation", "tanh", "--cost", "fused-softmax-cross-entropy", "--eta", "0.1")
    ended = gradcheck_command(*arguments(digits, *settings, "--dtype", "float32", "--save", path))
    assert ended.code == 0
    assert "net.npz holds the network after the last one" in " ".join(ended.out.split())
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
    assert "The network is the one in" in text


def test_verify_takes_the_numbers_of_the_file(
    digits: Path, tmp_path: Path, gradcheck_command: Command
) -> None:
    path = tmp_path / "net.npz"
    costs = []
    for epochs in ("1", "3"):
        gradcheck_command(*arguments(digits, "--epochs", epochs, "--save", path))
        record = json.loads(gradcheck_command("verify", "--weights", path, "--json").out)
        costs.append(record["cost"])
    assert costs[0] != costs[1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--sizes", "16,7,3"), "--sizes 16,7,3 was asked for, and the network in"),
        (("--activation", "relu"), "--activation relu was asked for, and the network in"),
        (("--cost", "fused-softmax-cross-entropy"), "has quadratic; leave --cost out"),
        (("--init", "scaled"), "--init draws a network and --weights reads one"),
    ],
)
def test_what_contradicts_the_file_of_weights_is_refused(
    digits: Path,
    tmp_path: Path,
    gradcheck_command: Command,
    options: tuple[str, ...],
    words: str,
) -> None:
    path = tmp_path / "net.npz"
    gradcheck_command(*arguments(digits, "--save", path))
    expect_bad_input(gradcheck_command("verify", "--weights", path, *options), words)


def test_weights_that_are_none(tmp_path: Path, gradcheck_command: Command) -> None:
    path = tmp_path / "net.npz"
    expect_bad_input(gradcheck_command("verify", "--weights", path), "cannot be read: No such file")
    path.write_bytes(b"hello there")
    expect_bad_input(gradcheck_command("verify", "--weights", path), "cannot be read as a file of")


# Checks on the way


def test_the_gradient_is_checked_every_so_often(digits: Path, gradcheck_command: Command) -> None:
    ended = gradcheck_command(*arguments(digits, "--check-every", "2", "--epochs", "5"))
    assert ended.code == 0
    shown = ended.out.splitlines()
    checked = [position for position, line in enumerate(shown) if "gradient checked" in line]
    assert [shown[position - 1].split(":")[0] for position in checked] == ["Epoch 2", "Epoch 4"]
    assert all("gradient checked, agree: " in shown[position] for position in checked)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_wrong_gradient_stops_it_with_exit_code_1(
    digits: Path, tmp_path: Path, gradcheck_command: Command, wrong_biases: None, form: str
) -> None:
    path = tmp_path / "net.npz"
    more = ("--check-every", "2", "--epochs", "9", "--save", path)
    ended = gradcheck_command(*arguments(digits, *more, *(("--json",) if form == "json" else ())))
    assert ended.code == 1
    assert ended.err == ""
    assert path.exists()
    if form == "json":
        *epochs, summary = lines(ended)
        assert len(epochs) == 2
        assert summary["ended"] == "disagreement"
        assert epochs[1]["check"]["verdict"] == "disagree"
        assert epochs[1]["check"]["arrays"][0]["name"] == "layer 1 weights"
    else:
        text = " ".join(ended.out.split())
        assert len(LINE.findall(ended.out)) == 2
        assert "DISAGREE" in text
        assert "in layer 1 biases, layer 2 biases" in text
        assert "STOPPED after epoch 2" in text


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


def test_engines_that_differ_stop_it_with_exit_code_70(
    digits: Path, monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command
) -> None:
    apart = EngineComparison(4, 17.0, "layer 1 weights", (2, 3))
    monkeypatch.setattr("gradcheck.verdicts.check_claims._compared", lambda *_: apart)
    ended = gradcheck_command(*arguments(digits, "--check-every", "1"))
    assert ended.code == 70
    assert "FAULT" in ended.out
    assert len(LINE.findall(ended.out)) == 1


def test_checks_that_decide_nothing_are_exit_code_3(
    tmp_path: Path, gradcheck_command: Command
) -> None:
    black = write_digits(tmp_path, images=np.zeros((20, 4, 4)), labels=np.arange(20) % 3)
    ended = gradcheck_command(*arguments(black, "--check-every", "1"))
    assert ended.code == 3
    assert f"gradient checked, {Verdict.UNDECIDED.word}" in ended.out


# Ends before the end


def test_a_cost_that_is_no_number_any_more_is_told_in_one_line(
    digits: Path, tmp_path: Path, gradcheck_command: Command
) -> None:
    path = tmp_path / "net.npz"
    more = ("--activation", "identity", "--eta", "1e9", "--epochs", "99", "--save", path)
    ended = gradcheck_command(*arguments(digits, *more, "--json"))
    assert ended.code == 2
    assert re.search(r"the cost became (nan|inf) in epoch \d+ with eta 1e\+09", ended.err)
    assert "try a smaller eta, such as 1e+08" in ended.err
    assert ended.err.count("\n") == 1
    assert lines(ended)[-1]["ended"] == "diverged"


@pytest.mark.parametrize("form", ["text", "json"])
def test_interrupted_training_keeps_what_it_had(
    digits: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    gradcheck_command: Command,
    form: str,
) -> None:
    path, curve = tmp_path / "net.npz", tmp_path / "curve.png"
    gradcheck_command(*arguments(digits, "--epochs", "2", "--save", path))
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
    ended = gradcheck_command(*arguments(digits, *more, *(("--json",) if form == "json" else ())))
    assert ended.code == 130
    assert ended.err.strip() == "gradcheck: interrupted"
    assert path.read_bytes() == after_two
    assert curve.exists()
    if form == "json":
        *epochs, summary = lines(ended)
        assert len(epochs) == 2
        assert summary["ended"] == "interrupted"
        assert summary["weights"] == str(path)
    else:
        text = " ".join(ended.out.split())
        assert "INTERRUPTED after epoch 2" in text
        assert "holds the network after the last one" in text


def test_interrupted_before_anything_was_trained(
    digits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command
) -> None:
    def interrupted(*_: Any, **__: Any) -> LayerGradients:
        raise KeyboardInterrupt

    monkeypatch.setattr(DenseLayer, "backward", interrupted)
    path, curve = tmp_path / "net.npz", tmp_path / "curve.png"
    ended = gradcheck_command(*arguments(digits, "--save", path, "--plot", curve))
    assert ended.code == 130
    assert "nothing was trained" in " ".join(ended.out.split())
    assert not path.exists()
    assert not curve.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole group")
def test_ctrl_c_ends_a_real_process_with_the_weights_kept(digits: Path, tmp_path: Path) -> None:
    path = tmp_path / "net.npz"
    # Where the test itself runs in the background, children would inherit an ignored Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gradcheck.cli"),
                *map(str, arguments(digits, "--epochs", "1000000", "--save", path)),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith("Epoch 3:"):
                    break
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 130
    assert err.strip() == "gradcheck: interrupted"
    assert "INTERRUPTED after epoch" in out
    assert load_network(path).sizes == (16, 6, 3)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["digits", "net.npz"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_within_the_epoch_on_a_terminal(digits: Path) -> None:
    import pty

    terminal, other_end = pty.openpty()
    many = ("--epochs", "1000000")
    process = subprocess.Popen(
        [sys.executable, "-m", "gradcheck.cli", *map(str, arguments(digits, *many))],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=other_end,
    )
    os.close(other_end)
    with process:
        try:
            seen = b""
            while b"examples used" not in seen:
                seen += os.read(terminal, 1024)
        finally:
            process.kill()
            os.close(terminal)
    assert re.search(rb"training: [\d,]+ examples used, 0%", seen)


# Bad input


def expect_bad_input(ended: Outcome, *words: str) -> None:
    """One clear line on standard error, nothing on standard output."""
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("gradcheck: ")
    assert ended.err.count("\n") == 1
    for word in words:
        assert word in ended.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--epochs", "0"), "--epochs"),
        (("--batch-size", "0"), "--batch-size"),
        (("--batch-size", "81"), "a mini-batch of 81 was asked for; there are 80 examples"),
        (("--batch-size", "1000000000000"), "GB of memory"),
        (("--eta", "0"), "eta 0.0 is no learning rate"),
        (("--eta", "nan"), "eta nan is no learning rate"),
        (("--eta", "fast"), "'fast'"),
        (("--check-every", "0"), "--check-every"),
        (("--check-every", "4"), "--check-every 4 with --epochs 3 would check nothing"),
        (("--save", "net.txt"), "'net.txt' is no name for weights"),
        (("--save", "nowhere/at/all/net.npz"), "cannot be written"),
        (("--plot", "curve.gif"), "a figure cannot be written as 'curve.gif'"),
        (("--sizes", "15,3"), "have 16 pixels, the first layer has 15 neurons"),
        (("--sizes", "16,2"), "label 2 does not fit a last layer of 2 neurons"),
        (("--sizes", "1e9,1e9"), "GB of memory"),
        (("--data", "nowhere"), "nowhere does not exist"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
def test_bad_options(
    digits: Path,
    gradcheck_command: Command,
    options: tuple[str, ...],
    words: str,
    form: tuple[str, ...],
) -> None:
    expect_bad_input(gradcheck_command(*arguments(digits, *options, *form)), words)


def test_weights_that_cannot_be_written_leave_the_old_ones(
    digits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command
) -> None:
    path = tmp_path / "net.npz"
    gradcheck_command(*arguments(digits, "--save", path))
    before = path.read_bytes()

    def full(network: Any, stream: Any) -> None:
        stream.write(b"half of it")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gradcheck.commands.runs.train_network.save_network", full)
    ended = gradcheck_command(*arguments(digits, "--save", path))
    assert ended.code == 2
    assert "net.npz cannot be written: No space left on device" in ended.err
    assert path.read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["digits", "net.npz"]
