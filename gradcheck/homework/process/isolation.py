"""Isolation of a student's code by bubblewrap (``bwrap``), on Linux.

Isolated code has no network and sees no other process. It sees only the files of the system, of
Python and of its own folder. It can write only in its own folder.
"""

import functools
import shutil
import site
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from nets.errors import BadInput

__all__ = ["Isolation", "IsolationState", "find_isolation", "isolation_hiding"]

# What every program may need to read. Those that do not exist are left out.
SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin", "/nix/store", "/gnu/store"),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives"),
    *("/etc/localtime", "/etc/fonts", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf"),
)
SHARED_MEMORY = 64_000_000  # bytes of /dev/shm, which libraries use to share arrays
PROBE_SECONDS = 30.0  # bwrap takes a few milliseconds; a machine under load takes longer
PACKAGES = Path(__file__).parents[3]


@dataclass(frozen=True)
class Isolation:
    """How a command is isolated.

    Attributes:
        program: the path of ``bwrap``.
        hidden: folders that the code must not see, even if they are in Python's own folders.

    """

    program: str
    hidden: tuple[Path, ...] = ()

    def command(self, root: Path, readable: Iterable[Path] = ()) -> list[str]:
        """The beginning of a command line; the command itself follows it.

        Args:
            root: the only folder that can be written to.
            readable: more files and folders that can be read.

        """
        words = [self.program, "--unshare-all", "--unshare-user", "--die-with-parent"]
        words += ["--cap-drop", "ALL", "--hostname", "homework"]
        readable_anyway = [*map(Path, SYSTEM), *python_folders()]
        for path in readable_anyway:
            words += ["--ro-bind-try", str(path), str(path)]
        for folder in self.hidden:
            if any(folder.is_relative_to(each) for each in readable_anyway):
                words += ["--tmpfs", str(folder), "--remount-ro", str(folder)]
        words += ["--proc", "/proc", "--dev", "/dev"]
        words += ["--size", str(SHARED_MEMORY), "--tmpfs", "/dev/shm"]
        words += ["--bind", str(root), str(root)]
        for path in readable:
            words += ["--ro-bind", str(path), str(path)]
        # The folders that bwrap itself made are in memory, and no limit counts what is written
        # there.
        words += ["--remount-ro", "/dev", "--remount-ro", "/"]
        return [*words, "--"]


@dataclass(frozen=True)
class IsolationState:
    """Whether code can be isolated on this computer.

    Attributes:
        isolation: how; None if it cannot be.
        reason: why it cannot be, and what would help, in one line.

    """

    isolation: Isolation | None
    reason: str = ""


@functools.cache
def python_folders() -> tuple[Path, ...]:
    """The folders of Python, its libraries and this project: what an import may read."""
    named = [Path(each) for each in (sys.prefix, sys.exec_prefix, sys.base_prefix)]
    named += [Path(sys.executable).parent, Path(sys.executable).resolve().parent]
    named += [Path(each) for each in (*site.getsitepackages(), site.getusersitepackages())]
    named += [PACKAGES / name for name in ("gradcheck", "nets")]
    both = [path for each in named for path in (each, each.resolve())]
    return tuple(path for path in dict.fromkeys(both) if path.exists() and path != Path("/"))


@functools.cache
def find_isolation() -> IsolationState:
    """Try whether ``bwrap`` is there and works; the answer is kept."""
    if sys.platform != "linux":
        return IsolationState(None, "bubblewrap (bwrap) exists for Linux only")
    program = shutil.which("bwrap")
    if program is None:
        return IsolationState(
            None, "bwrap is not installed; install the package bubblewrap of your Linux"
        )
    isolation = Isolation(program)
    with tempfile.TemporaryDirectory(prefix="gradcheck-") as root:
        command = [*isolation.command(Path(root)), sys.executable, "-I", "-S", "-c", ""]
        try:
            ended = subprocess.run(
                command, capture_output=True, timeout=PROBE_SECONDS, check=False, cwd=root
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return IsolationState(None, f"bwrap does not work here: {error}")
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        return IsolationState(
            None,
            f"bwrap does not work here: {said[-1]}. It needs user namespaces, which this system or "
            "container may forbid",
        )
    return IsolationState(isolation)


def isolation_hiding(
    hidden: tuple[Path, ...], isolate: bool | None, *, where: str = "here"
) -> Isolation | None:
    """How code is isolated; None where it is not.

    Args:
        hidden: folders that the code must not see.
        isolate: whether isolation is demanded (True) or refused (False); None to isolate the code
            if this computer can.
        where: the computer, as an error calls it.

    Raises:
        BadInput: isolation was demanded, and this computer cannot do it.

    """
    if isolate is False:
        return None
    state = find_isolation()
    if state.isolation is None:
        if isolate:
            raise BadInput(f"--isolate is not possible {where}: {state.reason}")
        return None
    return replace(state.isolation, hidden=hidden)
