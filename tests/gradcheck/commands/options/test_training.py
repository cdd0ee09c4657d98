"""Options of a training, and those that make no sense together."""

import re
from pathlib import Path

import click
import pytest

from gradcheck.commands.options.training import TrainingOptions, training_options
from nets.errors import BadInput
from tests.gradcheck.commands.options.parsing import parsed


def options(*arguments: str) -> TrainingOptions:
    found = parsed(training_options, *arguments)
    assert isinstance(found, TrainingOptions)
    return found


def test_each_option_has_its_field() -> None:
    typed = "--sizes 16,3 --epochs 3 --batch-size 5 --eta 2 --check-every 2 --save a.npz --seed 4"
    asked = options(*typed.split())
    assert (asked.sizes, asked.epochs, asked.batch_size, asked.eta) == ((16, 3), 3, 5, 2.0)
    assert (asked.check_every, asked.save, asked.seed) == (2, Path("a.npz"), 4)
    without = options()
    assert (without.epochs, without.eta, without.data) == (30, 3.0, "drawn")
    assert (without.check_every, without.save) == (None, None)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("--epochs 0", "'--epochs': 0 is not in the range x>=1"),
        ("--eta fast", "'--eta': 'fast' is not a valid float"),
        ("--check-every 0", "'--check-every': 0 is not in the range x>=1"),
    ],
)
def test_what_cannot_be_is_refused(typed: str, words: str) -> None:
    with pytest.raises(click.UsageError) as error:
        options(*typed.split())
    assert words in error.value.format_message()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            ("--epochs", "3", "--check-every", "4"),
            "--check-every 4 with --epochs 3 would check nothing; give at most 3",
        ),
        (
            ("--save", "net.txt"),
            "--save 'net.txt' is not a name for a file of weights; give a name that ends in .npz",
        ),
        (("--save", "nowhere/at/all/net.npz"), "net.npz cannot be written"),
    ],
)
def test_what_makes_no_sense_is_refused(typed: tuple[str, ...], words: str) -> None:
    with pytest.raises(BadInput, match=re.escape(words)):
        options(*typed).expect_consistent()


def test_what_makes_sense_is_accepted(tmp_path: Path) -> None:
    options("--epochs", "3", "--check-every", "3").expect_consistent()
    options("--save", str(tmp_path / "net.NPZ")).expect_consistent()
    assert list(tmp_path.iterdir()) == []
