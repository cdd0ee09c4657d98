"""Processes that Ctrl-C ends."""

import signal
import subprocess
from collections.abc import Sequence
from typing import Any

__all__ = ["started_for_ctrl_c"]


def started_for_ctrl_c(command: Sequence[str], **how: Any) -> "subprocess.Popen[Any]":
    """Start a process that does not ignore Ctrl-C.

    A shell tells what it runs in the background to ignore it. Where the tests themselves run there,
    their children would inherit that.

    Args:
        command: as for ``subprocess.Popen``.
        how: likewise.

    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(command, **how)
    finally:
        signal.signal(signal.SIGINT, before)
