"""Mistakes that ``gradcheck verify --bug`` plants, and whether it finds and names them."""

from typing import Any

import pytest

from gradcheck.bugs.zoo import BUGS
from gradcheck.commands.output.exit_code import ExitCode
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input, record_of, words_of

# Square layers, so that most of the zoo fits.
SQUARE = ("verify", "--sizes", "5,5,5,4", "--batch-size", "3")
RANDOM = (*SQUARE, "--bug", "random")

pytestmark = pytest.mark.usefixtures("quick_timing")


@pytest.mark.parametrize("name", BUGS)
def test_every_mistake_is_planted_found_and_named(gradcheck_command: Command, name: str) -> None:
    options: tuple[str, ...] = ()
    if name.startswith("relu"):
        options = ("--activation", "relu")
    elif name.startswith(("softmax", "fused")):
        options = ("--cost", "fused-softmax-cross-entropy")
    ended = gradcheck_command(*SQUARE, *options, "--bug", name, "--json")
    assert ended.code == ExitCode.DISAGREEMENT
    told = record_of(ended)
    assert told["planted"]["bug"] == name
    diagnosis = told["diagnosis"]
    assert diagnosis["layer"] == told["planted"]["layer"]
    assert diagnosis["step"] == BUGS[name].step
    same = {"cross-entropy-shortcut": "missing-activation-derivative"}
    assert diagnosis["likely_cause"] == same.get(name, name)
    assert diagnosis["evidence"]
    assert len(diagnosis["hints"]) == 3


def test_the_text_names_the_first_wrong_step_and_the_likely_mistake(
    gradcheck_command: Command,
) -> None:
    ended = gradcheck_command(*SQUARE, "--bug", "derivative-twice", "--layer", "2", "--plain")
    assert ended.code == 1
    assert ended.err == ""
    assert ended.out.isascii()
    assert max(map(len, ended.out.splitlines())) <= 80
    text = words_of(ended)
    assert "Planted: derivative-twice in layer 2." in text
    assert (
        "First wrong step: gradient_wrt_z of layer 2. Everything computed before this step is right"
        in text
    )
    assert f"Likely mistake: {BUGS['derivative-twice'].says} (derivative-twice)" in text
    assert text.index("DISAGREE") < text.index("First wrong step") < text.index("Planted")


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_the_layer_is_the_one_asked_for(gradcheck_command: Command, layer: int) -> None:
    ended = gradcheck_command(*SQUARE, "--bug", "bias-averaged", "--layer", str(layer), "--json")
    told = record_of(ended)
    assert told["planted"] == {"bug": "bias-averaged", "layer": layer}
    assert (told["diagnosis"]["layer"], told["diagnosis"]["step"]) == (layer, "gradient_wrt_biases")
    assert told["diagnosis"]["likely_cause"] == "bias-averaged"


def test_without_a_layer_it_is_the_last_in_which_something_changes(
    gradcheck_command: Command,
) -> None:
    for name, layer in (("bias-averaged", 3), ("weights-gradient-transposed", 2)):
        told = record_of(gradcheck_command(*SQUARE, "--bug", name, "--json"))
        assert told["planted"]["layer"] == layer


@pytest.mark.parametrize(
    "options",
    [
        ("--engine", "one-by-one"),
        ("--scheme", "central"),
        ("--scheme", "five-point"),
        ("--scheme", "complex"),
        ("--dtype", "float32"),
        ("--sample", "4"),
        ("--threads", "1"),
        ("--init", "scaled"),
        ("--cost", "fused-softmax-cross-entropy", "--activation", "relu"),
    ],
    ids=" ".join,
)
def test_with_any_option_the_mistake_is_found(
    gradcheck_command: Command, options: tuple[str, ...]
) -> None:
    for name in ("not-divided-by-batch", "stale-z", "weights-factor-two", "wrong-layers-weights"):
        ended = gradcheck_command(*SQUARE, *options, "--bug", name, "--layer", layer_for(name))
        assert ended.code == 1
        assert f"({name})" in words_of(ended)


def layer_for(name: str) -> str:
    return "3" if BUGS[name].step == "gradient_wrt_output" else "2"


def test_without_a_mistake_nothing_is_told_of_one(gradcheck_command: Command) -> None:
    told = record_of(gradcheck_command(*SQUARE, "--json"))
    assert told["planted"] is None
    assert told["diagnosis"] is None
    text = words_of(gradcheck_command(*SQUARE))
    assert "AGREE" in text
    for word in ("Planted", "First wrong step", "Likely mistake", "Hint", "Suspicious"):
        assert word not in text


def test_another_seed_another_mistake(gradcheck_command: Command) -> None:
    def drawn(seed: int) -> tuple[str, int]:
        ended = gradcheck_command(*RANDOM, "--seed", str(seed), "--reveal", "--json")
        planted = record_of(ended)["planted"]
        return planted["bug"], planted["layer"]

    assert drawn(7) == drawn(7)
    assert len({drawn(seed) for seed in range(8)}) > 4


def test_a_random_mistake_in_a_layer_of_one_s_choice(gradcheck_command: Command) -> None:
    for seed in range(5):
        options = ("--seed", str(seed), "--layer", "1", "--reveal", "--json")
        assert record_of(gradcheck_command(*RANDOM, *options))["planted"]["layer"] == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ("--bug", "bias-averaged", "--layer", "4"),
            "there is no layer 4: this network has the layers 1 to 3",
        ),
        (
            ("--bug", "random", "--layer", "4"),
            "there is no layer 4: this network has the layers 1 to 3",
        ),
        (
            ("--bug", "sign-flipped", "--layer", "2"),
            "the bug sign-flipped changes nothing in layer 2; give --layer 3",
        ),
        (
            ("--bug", "weights-gradient-transposed", "--layer", "3"),
            "changes nothing in layer 3; give --layer 1 or 2",
        ),
        (
            ("--bug", "relu-derivative-one"),
            "changes nothing in this network (ReLU's derivative is taken as 1 everywhere",
        ),
        (
            ("--bug", "divided-twice", "--batch-size", "1"),
            "try another network or a larger batch",
        ),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_what_cannot_be_planted_is_answered_in_one_line(
    gradcheck_command: Command, options: tuple[str, ...], told: str
) -> None:
    for form in ((), ("--json",)):
        expect_bad_input(gradcheck_command(*SQUARE, *options, *form), told)


@pytest.mark.parametrize("name", ["random", "softmax-off-diagonal-dropped"])
def test_any_terminal_is_survived(gradcheck_pipe: Command, name: str) -> None:
    options = ("--cost", "fused-softmax-cross-entropy", "--bug", name, "--seed", "7")
    ended = gradcheck_pipe(*SQUARE, *options, PYTHONIOENCODING="cp1252", NO_COLOR="1")
    assert ended.code == 1
    assert ended.err == ""
    assert "\x1b" not in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80


def test_a_mistake_leaves_a_figure(gradcheck_command: Command, tmp_path: Any) -> None:
    file = tmp_path / "wrong.svg"
    ended = gradcheck_command(*SQUARE, "--bug", "random", "--plot", file)
    assert ended.code == 1
    assert "DISAGREE" in file.read_text(encoding="utf-8")
    assert not any(name in file.read_text(encoding="utf-8") for name in BUGS)
