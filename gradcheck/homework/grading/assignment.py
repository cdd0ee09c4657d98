"""An assignment file: what a class was asked to hand in, in TOML."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from gradcheck.homework.enough_digits import DIGITS_OF_A_CLASS
from gradcheck.homework.grading.assignment_keys import (
    EARNED,
    FORMATS,
    PART,
    REFERENCE,
    TOP,
    checked_table,
    line_of,
)
from gradcheck.homework.grading.task import Earned, PartTask, Task
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.reference import Reference
from gradcheck.homework.solution import Solution
from gradcheck.homework.submission import Submission
from nets.costs import COSTS
from nets.errors import BadInput

__all__ = ["Assignment", "new_assignment", "read_assignment"]

MEGABYTE = 1_000_000  # bytes
SECONDS = 30.0  # for one submission, where the file names none: as on the command line
MEGABYTES = 1000  # likewise


@dataclass(frozen=True)
class Assignment:
    """What an assignment file says.

    Attributes:
        task: what was asked for.
        isolate: whether isolation is demanded, or refused; None where the file does not say.

    """

    task: Task
    isolate: bool | None = None


def new_assignment() -> str:
    """The text of an assignment file with all keys and what they mean."""
    return files(__package__).joinpath("new_assignment.toml").read_text(encoding="utf-8")


def read_assignment(path: Path) -> Assignment:
    """Read an assignment file.

    Raises:
        BadInput: it cannot be read, or something in it is wrong: the message has line and key.

    """
    name = path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as an assignment: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name} is no TOML: {error}") from error
    checked_table(content, TOP, "", 0, text, name)
    if "part" not in content:
        raise BadInput(f"{name} has no part; add a table that begins with [[part]]")
    _expect_different_names(content["part"], _File(path, text))
    seconds = float(content.get("seconds", SECONDS))
    limits = Limits(seconds, seconds, content.get("memory", MEGABYTES) * MEGABYTE)
    parts = tuple(
        _part(table, number, _File(path, text), limits)
        for number, table in enumerate(content["part"], start=1)
    )
    task = Task(
        parts,
        files=tuple(content.get("files", ())),
        provided=tuple(
            _File(path, text).beside(each, "", 0, "provided")
            for each in content.get("provided", ())
        ),
        hints=content.get("hints"),
        title=content.get("title", ""),
    )
    return Assignment(task, content.get("isolate"))


@dataclass(frozen=True)
class _File:
    """The file that is read: its path and its text."""

    path: Path
    text: str

    def beside(self, name: str, at: str, part: int, key: str) -> Path:
        """A file that the assignment names, relative to the folder of the assignment.

        Raises:
            BadInput: it is not there.

        """
        found = self.path.parent / name
        if not found.is_file():
            line = line_of(self.text, at, part, key)
            raise BadInput(
                f"{self.path.name}, line {line}: {key} names {name}, which is not in the folder of "
                f"{self.path.name}"
            )
        return found.resolve()


def _expect_different_names(parts: Sequence[Any], file: _File) -> None:
    """Check that no two parts have the same name.

    Raises:
        BadInput: two have.

    """
    seen: dict[Any, int] = {}
    for number, table in enumerate(parts, start=1):
        name = table.get("name") if isinstance(table, dict) else None
        if not isinstance(name, str):
            continue
        line = line_of(file.text, "part", number, "name")
        if name in seen:
            raise BadInput(
                f"{file.path.name}, line {line}: name is {name!r}, as on line {seen[name]}; give "
                "each part a name of its own"
            )
        seen[name] = line


def _part(table: Any, number: int, file: _File, limits: Limits) -> PartTask:
    """One part, as it is checked.

    Raises:
        BadInput: something in it is wrong.

    """
    name, text = file.path.name, file.text
    if not isinstance(table, dict):
        raise BadInput(f"{name} has a part that is no table; begin each with [[part]]")
    checked_table(table, PART, "part", number, text, name)
    earned = checked_table(table.get("earns", {}), EARNED, "part.earns", number, text, name)
    adapter = table.get("adapter")
    if adapter is not None:
        adapter = file.beside(adapter, "part", number, "adapter")
    sizes = table.get("sizes")
    how = Submission(
        path=file.path,
        class_name=table.get("name"),
        sizes=None if sizes is None else tuple(sizes),
        cost=table.get("cost"),
        limits=limits,
        shapes={key: tuple(shape) for key, shape in table.get("arrays", {}).items()},
        drawn_examples=table.get("batch_size", 10),
        adapter=adapter,
        format=FORMATS[table["format"]].name if "format" in table else None,
        each_array=True,
    )
    points = table.get("points")
    return PartTask(
        how,
        points=None if points is None else float(points),
        earned=Earned(**{key: float(share) for key, share in earned.items()}),
        digits=float(table.get("digits", DIGITS_OF_A_CLASS)),
        seeds=tuple(table.get("seeds", (0,))),
        sample=table.get("sample"),
        reference=_reference(table, number, file),
        is_assigned=True,
    )


def _reference(part: Mapping[str, Any], number: int, file: _File) -> Reference | Solution | None:
    """What a part should compute; None if nothing is asked for.

    Raises:
        BadInput: something in it is wrong.

    """
    table, name = part.get("reference"), file.path.name
    if "solution" in part:
        if table is not None:
            line = line_of(file.text, "part", number, "solution")
            raise BadInput(f"{name}, line {line}: give either solution or reference, not both")
        return Solution(file.beside(part["solution"], "part", number, "solution"))
    if table is None:
        return None
    checked_table(table, REFERENCE, "part.reference", number, file.text, name)
    cost = COSTS[table.get("cost", "quadratic")]
    hidden = table.get("hidden", "sigmoid")
    fused = cost.fused_activation is not None
    if fused and table.get("output", "identity") != "identity":
        line = line_of(file.text, "part.reference", number, "output")
        raise BadInput(
            f"{name}, line {line}: output is {table['output']!r}; leave it out: the cost "
            f"{cost.name} contains the activation of the last layer"
        )
    return Reference(hidden, "identity" if fused else table.get("output", hidden), cost.name)
