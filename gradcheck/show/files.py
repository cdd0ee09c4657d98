"""Files that are written whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from nets.errors import BadInput

__all__ = ["expect_writable", "write_whole"]


def expect_writable(path: Path) -> None:
    """See that a file can be written there, before the work whose result it is to hold.

    Raises:
        BadInput: its folder is missing or may not be written to, or it is a folder itself.

    """
    folder = path.parent
    try:
        possible = not path.is_dir() and folder.is_dir() and os.access(folder, os.W_OK)
    except OSError:  # a name too long, a folder that may not be searched
        possible = False
    if not possible:
        raise BadInput(f"{path} cannot be written; give a file in a folder that you may write to")


def _umask() -> int:
    """What this process takes from the permissions of its files; it can only be read by setting."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let a file be written beside its place, and put it there once it is whole.

    Args:
        path: where it is to be.
        write: writes a file at the path that it is given, which ends like the other.

    Raises:
        BadInput: it cannot be written.

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
