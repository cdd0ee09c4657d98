"""What is shown of one mistake."""

import numpy as np
import pytest

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.bugs.in_code import IN_CODE, RIGHT_LINES
from gradcheck.bugs.planting import wrong_backprop
from gradcheck.bugs.zoo import BUGS
from gradcheck.check import check_network
from gradcheck.commands.output.one_bug import Shown, json_of_bug, show_bug, show_slip
from gradcheck.exercise.draw import Wanted
from nets.network import Network
from tests.strategies import mini_batch

SIZES = (3, 4, 2)


def shown(name: str, layer: int, same: tuple[str, ...] = (), *, is_exercise: bool = True) -> Shown:
    """A mistake in a small network."""
    network = Network.create(SIZES, seed=1)
    inputs, targets = (np.asarray(each) for each in mini_batch(list(SIZES), 5, "quadratic", 2))
    gradients = wrong_backprop(network, MiniBatch(inputs, targets), BUGS[name], layer)
    report = check_network(network, inputs, targets, gradients=gradients)
    return Shown(BUGS[name], layer, network, report, same, is_exercise)


def text_of(each: Shown, capsys: pytest.CaptureFixture[str]) -> str:
    show_bug(each, plain=True)
    return capsys.readouterr().out


def test_the_wrong_arrays_are_in_the_order_of_backprop() -> None:
    found = shown("missing-activation-derivative", 2)
    assert [each.layer for each in found.wrong_arrays] == [2, 2, 1, 1]
    assert {each.name for each in shown("bias-averaged", 1).wrong_arrays} == {"layer 1 biases"}
    assert found.network_words == "3-4-2 network, sigmoid, quadratic cost"


def test_the_text_has_the_mistake_its_lines_and_its_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = text_of(shown("bias-averaged", 1), capsys)
    words = " ".join(text.split())
    bug = BUGS["bias-averaged"]
    assert words.startswith(f"bias-averaged in {bug.step}. {bug.says}")
    for expected in (IN_CODE[bug.name].why, RIGHT_LINES[bug.step], IN_CODE[bug.name].line):
        assert " ".join(expected.split()) in words
    assert "Planted in layer 1 of a 3-4-2 network, sigmoid, quadratic cost" in words
    # One of four arrays is wrong, by a factor of 1 / 5.
    assert "layer 1 biases 4 4 0.2" in words
    assert "layer 1 weights 12 0 -" in words
    assert words.index("layer 2 biases 2 0") < words.index("layer 1 weights 12 0")
    assert "a dot (o) for each entry" in words
    assert max(map(len, text.splitlines())) <= 80


def test_mistakes_with_the_same_numbers_and_the_exercise_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = " ".join(text_of(shown("bias-averaged", 1, ("another-one",)), capsys).split())
    assert "The mistake another-one gives the same numbers here: both answers are right." in text
    assert text.endswith("gradcheck exercise --bug bias-averaged -o homework.py")
    bare = text_of(shown("bias-averaged", 1, is_exercise=False), capsys)
    assert "gradcheck exercise" not in bare
    assert "same numbers" not in bare


def test_json_has_the_same_facts() -> None:
    found = json_of_bug(shown("bias-averaged", 1, ("another-one",)))
    assert (found["name"], found["layer"], found["same_numbers"]) == (
        *("bias-averaged", 1),
        ["another-one"],
    )
    assert found["wrong_line"] == IN_CODE["bias-averaged"].line
    assert found["arrays"][1] == {"name": "layer 1 biases", "checked": 4, "disagree": 4}
    assert found["arrays"][0]["disagree"] == 0


def test_a_slip_of_source_code_shows_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    (exercise, *_) = Wanted(mistake="regularisation-missing").exercises()
    show_slip(exercise, plain=True)
    text = capsys.readouterr().out
    assert "regularisation-missing" in text
    assert text.rstrip().endswith(
        "\n  gradcheck exercise --bug regularisation-missing -o homework.py"
    )
