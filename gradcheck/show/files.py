"""Files that are written whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from nets.errors import BadInput

__all__ = ["expect_writable", "write_whole"]


def expect_writable(path: Path) -> None:
    """Check that a file can be written, before the work whose result it will hold.

    Raises:
        BadInput: its folder is missing or cannot be written to, the path is a folder, or its name
            is too long.

    """
    if not _can_be_written(path):
        raise BadInput(f"{path} cannot be written; give a file in a folder that you can write to")


def _can_be_written(path: Path) -> bool:
    """Try a file without a name: what permissions say is not always what the system does."""
    try:
        if path.is_dir() or not os.access(path.parent, os.W_OK):
            return False
        with suppress(FileNotFoundError):
            path.stat()  # refuses a name that is too long
        with tempfile.TemporaryFile(dir=path.parent):
            return True
    except OSError:
        return False


def _umask() -> int:
    """The permissions that new files of this process do not get; only setting it returns it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under another name in the same folder, and rename it once it is complete.

    If writing fails, an older file of that name stays as it was.

    Args:
        path: the file.
        write: called with the path to write to, whose name ends like that of the file.

    Raises:
        BadInput: the file cannot be written.

    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        os.close(handle)
        unfinished = Path(name)
        try:
            write(unfinished)
            unfinished.chmod(0o666 & ~_umask())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}") from error
