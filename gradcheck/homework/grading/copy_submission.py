"""A copy of one submission in folders of its own."""

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradcheck.homework.grading.file_changes import State, changes_of, listed, state_of
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.grading.homework_file import (
    ARCHIVE,
    PASSED_OVER,
    file_in,
    name_remark,
    name_text,
)
from gradcheck.homework.grading.unpack import MOST_BYTES, MOST_FILES, unpack
from gradcheck.homework.process.workplace import Workplace
from gradcheck.homework.student_code import StudentError

__all__ = [
    "Copied",
    "copy_submission",
    "expect_size",
    "files_to_copy",
    "remove_folder",
    "unreadable_submission",
]

# Python takes seconds, and 100 times its memory, for a file of this size. Students write 20 kB.
MOST_SOURCE = 5_000_000
# Pictures make notebooks large.
MOST_NOTEBOOK = 64_000_000
FONTS = "fontlist-*.json"  # what matplotlib knows of the fonts; finding them again takes seconds


@dataclass(frozen=True)
class Copied:
    """A submission in its workplace.

    Attributes:
        path: of the file to check.
        workplace: that it is in.
        remarks: on what was left out.
        before: each file of the workplace, with its size and time.

    """

    path: Path
    workplace: Workplace
    remarks: tuple[str, ...]
    before: State

    def changes(self) -> list[str]:
        """Remarks on the files that were written, changed and deleted since."""
        return changes_of(self.before, state_of(self.workplace.root))


def copy_submission(
    each: HandedIn, workplace: Workplace, files: Sequence[str] = (), provided: Sequence[Path] = ()
) -> Copied:
    """Copy a submission into a workplace, which is made.

    Args:
        each: the submission; it has a path.
        workplace: its folders do not exist yet.
        files: patterns of the file names that count, in an archive.
        provided: files of the lecturer's, copied beside it; they replace files of the same name.

    Raises:
        StudentError: it vanished, cannot be read, is too large, or holds no homework.

    """
    assert each.path is not None
    workplace.make_folders()
    try:
        if each.path.suffix.lower() == ARCHIVE:
            folder = workplace.homework
            remarks = unpack(each.path, folder)
            path = _file_unpacked(folder, files, name_text(each.path.name))
            remarks = [*remarks, *filter(None, [name_remark(path, files)])]
        elif each.folder is not None:
            remarks = _copy_folder(each.folder, workplace.homework)
            path = workplace.homework / each.path.relative_to(each.folder)
        else:
            remarks = []
            path = workplace.homework / name_text(each.path.name)
            expect_size(each.path)
            shutil.copyfile(each.path, path)
        expect_size(path)
        for more in provided:
            shutil.copyfile(more, path.parent / more.name)
    except OSError as error:
        raise unreadable_submission(each.path, error) from error
    _bring_fonts(path, workplace)
    return Copied(path, workplace, tuple(remarks), state_of(workplace.root))


def unreadable_submission(path: Path, error: OSError) -> StudentError:
    """The error to raise for a submission, with the path of its file, that cannot be read."""
    name = name_text(path.name)
    if not path.exists():
        return StudentError(f"{name} is gone: it was there when the grading began")
    return StudentError(f"{name} cannot be read: {error.strerror or error}")


def remove_folder(folder: Path) -> None:
    """Remove a folder and all that is in it, also what cannot be written to."""

    def mend(function: object, path: str, error: object) -> None:
        with contextlib.suppress(OSError):
            for each in (Path(path).parent, Path(path)):
                if not each.is_symlink():
                    each.chmod(stat.S_IRWXU)
            shutil.rmtree(path, ignore_errors=True)
            Path(path).unlink(missing_ok=True)

    shutil.rmtree(folder, onerror=mend)
    shutil.rmtree(folder, ignore_errors=True)


def _file_unpacked(folder: Path, files: Sequence[str], name: str) -> Path:
    """The file to check in an archive that was unpacked; it may all lie in one folder there."""
    while True:
        path, problem = file_in(folder, files)
        if path is not None:
            return path
        inside = list(folder.iterdir())
        if len(inside) != 1 or not inside[0].is_dir():
            raise StudentError(problem.replace(folder.name, name, 1))
        folder = inside[0]


def files_to_copy(folder: Path) -> tuple[list[tuple[Path, Path]], list[str]]:
    """The regular files of a folder, each with its path inside it, and remarks on what is left out.

    Links out of the folder are left out, and what is no file.

    Raises:
        StudentError: there are too many files, or they are too large.

    """
    home = folder.resolve()
    found: list[tuple[Path, Path]] = []
    left_out: list[str] = []
    size = 0
    for path, inside in _walk(folder):
        # Path.resolve raises RuntimeError where links lead to each other; realpath does not.
        target_of = Path(os.path.realpath(path))
        if not target_of.is_relative_to(home) or not path.is_file():
            left_out.append(name_text(str(inside)))
            continue
        found.append((path, inside))
        size += path.stat().st_size
        if len(found) > MOST_FILES or size > MOST_BYTES:
            raise StudentError(
                f"{name_text(folder.name)} holds more than {MOST_BYTES / 1e6:,.0f} MB or "
                f"{MOST_FILES:,} files; hand in the code without data"
            )
    if not left_out:
        return found, []
    said = f"Left out, since they lead out of the folder or are no files: {listed(left_out)}."
    return found, [said]


def _copy_folder(folder: Path, target: Path) -> list[str]:
    """Copy the regular files of a folder; remarks on what is left out."""
    found, remarks = files_to_copy(folder)
    for path, inside in found:
        (target / inside).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / inside)
    return remarks


def _walk(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Everything in a folder but folders, each with its path inside it."""
    for where, folders, names in os.walk(folder):
        links = [each for each in folders if (Path(where) / each).is_symlink()]
        folders[:] = sorted(
            each
            for each in folders
            if each not in links
            and each not in PASSED_OVER
            and not each.startswith((".", "__pycache__"))
        )
        for name in sorted([*names, *links]):
            path = Path(where) / name
            yield path, path.relative_to(folder)


def expect_size(path: Path) -> None:
    """Check that a file is as small as students write them; an archive may be as large as a folder.

    Raises:
        StudentError: it is larger.

    """
    size = path.stat().st_size
    most = MOST_NOTEBOOK if path.suffix.lower() == ".ipynb" else MOST_SOURCE
    if path.suffix.lower() != ARCHIVE and size > most:
        raise StudentError(
            f"{name_text(path.name)} has {size / 1e6:,.0f} MB; at most {most / 1e6:,.0f} MB are "
            "read. Hand in the code without data"
        )


def _bring_fonts(path: Path, workplace: Workplace) -> None:
    """Copy matplotlib's list of fonts for code that draws: making it anew takes seconds."""
    if b"matplotlib" not in path.read_bytes():
        return
    from matplotlib import font_manager, get_cachedir

    assert font_manager.fontManager is not None  # loaded, it has written the file
    folder = workplace.cache / "matplotlib"
    folder.mkdir()
    with contextlib.suppress(OSError):
        for each in Path(get_cachedir()).glob(FONTS):
            shutil.copyfile(each, folder / each.name)
