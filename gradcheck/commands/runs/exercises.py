"""Writing exercises, one or a folder for a class, and explaining them."""

import secrets
from pathlib import Path
from typing import Any

import click

from gradcheck.commands.options.exercise import ExerciseOptions
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.exit_code import ExitCode
from gradcheck.commands.output.streams import show, write_json
from gradcheck.exercise.draw import Exercise, Wanted, draw_class, draw_exercise
from gradcheck.exercise.seal import is_sealed, opened, sealed
from gradcheck.exercise.solution import (
    hints_on,
    json_of_solution,
    short_answer,
    solution_parts,
)
from gradcheck.exercise.source import exercise_of, text_of
from gradcheck.show.files import expect_writable, write_whole
from gradcheck.show.text import Sentence
from nets.errors import BadInput, unreadable

__all__ = ["explain", "write"]

ANSWERS = "answers.sealed"
CHANGED = "The lines with the mistake have changed. Check the file with verify."
# Bytes of a key that is drawn: 8 letters and digits to type.
KEY_BYTES = 4


def write(asked: ExerciseOptions, output: OutputOptions) -> ExitCode:
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
        _tell(
            f"Wrote {asked.file}: {exercise.manner.says}, with one mistake. Mend it until "
            f"gradcheck verify --net {asked.file} --hints 1 agrees. (Without --hints it names the "
            "likely mistake.)",
            {"files": [str(asked.file)]},
            output,
        )
        return ExitCode.OK
    drawn = draw_class(wanted, asked.seed, asked.size)
    key = asked.key or secrets.token_hex(KEY_BYTES)
    files = _write_class(drawn, asked.file, asked.seed, key)
    answers = asked.file / ANSWERS
    _tell(
        f"Wrote {len(drawn)} exercises and {ANSWERS} into {asked.file}. The key is {key}: keep it. "
        f"gradcheck exercise --solution {answers} --key {key} prints the answers.",
        {"files": [str(file) for file in files], "answers": str(answers), "key": key},
        output,
    )
    return ExitCode.OK


def _tell(sentence: str, content: dict[str, Any], output: OutputOptions) -> None:
    if output.as_json:
        write_json("exercise", content)
    else:
        click.echo(sentence)


def _write_class(drawn: list[Exercise], folder: Path, seed: int, key: str) -> list[Path]:
    """A file for each student, which are returned, and the sealed answers."""
    _expect_new(folder)
    try:
        folder.mkdir()
    except OSError as error:
        raise BadInput(f"{folder} cannot be made: {error.strerror or error}") from error
    digits = len(str(len(drawn)))
    answers, files = [], []
    for number, exercise in enumerate(drawn, start=1):
        name = f"homework-{number:0{digits}}.py"
        files.append(folder / name)
        _write(files[-1], text_of(exercise, seed + number, key))
        answers.append(f"{name}: {exercise.manner.name}, {short_answer(exercise)}")
    _write(folder / ANSWERS, sealed("\n".join(answers), key))
    return files


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


def explain(file: Path, asked: ExerciseOptions, output: OutputOptions) -> ExitCode:
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
    parts, content = _explained(file, text, asked)
    if output.as_json:
        write_json("exercise", content)
    else:
        show(parts, plain=output.plain)
    return ExitCode.OK


def _explained(
    file: Path, text: str, asked: ExerciseOptions
) -> tuple[list[Sentence], dict[str, Any]]:
    """What is said about a file, as sentences and as JSON."""
    key = asked.key or ""
    if is_sealed(text):
        if not key:
            raise BadInput(f"{file} is sealed; give the --key that --class printed")
        answers = opened(text, key)
        return [Sentence(answers)], {"answers": answers.splitlines()}
    exercise = exercise_of(text, file.name, key)
    if asked.hints is None:
        return solution_parts(exercise), {"solution": json_of_solution(exercise)}
    hints = hints_on(exercise, text, asked.hints)
    said = [Sentence(f"Hint {n}: {hint}") for n, hint in enumerate(hints, start=1)]
    return said or [Sentence(CHANGED)], {"hints": hints}
