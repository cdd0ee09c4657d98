"""All entries of a check in a ``.npz`` file, however many there are."""

import contextlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from gradcheck.show.files import write_whole
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.large_array import COLUMNS
from gradcheck.verdicts.report import Report
from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["EntriesFile", "entries_file", "expect_entries_file"]

SUFFIX = ".npz"


def expect_entries_file(path: Path) -> None:
    """Check that the name of a file is one for entries.

    Raises:
        BadInput: it does not end in .npz.

    """
    if path.suffix.lower() != SUFFIX:
        raise BadInput(f"{path} does not end in {SUFFIX}; give a name like entries{SUFFIX}")


@dataclass
class EntriesFile:
    """The entries of a check, on the disk while it runs.

    Attributes:
        path: of the file that is written in the end.
        folder: for the parts meanwhile.

    """

    path: Path
    folder: Path
    _parts: dict[str, list[Path]] = field(default_factory=dict)

    def add(self, part: ArrayReport) -> None:
        """Keep what was found of an array, or of the next stretch of it.

        Raises:
            BadInput: the disk is full.

        """
        parts = self._parts.setdefault(part.name, [])
        file = self.folder / f"{len(self._parts)}-{len(parts)}{SUFFIX}"
        try:
            np.savez(file, **{name: getattr(part, name) for name in COLUMNS})
        except OSError as error:
            raise BadInput(f"{self.path} cannot be written: {error.strerror or error}") from error
        parts.append(file)

    def write(self, report: Report) -> None:
        """Write the file, with the verdicts of the finished report.

        The name of each column is that of its array, a dot, and that of the column, such as
        ``layer 1 weights.backprop``.

        Raises:
            BadInput: it cannot be written.

        """

        def write(file: Path) -> None:
            with zipfile.ZipFile(file, "w", allowZip64=True) as archive:
                for array in report.arrays:
                    for column in COLUMNS:
                        name = f"{array.name}.{column}.npy"
                        with archive.open(name, "w", force_zip64=True) as stream:
                            np.lib.format.write_array(stream, self._column(array, column))

        write_whole(self.path, write)

    def _column(self, array: ArrayReport, column: str) -> HostArray:
        """A column (n,) of all entries of an array."""
        found = np.concatenate([_read(file, column) for file in self._parts[array.name]])
        if column == "verdicts":
            # What was concluded after the measurement, such as a kink of several examples.
            entries = self._column(array, "entries")
            found[np.searchsorted(entries, array.entries)] = array.verdicts
        return found


@contextmanager
def entries_file(path: Path | None) -> Iterator[EntriesFile | None]:
    """A file for the entries of a check; None if none was asked for."""
    if path is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=".gradcheck-"))
    try:
        yield EntriesFile(path, folder)
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(folder)


def _read(file: Path, column: str) -> HostArray:
    with np.load(file) as content:
        read: HostArray = content[column]
    return read
