"""``gradcheck train`` as it is typed: what can be trained, and how."""

import re
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import EPOCH_LINE, expect_bad_input, json_lines, training


def test_the_seed_notebook_s_settings(digits: Path, gradcheck_command: Command) -> None:
    options = ("--init", "scaled", "--eta", "0.1", "--dtype", "float32")
    ended = gradcheck_command(*training(digits, *options, "--json"))
    costs = [line["cost"] for line in json_lines(ended)[:-1]]
    assert costs == sorted(costs, reverse=True)
    assert json_lines(ended)[-1]["network"]["init"] == "scaled"


@pytest.mark.parametrize("activation", ["identity", "sigmoid", "tanh", "relu"])
@pytest.mark.parametrize(
    "cost", ["quadratic", "fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy"]
)
def test_every_activation_and_cost(
    digits: Path, gradcheck_command: Command, activation: str, cost: str
) -> None:
    options = ("--activation", activation, "--cost", cost, "--init", "scaled", "--eta", "0.05")
    ended = gradcheck_command(*training(digits, *options, "--check-every", "3", "--json"))
    assert ended.code == 0
    *epochs, _ = json_lines(ended)
    assert epochs[-1]["cost"] < epochs[0]["cost"]
    assert epochs[-1]["check"]["verdict"] == "agree"


def test_the_same_seed_trains_to_the_same_figures(digits: Path, gradcheck_command: Command) -> None:
    costs = [
        json_lines(gradcheck_command(*training(digits, "--json", "--seed", seed)))[-2]["cost"]
        for seed in ("1", "1", "2")
    ]
    assert costs[0] == costs[1] != costs[2]


def test_a_cost_that_is_no_number_any_more_is_told_in_one_line(
    digits: Path, tmp_path: Path, gradcheck_command: Command
) -> None:
    path = tmp_path / "net.npz"
    more = ("--activation", "identity", "--eta", "1e9", "--epochs", "99", "--save", path)
    ended = gradcheck_command(*training(digits, *more, "--json"))
    assert ended.code == 2
    assert re.search(r"the cost became (nan|inf) in epoch \d+ with eta 1e\+09", ended.err)
    assert "try a smaller eta, such as 1e+08" in ended.err
    assert ended.err.count("\n") == 1
    assert json_lines(ended)[-1]["ended"] == "diverged"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--batch-size", "0"), "--batch-size"),
        (("--batch-size", "81"), "a mini-batch of 81 was asked for; there are 80 examples"),
        (("--batch-size", "1000000000000"), "GB of memory"),
        (("--check-every", "4"), "--check-every 4 with --epochs 3 would check nothing"),
        (("--eta", "0"), "eta is 0.0; give a positive learning rate"),
        (("--eta", "nan"), "eta is nan; give a positive learning rate"),
        (("--plot", "curve.gif"), "a figure cannot be written as 'curve.gif'"),
        (("--sizes", "15,3"), "have 16 pixels, but the first layer has 15 neurons"),
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
    expect_bad_input(gradcheck_command(*training(digits, *options, *form)), words)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_any_terminal_is_survived(digits: Path, gradcheck_pipe: Command, encoding: str) -> None:
    ended = gradcheck_pipe(*training(digits, "--plain"), PYTHONIOENCODING=encoding)
    assert ended.code == 0
    assert ended.out.isascii()
    assert len(EPOCH_LINE.findall(ended.out.replace("\r\n", "\n"))) == 3
