"""What was handed in: the submissions in a folder."""

from dataclasses import dataclass
from pathlib import Path

from nets.errors import BadInput

__all__ = ["HandedIn", "find_submissions"]

FILE = "homework.py"
SUFFIXES = (".py", ".ipynb")
FILES_LISTED = 5  # in a message, at most


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

    Each Python file and each notebook is a submission. So is each folder: its ``homework.py`` or
    ``homework.ipynb`` is taken, or else the only Python file or notebook in it.

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
            handed_in.append(_of_folder(path))
        elif path.suffix.lower() in SUFFIXES:
            problem = "" if path.is_file() else f"{path.name} is a link to a file that is gone"
            handed_in.append(HandedIn(path.name, None if problem else path, problem))
        else:
            others.append(path.name)
    if not handed_in:
        raise BadInput(
            f"{folder} has no submission in it; put Python files there, or folders with a {FILE}"
        )
    return handed_in, others


def _of_folder(folder: Path) -> HandedIn:
    """The submission in a folder of its own."""
    files = [each for each in sorted(folder.iterdir()) if each.suffix.lower() in SUFFIXES]
    files = [each for each in files if each.is_file() and not each.name.startswith((".", "__"))]
    named = [each for each in files if each.stem == Path(FILE).stem]
    if named or len(files) == 1:
        return HandedIn(folder.name, (named or files)[-1])
    listed = ", ".join(each.name for each in files[:FILES_LISTED])
    more = ", ..." if len(files) > FILES_LISTED else ""
    problem = f"{folder.name} has no {FILE} in it"
    return HandedIn(folder.name, None, problem + (f", but {listed}{more}" if files else ""))
