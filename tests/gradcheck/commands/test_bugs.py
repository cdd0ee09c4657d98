"""``gradcheck bugs`` as it is typed, and the mistakes that ``gradcheck verify --bug`` plants."""

import json
from typing import Any

import pytest

from gradcheck.bugs.zoo import BUGS
from gradcheck.commands.shared import ExitCode
from gradcheck.costs.timing import Timing
from tests.conftest import Command, Outcome

# Square layers, so that most of the zoo fits.
SQUARE = ("verify", "--sizes", "5,5,5,4", "--batch-size", "3")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a pass costs here is of no interest, and takes a while to measure."""
    timing = Timing(0.001, 0.001, 0.001, 5)
    monkeypatch.setattr(
        "gradcheck.costs.timing.side_by_side", lambda works, **_: dict.fromkeys(works, timing)
    )


def words(ended: Outcome) -> str:
    return " ".join(ended.out.split())


def record(ended: Outcome) -> dict[str, Any]:
    assert ended.err == ""
    told: dict[str, Any] = json.loads(ended.out)
    return told


# The list


def test_the_zoo_as_json(gradcheck_command: Command) -> None:
    ended = gradcheck_command("bugs", "--json")
    assert ended.code == 0
    told = record(ended)
    assert told["schema_version"] == 1
    assert told["command"] == "bugs"
    assert len(told["bugs"]) >= 24
    assert {each["name"]: each["says"] for each in told["bugs"]} == {
        name: bug.says for name, bug in BUGS.items()
    }
    assert {each["step"] for each in told["bugs"]} == {bug.step for bug in BUGS.values()}


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_the_zoo_as_text(gradcheck_command: Command, options: tuple[str, ...]) -> None:
    ended = gradcheck_command("bugs", *options)
    assert ended.code == 0
    assert max(map(len, ended.out.splitlines())) <= 80
    for name in BUGS:
        assert f"\n{name} " in ended.out
    for step in {bug.step for bug in BUGS.values()}:
        assert f"In {step}" in ended.out
    if options:
        assert ended.out.isascii()


def test_the_zoo_in_a_terminal_of_few_characters(gradcheck_process: Command) -> None:
    for options in ((), ("--json",)):
        ended = gradcheck_process("bugs", *options, PYTHONIOENCODING="cp1252", NO_COLOR="1")
        assert ended.code == 0
        assert ended.err == ""
        assert "cross-entropy-shortcut" in ended.out


# Planted by name


@pytest.mark.parametrize("name", BUGS)
def test_every_mistake_is_planted_found_and_named(gradcheck_command: Command, name: str) -> None:
    options: tuple[str, ...] = ()
    if name.startswith("relu"):
        options = ("--activation", "relu")
    elif name.startswith(("softmax", "fused")):
        options = ("--cost", "fused-softmax-cross-entropy")
    ended = gradcheck_command(*SQUARE, *options, "--bug", name, "--json")
    assert ended.code == ExitCode.DISAGREEMENT
    told = record(ended)
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
    text = words(ended)
    assert "Planted: derivative-twice in layer 2." in text
    assert (
        "First wrong step: gradient_wrt_z of layer 2. Everything computed before this step is right"
        in text
    )
    assert f"Likely mistake: {BUGS['derivative-twice'].says} (derivative-twice)" in text
    assert text.index("Planted") < text.index("DISAGREE") < text.index("First wrong step")


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_the_layer_is_the_one_asked_for(gradcheck_command: Command, layer: int) -> None:
    ended = gradcheck_command(*SQUARE, "--bug", "bias-averaged", "--layer", str(layer), "--json")
    told = record(ended)
    assert told["planted"] == {"bug": "bias-averaged", "layer": layer}
    assert (told["diagnosis"]["layer"], told["diagnosis"]["step"]) == (layer, "gradient_wrt_biases")
    assert told["diagnosis"]["likely_cause"] == "bias-averaged"


def test_without_a_layer_it_is_the_last_in_which_something_changes(
    gradcheck_command: Command,
) -> None:
    for name, layer in (("bias-averaged", 3), ("weights-gradient-transposed", 2)):
        told = record(gradcheck_command(*SQUARE, "--bug", name, "--json"))
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
        assert f"({name})" in words(ended)


def layer_for(name: str) -> str:
    return "3" if BUGS[name].step == "gradient_wrt_output" else "2"


def test_without_a_mistake_nothing_is_told_of_one(gradcheck_command: Command) -> None:
    told = record(gradcheck_command(*SQUARE, "--json"))
    assert told["planted"] is None
    assert told["diagnosis"] is None
    text = words(gradcheck_command(*SQUARE))
    assert "AGREE" in text
    for word in ("Planted", "First wrong step", "Likely mistake", "Hint", "Suspicious"):
        assert word not in text


# Planted blind


RANDOM = (*SQUARE, "--bug", "random")


def answers(name: str) -> tuple[str, ...]:
    return name, BUGS[name].says.rstrip("."), BUGS[name].looks_like


@pytest.mark.parametrize("seed", [0, 3, 5, 7])
def test_a_random_mistake_is_not_named(gradcheck_command: Command, seed: int) -> None:
    drawn = (*RANDOM, "--seed", str(seed))
    revealed = record(gradcheck_command(*drawn, "--reveal", "--json"))
    name, layer = revealed["planted"]["bug"], revealed["planted"]["layer"]
    assert revealed["diagnosis"]["likely_cause"] in BUGS
    assert (revealed["diagnosis"]["layer"], revealed["diagnosis"]["step"]) == (
        layer,
        BUGS[name].step,
    )
    for form in ((), ("--plain",), ("--json",), ("--hints", "3"), ("--hints", "3", "--json")):
        ended = gradcheck_command(*drawn, *form)
        assert ended.code == 1
        said = " ".join(ended.out.split())
        for secret in {*answers(name)[:2], *answers(revealed["diagnosis"]["likely_cause"])[:2]}:
            assert secret not in said
        assert "Likely mistake" not in said
        assert "First wrong step" not in said
        if form == ("--json",):
            told = json.loads(ended.out)
            assert told["planted"] == {"bug": None, "layer": None}
            assert told["diagnosis"]["step"] is None
            assert told["diagnosis"]["likely_cause"] is None
            assert told["diagnosis"]["says"] is None
            assert told["diagnosis"]["evidence"] is None
            assert len(told["diagnosis"]["hints"]) == 1
        elif "--json" not in form:
            assert "Planted: one mistake, somewhere. Which, --reveal tells." in said
            assert "Hint 1: " in said
            assert ("Hint 2: " in said) == ("Hint 3: " in said) == ("3" in form)


def test_reveal_tells_in_words_too(gradcheck_command: Command) -> None:
    drawn = (*RANDOM, "--seed", "7", "--reveal")
    name = record(gradcheck_command(*drawn, "--json"))["planted"]["bug"]
    text = words(gradcheck_command(*drawn))
    assert f"Planted: {name} in layer" in text
    assert "First wrong step" in text
    assert f"({name})" in text


def test_another_seed_another_mistake(gradcheck_command: Command) -> None:
    def drawn(seed: int) -> tuple[str, int]:
        ended = gradcheck_command(*RANDOM, "--seed", str(seed), "--reveal", "--json")
        planted = record(ended)["planted"]
        return planted["bug"], planted["layer"]

    assert drawn(7) == drawn(7)
    assert len({drawn(seed) for seed in range(8)}) > 4


def test_a_random_mistake_in_a_layer_of_one_s_choice(gradcheck_command: Command) -> None:
    for seed in range(5):
        options = ("--seed", str(seed), "--layer", "1", "--reveal", "--json")
        assert record(gradcheck_command(*RANDOM, *options))["planted"]["layer"] == 1


# Hints


@pytest.mark.parametrize("count", [1, 2, 3])
def test_so_many_hints_in_the_place_of_the_answer(gradcheck_command: Command, count: int) -> None:
    options = (*SQUARE, "--bug", "updated-weights", "--layer", "2", "--hints", str(count))
    text = words(gradcheck_command(*options, "--plain"))
    assert [f"Hint {n}: " in text for n in (1, 2, 3)] == [n <= count for n in (1, 2, 3)]
    assert ("gradient_wrt_upstream_activations" in text) == (count > 1)
    assert "Likely mistake" not in text
    assert BUGS["updated-weights"].says not in text
    diagnosis = record(gradcheck_command(*options, "--json"))["diagnosis"]
    assert len(diagnosis["hints"]) == count
    assert diagnosis["likely_cause"] is diagnosis["evidence"] is None


# What cannot be


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ("--bug", "sing-flipped"),
            "bug 'sing-flipped' is unknown (did you mean sign-flipped?); gradcheck bugs lists them",
        ),
        (("--bug", ""), "bug '' is unknown"),
        (("--layer", "2"), "--layer was given without --bug"),
        (("--reveal",), "--reveal was given without --bug"),
        (("--bug", "sign-flipped", "--layer", "0"), "--layer"),
        (("--bug", "sign-flipped", "--layer", "two"), "--layer"),
        (("--bug", "random", "--hints", "0"), "--hints"),
        (("--bug", "random", "--hints", "4"), "--hints"),
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
            "the bug sign-flipped changes nothing in layer 2; it does in 3",
        ),
        (
            ("--bug", "weights-gradient-transposed", "--layer", "3"),
            "changes nothing in layer 3; it does in 1, 2",
        ),
        (
            ("--bug", "relu-derivative-one"),
            "changes nothing in this network (ReLU's derivative is taken as 1 everywhere",
        ),
        (
            ("--bug", "divided-twice", "--batch-size", "1"),
            "another network or a larger batch may show it",
        ),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_what_cannot_be_planted_is_answered_in_one_line(
    gradcheck_command: Command, options: tuple[str, ...], told: str
) -> None:
    for form in ((), ("--json",)):
        ended = gradcheck_command(*SQUARE, *options, *form)
        assert ended.code == ExitCode.BAD_INPUT
        assert ended.out == ""
        assert ended.err.startswith("gradcheck: ")
        assert ended.err.count("\n") == 1
        assert told in ended.err


# Terminals


@pytest.mark.parametrize("name", ["random", "softmax-off-diagonal-dropped"])
def test_any_terminal_is_survived(gradcheck_process: Command, name: str) -> None:
    options = ("--cost", "fused-softmax-cross-entropy", "--bug", name, "--seed", "7")
    ended = gradcheck_process(*SQUARE, *options, PYTHONIOENCODING="cp1252", NO_COLOR="1")
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
