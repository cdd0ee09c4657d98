"""A process and those that it started: their memory, and how all of them are ended."""

import contextlib
import os
import signal
import subprocess
import sys

__all__ = ["end_group", "end_tree", "resident_memory"]


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
