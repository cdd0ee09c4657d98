"""Submissions with the same code: each gets a remark that names the others.

Comments, empty lines and docstrings make no difference. Other names of variables do. The remark
does not say why the code is the same: students may all have been given a file, and a short exercise
has one short answer.
"""

import ast
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gradcheck.homework.grading.file_changes import listed
from gradcheck.homework.grading.fingerprint import code_beside
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.loading.source import read_source
from gradcheck.homework.student_code import StudentError

__all__ = ["same_code", "with_same_code"]

SAID = re.compile(r" ?Its code is that of .*?, comments aside\.")
DEFINITIONS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
LARGEST = 1_000_000  # bytes of a file; larger ones hold data


def same_code(handed_in: Sequence[HandedIn], provided: Iterable[Path] = ()) -> dict[str, list[str]]:
    """For each submission whose code others have too, their names.

    Args:
        handed_in: the submissions.
        provided: files of the lecturer's, which do not count as code of a student.

    """
    given = {path.name for path in provided}
    groups: dict[str, list[str]] = {}
    for each in handed_in:
        digest = _digest_of(each, given)
        if digest:
            groups.setdefault(digest, []).append(each.name)
    return {
        name: [other for other in names if other != name]
        for names in groups.values()
        for name in names
        if len(names) > 1
    }


def with_same_code(row: Row, others: Mapping[str, Sequence[str]]) -> Row:
    """A row with the remark on the submissions that have the same code, or without one.

    Args:
        row: which may have such a remark from a former run.
        others: see ``same_code``, by the name of the submission.

    >>> row = with_same_code(Row("ann", "agree", remarks="It printed."), {"ann": ["ben"]})
    >>> row.remarks
    'It printed. Its code is that of ben, comments aside.'
    >>> with_same_code(row, {}).remarks
    'It printed.'

    """
    remarks = SAID.sub("", row.remarks)
    if row.submission in others:
        said = f"Its code is that of {listed(others[row.submission])}, comments aside."
        remarks = f"{remarks} {said}".strip()
    return replace(row, remarks=remarks)


def _digest_of(each: HandedIn, provided: set[str]) -> str:
    """A digest of all the code of a submission; empty if there is none."""
    if each.path is None:
        return ""
    paths = {each.path, *code_beside(each)}
    found = sorted(_plain(path) for path in paths if path.name not in provided)
    return hashlib.sha256(b"\0".join(found)).hexdigest() if any(found) else ""


def _plain(path: Path) -> bytes:
    """The code of a file without comments and layout; for other files all that they hold."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return b""
        try:
            tree = ast.parse(read_source(path).code)
        except (StudentError, SyntaxError, ValueError, RecursionError, MemoryError):
            return b" ".join(path.read_bytes().split())
    except OSError:
        return b""
    for node in ast.walk(tree):
        if isinstance(node, DEFINITIONS) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
    return ast.dump(tree).encode("utf-8", "backslashreplace") if tree.body else b""
