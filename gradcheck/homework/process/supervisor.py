"""The process between ours and the student's: it ends all that the student's code started.

A student's code may start processes and leave them. ``supervise`` splits the new Python process in
two before any of that code runs. The copy goes on and becomes the student's process. The first one,
the supervisor, waits. When the student's process has ended, or when our process closes the lifeline
(its death closes it too), the supervisor ends all processes that are left, reports how many there
were, and exits.

On Linux processes whose parent has ended become children of the supervisor, so it finds them all.
On other systems it finds those that descend from the student's process while that still runs.
"""

import contextlib
import ctypes
import json
import os
import select
import signal
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

__all__ = ["REPORT_ENDED", "REPORT_LEFT", "supervise"]

# The keys of the two lines that the supervisor reports.
REPORT_ENDED, REPORT_LEFT = "ended", "left"
PR_SET_CHILD_SUBREAPER = 36  # from Linux's prctl.h
# Seconds. A process that starts others faster than they are ended would keep this process busy for
# ever.
ENDING_SECONDS = 10.0
PAUSE_SECONDS = 0.005  # between two rounds of killing: what was killed takes a moment to end


def supervise(report: int = -1, lifeline: int = -1) -> None:
    """Return in a copy of this process; this one itself never returns.

    On Windows it returns at once: there a job object does the same.

    Args:
        report: a file descriptor that a JSON line is written to when the copy has ended, and one
            when everything that it left has.
        lifeline: a file descriptor that ends when everything is to be ended.

    """
    if sys.platform == "win32":
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    ended, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    copy = os.fork()
    if copy == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for descriptor in (report, lifeline, ended, waker):
            os.close(descriptor)
        os.setsid()  # what it does to its group does not reach this process
        return
    _close_streams()
    status = _wait_for(copy, ended, lifeline)
    _tell(report, REPORT_ENDED, status)
    _tell(report, REPORT_LEFT, _end_the_rest(copy, is_running=status is None))
    os._exit(0)


def _close_streams() -> None:
    """Close the pipes here, so that they end when the student's process ends."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


def _tell(report: int, key: str, value: int | None) -> None:
    with contextlib.suppress(OSError):  # nobody listens any more
        os.write(report, json.dumps({key: value}).encode("ascii") + b"\n")


def _wait_for(copy: int, ended: int, lifeline: int) -> int | None:
    """The exit code of the copy, -N for signal N; None if the lifeline ended first."""
    while True:
        ready, _, _ = select.select([ended, lifeline], [], [])
        if ended in ready:
            os.read(ended, 4096)
        codes, _ = _reaped()
        if copy in codes:
            return codes[copy]
        if lifeline in ready:
            return None


def _reaped() -> tuple[dict[int, int], bool]:
    """The exit codes of the children that have ended, and whether there are others."""
    codes: dict[int, int] = {}
    try:
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return codes, True
            codes[pid] = os.waitstatus_to_exitcode(status)
    except ChildProcessError:
        return codes, False


def _end_the_rest(copy: int, *, is_running: bool) -> int:
    """End everything that was started.

    Args:
        copy: the student's process.
        is_running: whether it still runs.

    Returns:
        How many processes were ended, the copy not counted.

    """
    if sys.platform == "linux":
        if is_running:
            os.kill(copy, signal.SIGKILL)
            os.waitpid(copy, 0)
        # What it has left are children of this process now.
        if not _reaped()[1]:
            return 0
    import psutil

    found: set[int] = set()
    until = time.monotonic() + ENDING_SECONDS
    while time.monotonic() < until:
        running = _everything_started(copy)
        found.update(each.pid for each in running if each.pid != copy)
        for each in running:
            with contextlib.suppress(psutil.Error):
                each.kill()
        if not _reaped()[1] and not running:
            break
        time.sleep(PAUSE_SECONDS)
    return len(found)


def _everything_started(copy: int) -> "list[psutil.Process]":
    """All processes below this one that run, and outside Linux those of the copy's session."""
    import psutil

    found = {each.pid: each for each in psutil.Process().children(recursive=True)}
    if sys.platform != "linux":
        for pid in psutil.pids():
            with contextlib.suppress(OSError, psutil.Error):
                if os.getsid(pid) == copy:
                    found[pid] = psutil.Process(pid)
    return [each for each in found.values() if _is_running(each)]


def _is_running(process: "psutil.Process") -> bool:
    import psutil

    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False
