"""Trainings that have failed, though each of their steps was taken."""

import pytest

from gradcheck.commands.output.training_warning import warning_text
from nets.training import Epoch
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import json_lines, words_of

SHORT = ("train", "--data", "drawn", "--epochs", "2", "--sizes", "784,8,10", "--batch-size", "100")


def epochs(*figures: tuple[float, int]) -> list[Epoch]:
    """Epochs with these costs and right answers of 1,000."""
    return [Epoch(n, cost, right, 1000, 0.1) for n, (cost, right) in enumerate(figures, start=1)]


@pytest.mark.parametrize(
    "figures",
    [
        [(0.4, 600), (0.2, 900)],
        [(0.4, 151)],  # a little better than guessing
        [(0.4, 900), (0.4, 460)],
        [(0.2, 950), (0.3, 930)],
    ],
)
def test_a_network_that_has_learned_something_is_not_warned_about(
    figures: list[tuple[float, int]],
) -> None:
    assert warning_text(epochs(*figures), 10, 3.0) is None


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ([(0.5, 100), (0.5, 100)], ("DIVERGED", "no better than guessing", "--eta 0.3")),
        ([(0.2, 900), (0.5, 114)], ("DIVERGED", "no better than guessing", "--eta 0.3")),
        ([(0.2, 900), (0.4, 300)], ("DIVERGED", "after 90.0 % in epoch 1", "--eta 0.3")),
        ([(0.5, 100), (0.4, 120)], ("NOTHING LEARNED yet", "Train longer", "--eta 30")),
        ([(0.5, 100)], ("NOTHING LEARNED after one epoch", "Train longer")),
    ],
)
def test_a_network_that_has_not_is_told_what_to_change(
    figures: list[tuple[float, int]], words: tuple[str, ...]
) -> None:
    said = warning_text(epochs(*figures), 10, 3.0)
    assert said is not None
    for each in words:
        assert each in said


def test_without_test_examples_or_epochs_nothing_is_said() -> None:
    assert warning_text([], 10, 3.0) is None
    assert warning_text([Epoch(1, 0.5, None, 0, 0.1)], 10, 3.0) is None


def test_steps_that_are_too_long(gradcheck_command: Command) -> None:
    ended = gradcheck_command(*SHORT, "--eta", "3000")
    assert ended.code == 0
    words = words_of(ended)
    assert words.index("DONE") < words.index("DIVERGED In the end")
    assert "Try --eta 300" in words


def test_steps_that_fit(gradcheck_command: Command) -> None:
    assert "DIVERGED" not in gradcheck_command(*SHORT, "--eta", "3").out


def test_with_json_it_is_a_line_on_standard_error(gradcheck_command: Command) -> None:
    ended = gradcheck_command(*SHORT, "--eta", "3000", "--json")
    assert ended.err.startswith("gradcheck: DIVERGED")
    assert json_lines(ended)[-1]["ended"] == "done"
