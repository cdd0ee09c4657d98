"""The table of grades while a class is graded: locked, and written after each row."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from gradcheck.homework.grading.grade_table import Row, read_rows, write_rows
from nets.errors import BadInput

__all__ = ["KeptTable", "locked"]

# On Windows nobody can write a table that a spreadsheet has open. At the end it is tried so often,
# with pauses of so many seconds; then the table goes to another file. Chosen: 2.5 s in all.
TRIES, PAUSE_SECONDS = 5, 0.5
OUTDATED = "outdated"
OF_ANOTHER = "This row was of another assignment or of other options; it is to be graded again."


@dataclass
class KeptTable:
    """The rows of a table of grades, and the file that they are kept in.

    Attributes:
        path: of the file.
        rows: by submission.
        trouble: why the file could not be written the last time; empty if it was.

    """

    path: Path
    rows: dict[str, Row] = field(default_factory=dict)
    trouble: str = ""

    @classmethod
    def read(cls, path: Path) -> "KeptTable":
        """The table in a file; empty if there is no such file.

        Raises:
            BadInput: the file is not a table of grades.

        """
        return cls(path, read_rows(path))

    def outdate(self, digest: str) -> int:
        """Empty the rows that are not of this task, and write the table: how many there are.

        If the run ended before they are graded again, they would look like rows of this task.

        Args:
            digest: of the task.

        Raises:
            BadInput: the table cannot be written.

        """
        old = [row for row in self.rows.values() if not row.hash.startswith(digest)]
        for row in old:
            self.rows[row.submission] = Row(
                row.submission, OUTDATED, error=OF_ANOTHER, added=row.added
            )
        if any(row.verdict != OUTDATED for row in old):
            write_rows(self.path, list(self.rows.values()))
        return len(old)

    def add(self, row: Row) -> str:
        """Keep a row, and write the table.

        Returns:
            Why it could not be written, the first time that this happens; it is tried again with
            the next row. Otherwise an empty text.

        """
        before_it = self.rows.get(row.submission)
        added = () if before_it is None else before_it.added
        self.rows[row.submission] = replace(row, added=added)
        before = self.trouble
        self._write()
        return "" if before else self.trouble

    def finish(self) -> Path | None:
        """Write the table if that is still to be done.

        Returns:
            The other file that it was written to, if its own could not be written; else None.

        Raises:
            BadInput: neither can be written.

        """
        for _ in range(TRIES):
            if not self.trouble:
                return None
            time.sleep(PAUSE_SECONDS)
            self._write()
        if not self.trouble:
            return None
        other = self.path.with_name(f"{self.path.stem}-new{self.path.suffix}")
        write_rows(other, list(self.rows.values()))
        return other

    def _write(self) -> None:
        try:
            write_rows(self.path, list(self.rows.values()))
        except BadInput as error:
            self.trouble = str(error)
        else:
            self.trouble = ""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other runs from a table while this one works on it.

    The system gives the lock back when this process ends, however it ends.

    Args:
        path: of the table.

    Raises:
        BadInput: another run has it.

    """
    lock = path.with_name(f".{path.name}.lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}") from error
    try:
        if not _lock(descriptor) or not _is_the_same(descriptor, lock):
            raise BadInput(
                f"{path} is being written by another gradcheck grade; wait until it has finished, "
                "or give another file"
            )
        try:
            yield
        finally:
            if sys.platform != "win32":  # there a file that is open cannot be removed
                lock.unlink(missing_ok=True)
    finally:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                lock.unlink(missing_ok=True)


def _lock(descriptor: int) -> bool:
    """Take the lock, if nobody has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_the_same(descriptor: int, lock: Path) -> bool:
    """Whether the opened file still exists: another run that ended may have removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), lock.stat())
    except OSError:
        return False
