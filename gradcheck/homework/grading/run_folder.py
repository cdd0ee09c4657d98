"""The folder in which a run keeps its copies of submissions."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gradcheck.homework.grading.copy_submission import remove_folder

__all__ = ["run_folder"]

# The folder of a run is called so, then its process number, then something random.
PREFIX = "gradcheck-grade-"


@contextmanager
def run_folder(keep: Path | None) -> Iterator[Path]:
    """The folder for all copies: one to keep, or one that is removed in the end."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    _remove_what_was_left()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        remove_folder(folder)


def _remove_what_was_left() -> None:
    """Remove the folders of runs that were killed before they could do it."""
    import psutil

    for each in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        number = each.name.removeprefix(PREFIX).partition("-")[0]
        with contextlib.suppress(OSError):
            own = sys.platform == "win32" or each.stat().st_uid == os.getuid()
            if own and number.isdecimal() and not psutil.pid_exists(int(number)):
                remove_folder(each)
