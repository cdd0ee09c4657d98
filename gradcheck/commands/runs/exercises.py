"""Writing exercises, one or a folder for a class, and explaining them."""

import secrets
from pathlib import Path

import click

from gradcheck.commands.options.exercise import ExerciseOptions
from gradcheck.commands.output.exit_code import ExitCode
from gradcheck.commands.output.streams import show
from gradcheck.exercise.draw import Exercise, Wanted, draw_class, draw_exercise
from gradcheck.exercise.seal import is_sealed, opened, sealed
from gradcheck.exercise.solution import hint_parts, short_answer, solution_parts
from gradcheck.exercise.source import exercise_of, text_of
from gradcheck.show.files import expect_writable, write_whole
from gradcheck.show.text import Sentence
from nets.errors import BadInput, unreadable

__all__ = ["explain", "write"]

ANSWERS = "answers.sealed"
# Bytes of a key that is drawn: 8 letters and digits to type.
KEY_BYTES = 4


def write(asked: ExerciseOptions) -> ExitCode:
    """Write the exercise, or the folder of a class, and say so.

    Raises:
        BadInput: there is no such exercise, or the files cannot be written.

    """
    assert asked.file is not None
    wanted = Wanted(asked.level, asked.manner, asked.bug)
    if asked.size is None:
        exercise = draw_exercise(wanted, asked.seed)
        _expect_new(asked.file)
        _write(asked.file, text_of(exercise, asked.seed))
        click.echo(
            f"Wrote {asked.file}: {exercise.manner.says}, with one mistake. Mend it until "
            f"gradcheck verify --net {asked.file} --hints 1 agrees. (Without --hints it names the "
            "likely mistake.)"
        )
    else:
        drawn = draw_class(wanted, asked.seed, asked.size)
        _write_class(drawn, asked.file, asked.seed, asked.key)
    return ExitCode.OK


def _write_class(drawn: list[Exercise], folder: Path, seed: int, key: str | None) -> None:
    """A file for each student, and the sealed answers."""
    key = key or secrets.token_hex(KEY_BYTES)
    _expect_new(folder)
    try:
        folder.mkdir()
    except OSError as error:
        raise BadInput(f"{folder} cannot be made: {error.strerror or error}") from error
    digits = len(str(len(drawn)))
    answers = []
    for number, exercise in enumerate(drawn, start=1):
        name = f"homework-{number:0{digits}}.py"
        _write(folder / name, text_of(exercise, seed + number, key))
        answers.append(f"{name}: {exercise.manner.name}, {short_answer(exercise)}")
    _write(folder / ANSWERS, sealed("\n".join(answers), key))
    click.echo(
        f"Wrote {len(drawn)} exercises and {ANSWERS} into {folder}. The key is {key}: keep it. "
        f"gradcheck exercise --solution {folder / ANSWERS} --key {key} prints the answers."
    )


def _expect_new(path: Path) -> None:
    """Check that nothing is written over: it may be a student's work.

    Raises:
        BadInput: something is there, or the path cannot be written to.

    """
    if path.exists():
        raise BadInput(f"{path} exists already, and may hold somebody's work; give another name")
    expect_writable(path)


def _write(path: Path, text: str) -> None:
    write_whole(path, lambda unfinished: unfinished.write_text(text, "utf-8", newline="\n"))


def explain(file: Path, asked: ExerciseOptions, *, plain: bool) -> ExitCode:
    """Print the solution of an exercise, hints on it, or the answers of a class.

    Raises:
        BadInput: the file cannot be read, it is no exercise, or the key does not fit.

    """
    try:
        text = file.expanduser().read_text("utf-8")
    except OSError as error:
        raise unreadable(file, error) from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is not text in UTF-8; give a file of gradcheck exercise") from error
    key = asked.key or ""
    if is_sealed(text):
        if not key:
            raise BadInput(f"{file} is sealed; give the --key that --class printed")
        show([Sentence(opened(text, key))], plain=plain)
        return ExitCode.OK
    exercise = exercise_of(text, file.name, key)
    parts = (
        solution_parts(exercise) if asked.hints is None else hint_parts(exercise, text, asked.hints)
    )
    show(parts, plain=plain)
    return ExitCode.OK
