"""A process and those that it started: their memory, and how all of them are ended."""

import contextlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from nets.errors import BadInput

if TYPE_CHECKING:
    import psutil

__all__ = ["end_group", "end_marked", "end_tree", "expect_processes", "tree_memory"]

# Python in WebAssembly: in a browser (Pyodide), or in a WASI runtime. It cannot start a process.
WITHOUT_PROCESSES = ("emscripten", "wasi")


def expect_processes() -> None:
    """Check that a process can be started and watched, before there is one.

    Raises:
        BadInput: Python runs in a browser, or psutil is not installed.

    """
    if sys.platform in WITHOUT_PROCESSES:
        raise BadInput(
            "code from a file runs in a process of its own, and a browser cannot start one; "
            "install Python and gradcheck on a computer, or check your functions here with "
            "gradcheck.check_gradients"
        )
    try:
        import psutil  # noqa: F401
    except ImportError as error:
        raise BadInput(
            "psutil is not installed, and without it nobody watches the process of a student's "
            "class; install it with: pip install psutil"
        ) from error


def tree_memory(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """What a process and those that it started occupy.

    Returns:
        Bytes of memory, and how many processes there are. Both are 0 if it has ended. On Linux a
        page that several of them share is counted once.

    """
    import psutil

    try:
        own = psutil.Process(process.pid)
        family = [own, *own.children(recursive=True)]
    except psutil.Error:
        return 0, 0
    size, count = 0, 0
    for each in family:
        with contextlib.suppress(psutil.Error):
            size += _share_of_memory(each) if len(family) > 1 else each.memory_info().rss
            count += 1
    return size, count


def _share_of_memory(process: "psutil.Process") -> int:
    """The bytes of a process; of pages that it shares with others only its share."""
    if sys.platform == "linux":
        import psutil

        with contextlib.suppress(psutil.AccessDenied):
            return int(process.memory_full_info().pss)
    return int(process.memory_info().rss)


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process, and those that it started."""
    import psutil

    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        family = []
    for each in family:
        with contextlib.suppress(psutil.Error):
            each.kill()
    if process.returncode is None:
        end_group(process)
        process.kill()
        process.wait()


def end_marked(name: str, value: str) -> int:
    """End the processes with a variable of this value in their environment; how many there were.

    Args:
        name: of the variable.
        value: that no other process has.

    """
    import psutil

    ended = 0
    for each in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if each.environ().get(name) == value:
                each.kill()
                ended += 1
    return ended


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a process started and then left alone, on systems with groups of processes.

    The process must have been started with ``start_new_session=True``.
    """
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
