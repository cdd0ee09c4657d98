"""Unpack a .zip that a student handed in: not too much, and into its own folder only."""

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from gradcheck.homework.grading.homework_file import name_text
from gradcheck.homework.student_code import StudentError

__all__ = ["MOST_BYTES", "MOST_FILES", "unpack"]

# What a submission may hold: MNIST unpacked is 55 MB. A zip bomb holds a thousand times as much.
MOST_BYTES = 256_000_000
MOST_FILES = 5_000  # a copy of so many takes a few seconds
PIECE = 1 << 16  # bytes written at a time
ENCRYPTED = 0x1  # a bit of a member's flags, from the specification of the format
JUNK = ("__MACOSX", "__pycache__")


def unpack(archive: Path, folder: Path) -> list[str]:
    """Unpack an archive into an empty folder.

    Args:
        archive: a .zip file.
        folder: that exists.

    Returns:
        Remarks on what was left out.

    Raises:
        StudentError: it is no zip, holds too much, or is locked with a password.

    """
    name = name_text(archive.name)
    left_out: list[str] = []
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [each for each in opened.infolist() if not each.is_dir()]
            _expect_not_too_much(name, members)
            room = MOST_BYTES
            for member in members:
                parts = _parts_of(member)
                if parts is None:
                    left_out.append(name_text(member.filename))
                elif not set(parts) & set(JUNK):
                    room -= _write(opened, member, folder.joinpath(*parts), room)
                    if room < 0:
                        raise _too_much(name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise StudentError(f"{name} cannot be unpacked as a zip file: {error}") from error
    except RuntimeError as error:
        raise StudentError(f"{name} is locked with a password; hand it in without one") from error
    if not left_out:
        return []
    are, were = ("is a link", "was") if len(left_out) == 1 else ("are links", "were")
    return [
        f"{len(left_out)} of the files in {name} would lie outside its folder, or {are}, and "
        f"{were} left out: {left_out[0]}."
    ]


def _expect_not_too_much(name: str, members: list[zipfile.ZipInfo]) -> None:
    """Check the sizes that the archive itself states."""
    if len(members) > MOST_FILES:
        raise StudentError(f"{name} holds {len(members):,} files; at most {MOST_FILES:,} are read")
    if sum(each.file_size for each in members) > MOST_BYTES:
        raise _too_much(name)
    if any(each.flag_bits & ENCRYPTED for each in members):
        raise StudentError(f"{name} is locked with a password; hand it in without one")


def _too_much(name: str) -> StudentError:
    return StudentError(
        f"{name} holds more than {MOST_BYTES / 1e6:,.0f} MB when it is unpacked; hand in the code "
        "without data"
    )


def _parts_of(member: zipfile.ZipInfo) -> tuple[str, ...] | None:
    """The folders and the name of a member; None if it is a link or would lie elsewhere."""
    if stat.S_ISLNK(member.external_attr >> 16):
        return None
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in member.filename:
        return None
    return path.parts


def _write(opened: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, room: int) -> int:
    """Write a member to a file; stop soon after there is no more room. How many bytes it has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with opened.open(member) as source, path.open("wb") as target:
        while size <= room and (piece := source.read(PIECE)):
            size += len(piece)
            target.write(piece)
    return size
