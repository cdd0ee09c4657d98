"""The first screen of ``gradcheck verify``: the verdict first, in 80 columns and 24 lines."""

import re

import pytest

from tests.conftest import Command, Outcome
from tests.gradcheck.commands.outcomes import words_of
from tests.gradcheck.homework.students import FOLDER

SMALL = ("--sizes", "5,4,3")
DEEP = ("--sizes", "6,5,5,5,5,5,5,5,5,5,4", "--init", "scaled")
VERDICT = re.compile(r"(AGREE|DISAGREE|UNDECIDED) ")
NUMBER = re.compile(r"[-+]?\d[\d,.]*(?:e[-+]\d+)?")


def expect_one_screen(ended: Outcome) -> None:
    lines = ended.out.splitlines()
    assert len(lines) <= 23, ended.out
    assert max(map(len, lines)) <= 80
    assert VERDICT.match(ended.out)


@pytest.mark.parametrize(
    "arguments",
    [
        SMALL,
        ("--sizes", "784,30,10", "--sample", "20"),
        ("--sizes", "6,5,4", "--activation", "relu", "--dtype", "float32", "--scheme", "central"),
        DEEP,
        (*SMALL, "--bug", "random", "--seed", "7"),
        (*SMALL, "--bug", "random", "--seed", "7", "--hints", "3"),
        (*SMALL, "--bug", "sign-flipped", "--reveal"),
        (*DEEP, "--bug", "missing-activation-derivative"),
        (*SMALL, "--net", f"{FOLDER / 'odd.py'}:Prints"),
    ],
    ids=" ".join,
)
def test_the_verdict_stands_first_and_all_fits(
    gradcheck_command: Command, arguments: tuple[str, ...]
) -> None:
    expect_one_screen(gradcheck_command("verify", *arguments))


def test_details_do_not_fit_and_end_with_the_verdict(gradcheck_command: Command) -> None:
    ended = gradcheck_command("verify", *SMALL, "--details")
    assert len(ended.out.splitlines()) > 23
    assert not VERDICT.match(ended.out)
    assert VERDICT.match(ended.out.strip().split("\n\n")[-1])
    assert "Largest error; norm ratio |a - n|" in words_of(ended)


def test_arrays_that_disagree_are_in_the_table_and_others_are_counted(
    gradcheck_command: Command,
) -> None:
    ended = gradcheck_command("verify", *DEEP, "--bug", "bias-averaged", "--layer", "7")
    assert ended.code == 1
    rows = [line for line in ended.out.splitlines() if line.startswith("layer 7 biases")]
    assert len(rows) == 1
    others = re.search(r"^(\d+) other arrays", ended.out, re.M)
    assert others is not None
    shown = re.findall(r"^layer \d+ (?:weights|biases) +\d", ended.out, re.M)
    assert int(others[1]) + len(shown) == 20


@pytest.mark.parametrize("details", [(), ("--details",)])
def test_numbers_are_whole_on_a_narrow_terminal(
    gradcheck_command: Command,
    monkeypatch: pytest.MonkeyPatch,
    quick_timing: None,
    details: tuple[str, ...],
) -> None:
    """The same numbers as in a wide one, apart from the times."""
    monkeypatch.setattr("gradcheck.show.text.WIDTH", 300)
    wide = gradcheck_command("verify", *SMALL, "--bug", "sign-flipped", *details).out
    monkeypatch.setattr("gradcheck.show.text.WIDTH", 60)
    narrow = gradcheck_command("verify", *SMALL, "--bug", "sign-flipped", *details).out
    assert max(map(len, narrow.splitlines())) <= 60
    times = re.compile(r"[\d,.]+\s+(?:s|ms|us|ns)\b")
    expected = set(NUMBER.findall(times.sub("", wide)))
    seen = set(NUMBER.findall(times.sub("", narrow)))
    assert expected >= seen
    assert len(seen) > 15
