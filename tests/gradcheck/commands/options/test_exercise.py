"""The options of exercises, and those that make no sense together."""

import re
from pathlib import Path

import click
import pytest

from gradcheck.commands.options.exercise import ExerciseOptions, exercise_options
from nets.errors import BadInput
from tests.gradcheck.commands.options.parsing import parsed


def consistent(*arguments: str) -> None:
    """Check options as the command does."""

    @click.command()
    @exercise_options
    def command(asked: ExerciseOptions) -> None:
        asked.expect_consistent()

    command.main(list(arguments), standalone_mode=False)


def test_each_option_has_its_field() -> None:
    typed = "--seed 3 -o a.py --level 2 --manner book --bug sign-flipped --class 4 --key k"
    assert parsed(exercise_options, *typed.split()) == ExerciseOptions(
        seed=3,
        file=Path("a.py"),
        level=2,
        manner="book",
        bug="sign-flipped",
        size=4,
        key="k",
        solution=None,
        hints=None,
    )


@pytest.mark.parametrize(
    "typed",
    [
        "-o homework.py",
        "-o HOMEWORK.PY --seed 3",
        "-o folder --class 1 --key k",
        "--solution homework.py",
        "--solution homework.py --hints 2",
        "--solution answers.sealed --key k",
    ],
)
def test_what_makes_sense_is_accepted(typed: str) -> None:
    consistent(*typed.split())


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "no file was given to write to; add -o homework.py"),
        ("--class 3", "no file was given to write to; add -o FOLDER"),
        ("-o homework.txt", "'homework.txt' is not a name for an exercise; end it in .py"),
        ("-o x.py --key abc", "--key needs --class N or --solution FILE; leave it out"),
        ("-o x.py --hints 1", "--hints needs --solution FILE, the exercise to give hints on"),
        (
            "--solution x.py --seed 0",
            "--seed cannot be used with --solution: the file says which exercise it is; leave it "
            "out",
        ),
        ("--solution x.py -o y.py", "--output cannot be used with --solution"),
        ("--solution x.py --class 2", "--class cannot be used with --solution"),
    ],
)
def test_what_makes_no_sense_is_refused(typed: str, words: str) -> None:
    with pytest.raises(BadInput, match=f"^{re.escape(words)}"):
        consistent(*typed.split())


@pytest.mark.parametrize("typed", ["--level 4", "--hints 0", "--class 0", "--manner layer"])
def test_what_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(click.UsageError):
        consistent("-o", "x.py", *typed.split())
