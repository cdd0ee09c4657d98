"""Which file of a submission is the homework, and how names of files are printed."""

import fnmatch
from collections.abc import Sequence
from pathlib import Path

__all__ = [
    "ARCHIVE",
    "FILE",
    "PASSED_OVER",
    "counts",
    "file_in",
    "files_in",
    "name_remark",
    "name_text",
]

FILE = "homework.py"
SUFFIXES = (".py", ".ipynb")
ARCHIVE = ".zip"
FILES_LISTED = 5  # in a message, at most
# Folders that hold no homework, but may hold thousands of files.
PASSED_OVER = ("venv", "env", "node_modules", "site-packages")


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
        found = [each for each in files_in(folder, deep=bool(files)) if counts(each, files)]
    except OSError as error:
        return None, f"{name_text(folder.name)} cannot be read: {error.strerror or error}"
    if files:
        # A name that fits exactly comes before one that fits only with other capital letters.
        found = [each for each in found if not name_remark(each, files)] or found
        # The one that is nearest to the top.
        depth = min((len(each.parts) for each in found), default=0)
        named = [each for each in found if len(each.parts) == depth]
        if len({each.stem for each in named}) == 1:
            return named[-1], ""
        return None, _none_of(folder, " or ".join(files), named or files_in(folder, deep=False))
    same = [each for each in found if each.stem.lower() == Path(FILE).stem]
    named = [each for each in same if not name_remark(each)] or same[-1:]
    if named or len(found) == 1:
        return (named or found)[-1], ""
    return None, _none_of(folder, FILE, found)


def _none_of(folder: Path, needed: str, found: Sequence[Path]) -> str:
    """Why a folder does not hold the one file that is needed."""
    listed = ", ".join(name_text(each.name) for each in found[:FILES_LISTED])
    more = ", ..." if len(found) > FILES_LISTED else ""
    problem = f"{name_text(folder.name)} has no {needed} in it"
    return problem + (f", but {listed}{more}" if found else "")


def files_in(folder: Path, *, deep: bool) -> list[Path]:
    """The regular files in a folder in order, without hidden ones.

    Args:
        folder: where to look.
        deep: whether to look in the folders below it too.

    """
    found: list[Path] = []
    for each in sorted(folder.iterdir()):
        if each.name.startswith((".", "__")):
            continue
        if each.is_file():
            found.append(each)
        elif deep and each.is_dir() and not each.is_symlink() and each.name not in PASSED_OVER:
            found += files_in(each, deep=True)
    return found


def counts(path: Path, files: Sequence[str]) -> bool:
    """Whether a file of this name can be a submission.

    Args:
        path: of the file.
        files: patterns of the names that count, whatever their case; none for all Python files
            and notebooks.

    """
    if files:
        return _fitting(path, files) != ""
    return path.suffix.lower() in SUFFIXES


def name_remark(path: Path, files: Sequence[str] = ()) -> str:
    """A remark on a file whose name has other capital letters than asked for; else nothing.

    >>> name_remark(Path("Homework.py"))
    'Homework.py counts as homework.py.'
    >>> name_remark(Path("homework.py")), name_remark(Path("net.py"))
    ('', '')

    """
    needed = files or (FILE, Path(FILE).with_suffix(".ipynb").name)
    if any(fnmatch.fnmatchcase(path.name, pattern) for pattern in needed):
        return ""
    pattern = _fitting(path, needed)
    return f"{name_text(path.name)} counts as {pattern}." if pattern else ""


def _fitting(path: Path, files: Sequence[str]) -> str:
    """The first pattern that a name fits, whatever its case; empty if there is none."""
    name = path.name.lower()
    return next((each for each in files if fnmatch.fnmatchcase(name, each.lower())), "")
