"""What was handed in: the submissions in a folder."""

from dataclasses import dataclass
from pathlib import Path

from nets.errors import BadInput

__all__ = ["HandedIn", "find_submissions"]

FILE = "homework.py"


@dataclass(frozen=True)
class HandedIn:
    """One submission.

    Attributes:
        name: of the file or folder.
        path: of the file to check; None if there is none.
        problem: why there is none.

    """

    name: str
    path: Path | None
    problem: str = ""


def find_submissions(folder: Path) -> tuple[list[HandedIn], list[str]]:
    """The submissions in a folder, and the names of files that are none, both in order.

    Each Python file is a submission, and so is each folder: its ``homework.py`` is taken.

    Raises:
        BadInput: there is no such folder, or no submission in it.

    """
    if not folder.is_dir():
        found = "is a file" if folder.exists() else "does not exist"
        raise BadInput(f"{folder} {found}; give the folder with the submissions")
    handed_in, others = [], []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith((".", "__")):
            continue
        if path.is_dir():
            handed_in.append(_of(path, path / FILE, f"{path.name} has no {FILE} in it"))
        elif path.suffix.lower() == ".py":
            handed_in.append(_of(path, path, f"{path.name} is a link to a file that is gone"))
        else:
            others.append(path.name)
    if not handed_in:
        raise BadInput(
            f"{folder} has no submission in it; put Python files there, or folders with a {FILE}"
        )
    return handed_in, others


def _of(path: Path, file: Path, problem: str) -> HandedIn:
    if file.is_file():
        return HandedIn(path.name, file)
    return HandedIn(path.name, None, problem)
