"""Submissions as bytes, to be graded on a computer that does not have their files."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from gradcheck.homework.grading.copy_submission import (
    expect_size,
    files_to_copy,
    unreadable_submission,
)
from gradcheck.homework.grading.handed_in import HandedIn
from gradcheck.homework.grading.task import PartTask, Task
from gradcheck.homework.solution import Solution
from nets.errors import unreadable

__all__ = ["Parcel", "TaskParcel", "packed", "packed_task"]

# Names of folders in an unpacked task.
ADAPTERS, SOLUTIONS, PROVIDED = "adapters", "solutions", "provided"


@dataclass(frozen=True)
class PackedFile:
    """A file: its path inside a folder, with / between names, and what it holds."""

    inside: str
    content: bytes

    def unpack(self, folder: Path) -> Path:
        """Write the file into a folder."""
        path = folder.joinpath(*PurePosixPath(self.inside).parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content)
        return path


@dataclass(frozen=True)
class Parcel:
    """One submission.

    Attributes:
        each: the submission, with the path of its file inside the parcel.
        digest: its fingerprint.
        files: all that it consists of.

    """

    each: HandedIn
    digest: str
    files: tuple[PackedFile, ...]

    def unpack(self, folder: Path) -> HandedIn:
        """Write the files into a folder; the submission as it is there."""
        for file in self.files:
            file.unpack(folder)
        assert self.each.path is not None
        own = None if self.each.folder is None else folder / self.each.folder
        return replace(self.each, path=folder / self.each.path, folder=own)


@dataclass(frozen=True)
class TaskParcel:
    """What was asked for, with the files that it names.

    Attributes:
        task: with the paths of its files inside the parcel.
        files: the adapters, the lecturer's solutions, and what is put beside each submission.

    """

    task: Task
    files: tuple[PackedFile, ...]

    def unpack(self, folder: Path) -> Task:
        """Write the files into a folder; the task with the paths there."""
        for file in self.files:
            file.unpack(folder)
        return _moved(self.task, folder)


def packed(each: HandedIn, digest: str) -> Parcel:
    """A submission that has a path, with its files.

    Raises:
        StudentError: it vanished, cannot be read, or is too large.

    """
    assert each.path is not None
    try:
        if each.folder is None:
            expect_size(each.path)
            file = PackedFile(each.path.name, each.path.read_bytes())
            return Parcel(replace(each, path=Path(file.inside)), digest, (file,))
        name = Path(each.folder.name)
        found, remarks = files_to_copy(each.folder)
        files = tuple(
            PackedFile((name / inside).as_posix(), path.read_bytes()) for path, inside in found
        )
        path = name / each.path.relative_to(each.folder)
        remarked = replace(each, path=path, folder=name, remarks=tuple(remarks))
        return Parcel(remarked, digest, files)
    except OSError as error:
        raise unreadable_submission(each.path, error) from error


def packed_task(task: Task) -> TaskParcel:
    """What was asked for, with its files.

    Raises:
        BadInput: one of them cannot be read.

    """
    parts, files = [], []
    for number, part in enumerate(task.parts):
        how, reference = part.how, part.reference
        if how.adapter is not None:
            files += _files([how.adapter], f"{ADAPTERS}/{number}")
            how = replace(how, adapter=Path(files[-1].inside))
        if isinstance(reference, Solution):
            files += _files([reference.path], f"{SOLUTIONS}/{number}")
            reference = Solution(Path(files[-1].inside))
        parts.append(replace(part, how=how, reference=reference))
    provided = _files(task.provided, PROVIDED)
    inside = tuple(Path(file.inside) for file in provided)
    task = replace(task, parts=tuple(parts), provided=inside)
    return TaskParcel(task, (*files, *provided))


def _files(paths: Iterable[Path], folder: str) -> list[PackedFile]:
    files = []
    for path in paths:
        try:
            files.append(PackedFile(f"{folder}/{path.name}", path.read_bytes()))
        except OSError as error:
            raise unreadable(path, error) from error
    return files


def _moved(task: Task, folder: Path) -> Task:
    """The task with all its paths in a folder."""

    def moved(part: PartTask) -> PartTask:
        how, reference = part.how, part.reference
        if how.adapter is not None:
            how = replace(how, adapter=folder / how.adapter)
        if isinstance(reference, Solution):
            reference = Solution(folder / reference.path)
        return replace(part, how=how, reference=reference)

    provided = tuple(folder / path for path in task.provided)
    return replace(task, parts=tuple(map(moved, task.parts)), provided=provided)
