"""A fingerprint of a submission and of its check: if it changes, we grade again."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.grading.homework_file import PASSED_OVER
from gradcheck.homework.grading.task import Task
from gradcheck.homework.solution import Solution

__all__ = ["code_beside", "fingerprint", "task_digest"]

DIGITS = 16  # of SHA-256: two submissions that differ share them once in 2^64
# This number changes when the same homework would get other grades. Then all rows are out of date.
EDITION = 5
SUFFIXES = (".py", ".ipynb")
TASK_DIGITS = 8  # of the task, which a lecturer changes a few times
PIECE = 1 << 20  # bytes read at a time


def fingerprint(handed_in: HandedIn, task: Task) -> str:
    """A text that changes if anything changes that a row of the table depends on.

    Args:
        handed_in: the submission.
        task: what was asked for; the paths in it do not count.

    """
    digest = hashlib.sha256()
    if handed_in.path is None:
        digest.update(b"\0" + handed_in.problem.encode())
    else:
        for path in sorted({handed_in.path, *code_beside(handed_in)}):
            digest.update(b"\0" + _name(path))
            _add(digest, path)
    return task_digest(task) + digest.hexdigest()[:DIGITS]


def task_digest(task: Task) -> str:
    """The beginning of the fingerprints of all submissions of a task.

    Args:
        task: what was asked for; the paths in it do not count.

    """
    facts = [part.facts() for part in task.parts]
    digest = hashlib.sha256(repr((EDITION, facts, task.files)).encode())
    for part in task.parts:
        for array in (part.how.inputs, part.how.targets):
            digest.update(b"" if array is None else array.tobytes())
        if part.how.adapter is not None:
            digest.update(b"\0adapter")
            _add(digest, part.how.adapter)
        if isinstance(part.reference, Solution):
            digest.update(b"\0solution")
            _add(digest, part.reference.path)
    for path in task.provided:
        digest.update(b"\0provided" + _name(path))
        _add(digest, path)
    return digest.hexdigest()[:TASK_DIGITS]


def _name(path: Path) -> bytes:
    return path.name.encode("utf-8", "surrogateescape")


def _add(digest: "hashlib._Hash", path: Path) -> None:
    """Add what a file holds; one that cannot be read adds nothing: the check itself reports it."""
    try:
        if path.is_file():
            with path.open("rb") as stream:
                while piece := stream.read(PIECE):
                    digest.update(piece)
    except OSError:
        return


def code_beside(handed_in: HandedIn) -> list[Path]:
    """In a folder, the other code in it: the homework may import it."""
    if handed_in.folder is None:
        return []
    return list(_code_in(handed_in.folder))


def _code_in(folder: Path) -> Iterator[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return
    for each in inside:
        if each.name.startswith("."):
            continue
        if each.is_dir():
            if not each.is_symlink() and each.name not in PASSED_OVER:
                yield from _code_in(each)
        elif each.suffix.lower() in SUFFIXES:
            yield each
