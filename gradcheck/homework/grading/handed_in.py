"""What was handed in: the submissions in a folder."""

import fnmatch
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nets.errors import BadInput

__all__ = ["ARCHIVE", "HandedIn", "file_in", "find_submissions", "name_text", "one_submission"]

FILE = "homework.py"
SUFFIXES = (".py", ".ipynb")
ARCHIVE = ".zip"
FILES_LISTED = 5  # in a message, at most
# Folders that hold no homework, but may hold thousands of files.
PASSED_OVER = ("venv", "env", "node_modules", "site-packages")
KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True)
class HandedIn:
    """One submission.

    Attributes:
        name: of the file or folder, as it can be printed.
        path: of the file to check, or of an archive that holds it; None if there is none.
        problem: why there is none.
        folder: that is the submission; None for a file by itself.

    """

    name: str
    path: Path | None
    problem: str = ""
    folder: Path | None = None


def find_submissions(
    folder: Path, files: Sequence[str] = (), passed_over: Sequence[str] = ()
) -> tuple[list[HandedIn], list[str]]:
    """The submissions in a folder, and the names of files that are none, both in order.

    Each Python file, each notebook and each .zip is a submission. So is each folder: its
    ``homework.py`` or ``homework.ipynb`` is taken, or else the only Python file, notebook or .zip
    in it.

    Args:
        folder: with the submissions.
        files: patterns of the file names that count, such as ``hw3*.py``; none for all.
        passed_over: names of files that are no submissions, though they look like some.

    Raises:
        BadInput: there is no such folder, or no submission in it.

    """
    if not folder.is_dir():
        found = "is a file" if folder.exists() else "does not exist"
        raise BadInput(f"{folder} {found}; give the folder with the submissions")
    handed_in, others = [], []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith((".", "__")) or path.name in passed_over:
            continue
        if path.is_dir():
            handed_in.append(_of_folder(path, files))
        elif path.suffix.lower() == ARCHIVE or _counts(path, files):
            handed_in.append(_of_file(path))
        else:
            others.append(name_text(path.name))
    if not handed_in:
        raise BadInput(
            f"{folder} has no submission in it; put Python files there, or folders with a {FILE}"
        )
    return _with_names_of_their_own(handed_in), others


def one_submission(folder: Path, files: Sequence[str] = ()) -> HandedIn:
    """A folder that is one submission.

    Raises:
        BadInput: there is no such folder.

    """
    if not folder.is_dir():
        raise BadInput(f"{folder} is not a folder; give the folder with one student's files")
    return _of_folder(folder, files)


def name_text(name: str) -> str:
    r"""The name of a file as it can be printed and written into a table.

    Args:
        name: as Python gives it: bytes that are no UTF-8 are surrogates in it.

    >>> name_text("M\udce4.py"), name_text("a b.py")
    ('M\\xe4.py', 'a b.py')

    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode("ascii")
        for each in text
    )


def file_in(folder: Path, files: Sequence[str] = ()) -> tuple[Path | None, str]:
    """The file to check in a folder; or None and why there is none.

    Args:
        folder: of one submission.
        files: patterns of the file names that count, looked for in the folders below too; none
            for ``homework.py``, or the only file that can be read.

    """
    try:
        found = [each for each in _files_in(folder, deep=bool(files)) if _counts(each, files)]
    except OSError as error:
        return None, f"{name_text(folder.name)} cannot be read: {error.strerror or error}"
    if files:
        # The one that is nearest to the top.
        depth = min((len(each.parts) for each in found), default=0)
        named = [each for each in found if len(each.parts) == depth]
        if len({each.stem for each in named}) == 1:
            return named[-1], ""
        return None, _none_of(folder, " or ".join(files), named or _files_in(folder, deep=False))
    named = [each for each in found if each.stem == Path(FILE).stem]
    if named or len(found) == 1:
        return (named or found)[-1], ""
    return None, _none_of(folder, FILE, found)


def _none_of(folder: Path, needed: str, found: Sequence[Path]) -> str:
    """That a folder does not hold the one file that is needed."""
    listed = ", ".join(name_text(each.name) for each in found[:FILES_LISTED])
    more = ", ..." if len(found) > FILES_LISTED else ""
    problem = f"{name_text(folder.name)} has no {needed} in it"
    return problem + (f", but {listed}{more}" if found else "")


def _files_in(folder: Path, *, deep: bool) -> list[Path]:
    """The regular files in a folder in order, without hidden ones; deep is with folders below."""
    found: list[Path] = []
    for each in sorted(folder.iterdir()):
        if each.name.startswith((".", "__")):
            continue
        if each.is_file():
            found.append(each)
        elif deep and each.is_dir() and not each.is_symlink() and each.name not in PASSED_OVER:
            found += _files_in(each, deep=True)
    return found


def _counts(path: Path, files: Sequence[str]) -> bool:
    """Whether a file of this name can be a submission."""
    if files:
        return any(fnmatch.fnmatch(path.name, pattern) for pattern in files)
    return path.suffix.lower() in SUFFIXES


def _of_file(path: Path) -> HandedIn:
    """A submission that is a file by itself."""
    name = name_text(path.name)
    if path.is_file():
        return HandedIn(name, path)
    try:
        mode = path.stat().st_mode
    except OSError:
        return HandedIn(name, None, f"{name} is a link to a file that is gone")
    kind = next((words for test, words in KINDS if test(mode)), "no regular file")
    return HandedIn(name, None, f"{name} is {kind}; hand in a Python file or a notebook")


def _of_folder(folder: Path, files: Sequence[str]) -> HandedIn:
    """The submission in a folder of its own."""
    name = name_text(folder.name)
    path, problem = file_in(folder, files)
    if path is None and (archive := _only_archive(folder, files)) is not None:
        return HandedIn(name, archive, folder=folder)
    return HandedIn(name, path, problem, folder)


def _only_archive(folder: Path, files: Sequence[str]) -> Path | None:
    """The one archive in a folder without any other file that could be meant."""
    try:
        found = _files_in(folder, deep=False)
    except OSError:
        return None
    archives = [each for each in found if each.suffix.lower() == ARCHIVE]
    others = [each for each in found if _counts(each, files)]
    return archives[0] if len(archives) == 1 and not others else None


def _with_names_of_their_own(handed_in: Sequence[HandedIn]) -> list[HandedIn]:
    """The same, where two have the same name in print: each later one with a number."""
    found: list[HandedIn] = []
    counts: dict[str, int] = {}
    for each in handed_in:
        key = " ".join(each.name.split())
        counts[key] = counts.get(key, 0) + 1
        name = key if counts[key] == 1 else f"{key} ({counts[key]})"
        found.append(replace(each, name=name))
    return found
