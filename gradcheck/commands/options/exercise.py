"""The options of exercises: which mistake, in which manner, and where the files go."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from gradcheck.commands.options.choices import MANNER_NAMES, Names
from gradcheck.commands.options.gather import is_typed, options_as
from gradcheck.commands.options.whole_numbers import whole_number_option
from nets.errors import BadInput

__all__ = ["ExerciseOptions", "exercise_options"]

# Options that say which exercise to write, by their variables: they cannot be used on a file that
# has been written.
WRITING = {
    "seed": "seed",
    "file": "output",
    "level": "level",
    "manner": "manner",
    "bug": "bug",
    "size": "class",
}


@dataclass(frozen=True)
class ExerciseOptions:
    """What to write, or which file to explain.

    Attributes:
        seed: of the draw.
        file: where to write; a folder for a class. None with ``solution``.
        level: 1, 2 or 3; None for any.
        manner: how the network is written; None for any.
        bug: the mistake; None for one that the seed chooses.
        size: how many different exercises to write for a class; None for one alone.
        key: of the class; None where none was given.
        solution: a file to explain; None to write.
        hints: how many hints to give instead of the solution; None for the solution.

    """

    seed: int
    file: Path | None
    level: int | None
    manner: str | None
    bug: str | None
    size: int | None
    key: str | None
    solution: Path | None
    hints: int | None

    def expect_consistent(self) -> None:
        """Check that the options make sense together.

        Raises:
            BadInput: they do not.

        """
        if self.solution is not None:
            for variable in filter(is_typed, WRITING):
                raise BadInput(
                    f"--{WRITING[variable]} cannot be used with --solution: the file says which "
                    "exercise it is; leave it out"
                )
            return
        if self.hints is not None:
            raise BadInput("--hints needs --solution FILE, the exercise to give hints on")
        if self.file is None:
            what = "FOLDER" if self.size else "homework.py"
            raise BadInput(f"no file was given to write to; add -o {what}")
        if self.key is not None and self.size is None:
            raise BadInput("--key needs --class N or --solution FILE; leave it out")
        if self.size is None and self.file.suffix.lower() != ".py":
            raise BadInput(f"{self.file.name!r} is not a name for an exercise; end it in .py")


def exercise_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of an ``ExerciseOptions``, which the command receives as ``asked``."""
    return options_as(
        "asked",
        ExerciseOptions,
        whole_number_option("--seed", "Which exercise. Same seed, same file.", default=0, least=0),
        click.option(
            "-o",
            "--output",
            "file",
            type=click.Path(path_type=Path),
            metavar="FILE.py",
            help="Write the exercise to this file; with --class, the exercises into this folder.",
        ),
        whole_number_option(
            "--level",
            "How hard: 1, 2 or 3. Default: any. 1: wrong by one factor, or zero. 2: a step of the "
            "chain rule is wrong. 3: the wrong line looks right.",
            most=3,
        ),
        click.option("--manner", type=Names(MANNER_NAMES), help="How it is written. Default: any."),
        click.option(
            "--bug", metavar="NAME", help="The mistake: a name from gradcheck bugs. Default: any."
        ),
        click.option(
            "--class",
            "size",
            type=click.IntRange(1),
            metavar="N",
            help="Write N different exercises, and one file with the sealed answers.",
        ),
        click.option(
            "--key",
            metavar="KEY",
            help="With --class: the key of the answers. Default: a new one, which is printed. With "
            "--solution: the key that opens them.",
        ),
        click.option(
            "--solution",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Explain this exercise: the wrong and the right lines, and why people make the "
            "mistake. Or print these sealed answers.",
        ),
        whole_number_option(
            "--hints", "With --solution: give 1 to 3 hints instead of the solution.", most=3
        ),
    )(command)
