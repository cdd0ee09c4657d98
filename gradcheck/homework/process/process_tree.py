"""A process and those that it started: their memory, and how all of them are ended."""

import contextlib
import os
import signal
import subprocess
import sys

from nets.errors import BadInput

__all__ = ["end_group", "end_tree", "expect_psutil", "resident_memory"]


def expect_psutil() -> None:
    """Check that psutil is installed, before there is a process to be watched.

    Raises:
        BadInput: it is not.

    """
    try:
        import psutil  # noqa: F401
    except ImportError as error:
        raise BadInput(
            "psutil is not installed, and without it nobody watches the process of a student's "
            "class; install it with: pip install psutil"
        ) from error


def resident_memory(process: subprocess.Popen[bytes]) -> int:
    """The bytes of memory that a process occupies; 0 if it has ended."""
    import psutil

    try:
        return int(psutil.Process(process.pid).memory_info().rss)
    except psutil.Error:
        return 0


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


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a process started and then left alone, on systems with groups of processes.

    The process must have been started with ``start_new_session=True``.
    """
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
