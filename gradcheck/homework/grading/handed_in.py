"""What was handed in: the submissions in a folder."""

import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gradcheck.homework.grading.homework_file import (
    ARCHIVE,
    FILE,
    PASSED_OVER,
    counts,
    file_in,
    files_in,
    name_remark,
    name_text,
)
from nets.errors import BadInput

__all__ = ["HandedIn", "find_submissions", "one_submission"]

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
        remarks: on what was left out when its files were gathered.

    """

    name: str
    path: Path | None
    problem: str = ""
    folder: Path | None = None
    remarks: tuple[str, ...] = ()


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
        passed_over: names of files that look like submissions, and are none.

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
        elif path.suffix.lower() == ARCHIVE or counts(path, files):
            remarks = _remarks_on(path, files) if files else ()
            handed_in.append(replace(_of_file(path), remarks=remarks))
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
        BadInput: there is no such folder, or it holds those of several students.

    """
    if not folder.is_dir():
        raise BadInput(f"{folder} is not a folder; give the folder with one student's files")
    own, _ = file_in(folder)
    if own is None and not any(counts(each, files) for each in files_in(folder, deep=False)):
        several = [each for each in _folders_in(folder) if _of_folder(each, files).path is not None]
        if len(several) > 1:
            raise BadInput(
                f"{folder} holds {len(several)} submissions; give the folder with one student's "
                f"files, such as {several[0]}"
            )
    return _of_folder(folder, files)


def _folders_in(folder: Path) -> list[Path]:
    return [
        each
        for each in sorted(folder.iterdir())
        if each.is_dir() and not each.name.startswith((".", "__")) and each.name not in PASSED_OVER
    ]


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
    if path is None:
        path = _only_one_below(folder, files)
    if path is None and (archive := _only_archive(folder, files)) is not None:
        return HandedIn(name, archive, folder=folder)
    return HandedIn(name, path, problem, folder, _remarks_on(path, files))


def _only_one_below(folder: Path, files: Sequence[str]) -> Path | None:
    """The one homework in the folders below a folder that has no code in it; None if there is none.

    Args:
        folder: of one submission.
        files: patterns of names; with them the folders below are looked into anyway.

    """
    try:
        if files or any(counts(each, files) for each in files_in(folder, deep=False)):
            return None
        found = [each for each in files_in(folder, deep=True) if counts(each, files)]
    except OSError:
        return None
    named = [each for each in found if each.name == FILE] or found
    return named[0] if len(named) == 1 else None


def _remarks_on(path: Path | None, files: Sequence[str]) -> tuple[str, ...]:
    remark = "" if path is None else name_remark(path, files)
    return (remark,) if remark else ()


def _only_archive(folder: Path, files: Sequence[str]) -> Path | None:
    """The one archive in a folder without any other file that could be meant."""
    try:
        found = files_in(folder, deep=False)
    except OSError:
        return None
    archives = [each for each in found if each.suffix.lower() == ARCHIVE]
    others = [each for each in found if counts(each, files)]
    return archives[0] if len(archives) == 1 and not others else None


def _with_names_of_their_own(handed_in: Sequence[HandedIn]) -> list[HandedIn]:
    """The same, where two have the same name in print: each later one with a number."""
    found: list[HandedIn] = []
    seen: dict[str, int] = {}
    for each in handed_in:
        key = " ".join(each.name.split())
        seen[key] = seen.get(key, 0) + 1
        name = key if seen[key] == 1 else f"{key} ({seen[key]})"
        found.append(replace(each, name=name))
    return found
