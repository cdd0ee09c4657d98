"""``--bug``, ``--layer``, ``--reveal``, ``--hints``: how much is said about a planted mistake."""

import json

import pytest

from gradcheck.bugs.zoo import BUGS
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input, record_of, words_of

SQUARE = ("verify", "--sizes", "5,5,5,4", "--batch-size", "3")
RANDOM = (*SQUARE, "--bug", "random")

pytestmark = pytest.mark.usefixtures("quick_timing")


def answers(name: str) -> tuple[str, ...]:
    return name, BUGS[name].says.rstrip("."), BUGS[name].looks_like


@pytest.mark.parametrize("seed", [0, 3, 5, 7])
def test_a_random_mistake_is_not_named(gradcheck_command: Command, seed: int) -> None:
    drawn = (*RANDOM, "--seed", str(seed))
    revealed = record_of(gradcheck_command(*drawn, "--reveal", "--json"))
    name, layer = revealed["planted"]["bug"], revealed["planted"]["layer"]
    assert revealed["diagnosis"]["likely_cause"] in BUGS
    assert (revealed["diagnosis"]["layer"], revealed["diagnosis"]["step"]) == (
        layer,
        BUGS[name].step,
    )
    for form in ((), ("--plain",), ("--json",), ("--hints", "3"), ("--hints", "3", "--json")):
        ended = gradcheck_command(*drawn, *form)
        assert ended.code == 1
        said = words_of(ended)
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
            assert "One mistake has been planted. Add --reveal to see which." in said
            assert "Hint 1: " in said
            assert ("Hint 2: " in said) == ("Hint 3: " in said) == ("3" in form)


def test_reveal_tells_in_words_too(gradcheck_command: Command) -> None:
    drawn = (*RANDOM, "--seed", "7", "--reveal")
    name = record_of(gradcheck_command(*drawn, "--json"))["planted"]["bug"]
    text = words_of(gradcheck_command(*drawn))
    assert f"Planted: {name} in layer" in text
    assert "First wrong step" in text
    assert f"({name})" in text


@pytest.mark.parametrize("count", [1, 2, 3])
def test_so_many_hints_in_the_place_of_the_answer(gradcheck_command: Command, count: int) -> None:
    options = (*SQUARE, "--bug", "updated-weights", "--layer", "2", "--hints", str(count))
    text = words_of(gradcheck_command(*options, "--plain"))
    assert [f"Hint {n}: " in text for n in (1, 2, 3)] == [n <= count for n in (1, 2, 3)]
    assert ("gradient_wrt_upstream_activations" in text) == (count > 1)
    assert "Likely mistake" not in text
    assert BUGS["updated-weights"].says not in text
    diagnosis = record_of(gradcheck_command(*options, "--json"))["diagnosis"]
    assert len(diagnosis["hints"]) == count
    assert diagnosis["likely_cause"] is diagnosis["evidence"] is None


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ("--bug", "sing-flipped"),
            "bug 'sing-flipped' is unknown (did you mean sign-flipped?); gradcheck bugs lists",
        ),
        (("--bug", ""), "bug '' is unknown"),
        (("--layer", "2"), "--layer needs --bug NAME; gradcheck bugs lists the names"),
        (("--reveal",), "--reveal needs --bug NAME"),
        (("--hints", "2"), "--hints needs --bug NAME, or --net FILE; gradcheck bugs lists"),
        (("--bug", "tranposed"), "did you mean weights-gradient-transposed or weights-not-"),
        (("--activation", "rellu"), "(did you mean relu?)"),
        (("--bug", "sign-flipped", "--layer", "0"), "--layer"),
        (("--bug", "sign-flipped", "--layer", "two"), "--layer"),
        (("--bug", "random", "--hints", "0"), "--hints"),
        (("--bug", "random", "--hints", "4"), "--hints"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_options_without_sense_are_answered_in_one_line(
    gradcheck_command: Command, options: tuple[str, ...], told: str
) -> None:
    for form in ((), ("--json",)):
        expect_bad_input(gradcheck_command(*SQUARE, *options, *form), told)
