"""Where one submission runs: a copy of it, with its own home, temporary and cache folders."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gradcheck.homework.process.isolation import Isolation

__all__ = ["Workplace"]

# The variables of our environment that a process of a student's code gets: what Python, its
# libraries and the system need. Other variables may hold passwords.
KEPT = frozenset(
    (
        *("PATH", "LANG", "LANGUAGE", "TZ", "USER", "LOGNAME", "USERNAME", "VIRTUAL_ENV"),
        *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "NUMBER_OF_PROCESSORS"),
        *("PROCESSOR_ARCHITECTURE", "CONDA_PREFIX"),
    )
)
KEPT_BEGINNINGS = ("LC_", "PYTHON", "LD_", "DYLD_", "OPENBLAS_", "MKL_")


@dataclass(frozen=True)
class Workplace:
    """The folders of one submission's own, all in one.

    Attributes:
        root: the folder that holds them.
        isolation: keeps the code from everything else; None where there is none.
        readable: files and folders outside that the code may read under isolation.

    """

    root: Path
    isolation: Isolation | None = None
    readable: tuple[Path, ...] = field(default=())

    @property
    def homework(self) -> Path:
        """What was handed in."""
        return self.root / "homework"

    @property
    def home(self) -> Path:
        """The home folder."""
        return self.root / "home"

    @property
    def temporary(self) -> Path:
        """The folder for temporary files."""
        return self.root / "tmp"

    @property
    def cache(self) -> Path:
        """The folder for caches."""
        return self.root / "cache"

    def make_folders(self) -> None:
        """Make the folders, empty."""
        for folder in (self.homework, self.home, self.temporary, self.cache):
            folder.mkdir(parents=True)

    def environment(self, ours: Mapping[str, str] = os.environ) -> dict[str, str]:
        """The environment of the process: what is needed of ours, and these folders.

        Args:
            ours: the variables of our own process.

        """
        kept = {
            name: value
            for name, value in ours.items()
            if name.upper() in KEPT or name.upper().startswith(KEPT_BEGINNINGS)
        }
        home, temporary, cache = map(str, (self.home, self.temporary, self.cache))
        return {
            **kept,
            **dict.fromkeys(("HOME", "USERPROFILE"), home),
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary),
            **dict.fromkeys(("XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA"), cache),
            **dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "IPYTHONDIR"), home),
            "MPLCONFIGDIR": str(self.cache / "matplotlib"),
        }

    def command(self, command: list[str]) -> list[str]:
        """The command that runs another command here: isolated, where that is asked for."""
        if self.isolation is None:
            return command
        return [*self.isolation.command(self.root, self.readable), *command]
