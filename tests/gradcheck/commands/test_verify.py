"""``gradcheck verify`` as a user, a script and a pipe see it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcheck.engines.engine import displacements
from gradcheck.verdicts.engine_comparison import EngineComparison
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input, words_of
from tests.idx import write_digits

SMALL = ("--sizes", "4,3,2")

BAD_OPTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a sample of 0": (("--sample", "0"), ("--sample", "x>=1")),
    "no threads": (("--threads", "0"), ("--threads", "x>=1")),
    "a negative seed": (("--seed", "-1"), ("--seed", "x>=0")),
    "epsilon 0": (("--epsilon", "0"), ("epsilon 0.0 is no step; give a positive number",)),
    "epsilon -1": (("--epsilon", "-1"), ("epsilon -1.0 is no step",)),
    "epsilon nan": (("--epsilon", "nan"), ("epsilon nan is no step",)),
    "epsilon inf": (("--epsilon", "inf"), ("epsilon inf is no step",)),
    "a tiny epsilon": (("--epsilon", "1e-300"), ("epsilon is too small", "does not move")),
    "a word for epsilon": (("--epsilon", "small"), ("--epsilon", "'small'")),
    "a coarse complex step": (
        ("--scheme", "complex", "--epsilon", "0.1"),
        ("epsilon 0.1 does not suit the complex step",),
    ),
    "complex relu": (
        ("--scheme", "complex", "--activation", "relu"),
        ("needs an analytic activation, but relu has a kink", "use the scheme central"),
    ),
    "an unknown activation": (("--activation", "swish"), ("'swish'", "'sigmoid'")),
    "an unknown cost": (("--cost", "hinge"), ("'hinge'", "'quadratic'")),
    "an unknown scheme": (("--scheme", "simpson"), ("'simpson'", "'forward'")),
    "an unknown init": (("--init", "he"), ("'he'", "'book'")),
    "an unknown dtype": (("--dtype", "float16"), ("'float16'", "'float64'")),
    "an unknown engine": (("--engine", "steam"), ("'steam'", "'batched'")),
}


@pytest.mark.parametrize(("options", "words"), BAD_OPTIONS.values(), ids=BAD_OPTIONS)
def test_bad_options(
    gradcheck_command: Command, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    expect_bad_input(gradcheck_command("verify", *options), *words)
    expect_bad_input(gradcheck_command("verify", "--json", *options), *words)


@pytest.mark.parametrize(
    "options", [("--sizes", "784,,10"), ("--epsilon", "nan"), ("--data", "nowhere/at/all")]
)
def test_bad_input_to_a_real_process(gradcheck_process: Command, options: tuple[str, ...]) -> None:
    expect_bad_input(gradcheck_process("verify", *options))


def test_a_name_too_long_is_refused(gradcheck_command: Command) -> None:
    assert gradcheck_command("verify", "--data", "a" * 5000).code == 2
    assert gradcheck_command("verify", "--plot", "a" * 300 + ".png").code == 2


def test_agreement_is_exit_code_0(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL)
    assert ended.code == 0
    assert ended.err == ""
    text = words_of(ended)
    assert "AGREE 23 of 23 entries agree with equation (46)" in text
    assert "4-3-2 network, sigmoid, quadratic cost, 23 parameters" in text


def test_the_book_s_network_in_a_real_process(gradcheck_process: Command) -> None:
    ended = gradcheck_process("verify", "--sizes", "784,30,10")
    assert ended.code == 0
    assert ended.err == ""
    assert "23,861" in ended.out
    assert "2.01" in ended.out
    for row in ("layer 1 weights", "layer 1 biases", "layer 2 weights", "layer 2 biases"):
        assert row in ended.out


@pytest.mark.parametrize("scheme", ["forward", "central", "five-point", "complex"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(
    "cost", ["quadratic", "fused-sigmoid-cross-entropy", "fused-softmax-cross-entropy"]
)
def test_every_choice_of_options_agrees(
    gradcheck_command: Command, quick_timing: None, scheme: str, dtype: str, cost: str
) -> None:
    for activation in ("identity", "sigmoid", "tanh", "relu"):
        if (scheme, activation) == ("complex", "relu"):
            continue
        options = ("--scheme", scheme, "--dtype", dtype, "--cost", cost, "--init", "scaled")
        ended = gradcheck_command(
            "verify", "--sizes", "6,5,4", "--activation", activation, *options, "--seed", "3"
        )
        assert ended.code == 0


@pytest.mark.parametrize("engine", ["batched", "one-by-one"])
def test_disagreement_is_exit_code_1(
    gradcheck_command: Command, wrong_biases: None, engine: str
) -> None:
    ended = gradcheck_command("verify", *SMALL, "--engine", engine)
    assert ended.code == 1
    assert ended.err == ""
    text = words_of(ended)
    assert "DISAGREE 5 of 23 entries contradict equation (46)" in text
    assert "in layer 1 biases, layer 2 biases" in text
    record = json.loads(gradcheck_command("verify", *SMALL, "--engine", engine, "--json").out)
    assert record["verdict"] == "disagree"
    assert [array["counts"]["disagree"] for array in record["arrays"]] == [0, 3, 0, 2]


def test_black_images_are_exit_code_3(tmp_path: Path, gradcheck_command: Command) -> None:
    black = np.zeros((20, 4, 4))
    folder = write_digits(tmp_path, images=black)
    ended = gradcheck_command("verify", "--sizes", "16,5,10", "--data", folder)
    assert ended.code == 3
    text = words_of(ended)
    assert "UNDECIDED" in text
    assert "could be confirmed in layer 1 weights" in text
    assert "Untested: 80 entries" in text


def test_engines_that_differ_are_exit_code_70(
    monkeypatch: pytest.MonkeyPatch, gradcheck_command: Command
) -> None:
    apart = EngineComparison(4, 17.0, "layer 1 weights", (2, 3))
    monkeypatch.setattr("gradcheck.verdicts.found_stretch.compared_engines", lambda *_: apart)
    ended = gradcheck_command("verify", *SMALL)
    assert ended.code == 70
    text = words_of(ended)
    assert "FAULT" in text
    assert "17.00 error bars apart" in text
    assert "layer 1 weights [2, 3]" in text


def test_inputs_that_sit_on_the_kink_of_relu_are_no_failure(
    tmp_path: Path, gradcheck_command: Command
) -> None:
    """Black images and biases of zero: every z of the first layer is 0 for half of the images."""
    generator = np.random.default_rng(1)
    images = generator.integers(1, 255, (20, 4, 4)) * (np.arange(20) % 2)[:, None, None]
    folder = write_digits(tmp_path, images=images)
    options = ("--sizes", "16,5,10", "--activation", "relu", "--init", "scaled", "--data", folder)
    ended = gradcheck_command("verify", *options, "--plain")
    text = words_of(ended)
    assert "DISAGREE" not in text
    assert "Backprop's value is a valid subgradient there, so this is not a mistake." in text
    text = words_of(gradcheck_command("verify", *options, "--plain", "--details"))
    assert "Kink: " in text
    assert "on one side and" in text
    assert (
        "Any value between the two slopes is a valid subgradient, so this is not a mistake." in text
    )
    record = json.loads(gradcheck_command("verify", *options, "--json").out)
    assert record["counts"]["disagree"] == 0
    assert record["counts"]["kink"] > 0
    assert record["diagnosis"] is None
    kinked = next(array for array in record["arrays"] if array["worst_verdict"] == "kink")
    low, high = kinked["worst_slopes"]
    assert low < high
    assert low - 1e-6 <= kinked["worst_backprop"] <= high + 1e-6


@pytest.mark.parametrize(
    "arguments",
    [
        "--sizes 8,25,23,20,5 --activation identity --seed 37",
        "--sizes 7,6,4,27,1 --cost fused-sigmoid-cross-entropy --batch-size 1 --seed 17",
    ],
)
def test_two_engines_whose_noise_adds_up_are_no_fault(
    gradcheck_command: Command, arguments: str
) -> None:
    assert gradcheck_command("verify", *arguments.split()).code == 0


@pytest.mark.parametrize("options", [[], ["--scheme", "complex"], ["--sample", "1"]])
def test_an_engine_that_is_wrong_is_found_out_by_full_forward_passes(
    gradcheck_command: Command, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    def too_far(values: Any, steps: Any, offsets: Any) -> Any:
        return 1.001 * displacements(values, steps, offsets)

    monkeypatch.setattr("gradcheck.engines.batched.displacements", too_far)
    ended = gradcheck_command("verify", "--sizes", "6,5,3", "--plain", *options)
    assert ended.code == 70
    assert "This is a fault of gradcheck, not of the network" in words_of(ended)
    assert gradcheck_command("verify", "--sizes", "6,5,3", "--engine", "one-by-one").code == 0
