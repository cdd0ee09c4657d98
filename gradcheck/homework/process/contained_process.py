"""A student's Python process with all that it starts: its memory is watched, and it is ended."""

import contextlib
import json
import os
import secrets
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO, cast

from gradcheck.homework.process.job_object import JobObject
from gradcheck.homework.process.process_tree import end_marked, end_tree, tree_memory
from gradcheck.homework.process.start_python import MARK, start_python
from gradcheck.homework.process.supervisor import REPORT_ENDED, REPORT_LEFT
from gradcheck.homework.process.workplace import Workplace

__all__ = ["ContainedProcess"]

# Seconds for the supervisor to end everything and to exit: more than its own limit for that.
ENDING_SECONDS = 15.0
PIECE = 4096  # bytes of a report read at a time; the whole report is shorter


class ContainedProcess:
    """A process that is started, watched and ended together with all that it starts.

    Attributes:
        left: how many of the processes that it had started still ran when it ended; known after
            ``end``.

    """

    def __init__(self, folder: Path, workplace: Workplace | None) -> None:
        """Start it.

        Args:
            folder: where it runs.
            workplace: its own folders; None for those of the user.

        """
        self.left = 0
        self._report = self._lifeline = -1
        self._text = b""
        self._mark = secrets.token_hex(8)
        self._job: JobObject | None = None
        self._usual = 0  # processes before the student's code runs; with a launcher there are two
        if sys.platform == "win32":
            self._process = start_python(folder, workplace, (), self._mark)
            self._job = JobObject(self._process)
            return
        self._report, report = os.pipe()
        lifeline, self._lifeline = os.pipe()
        try:
            self._process = start_python(folder, workplace, (report, lifeline), self._mark)
        except BaseException:
            os.close(self._report)
            os.close(self._lifeline)
            raise
        finally:
            os.close(report)
            os.close(lifeline)

    @property
    def questions(self) -> BinaryIO:
        """Its standard input."""
        return cast(BinaryIO, self._process.stdin)

    @property
    def messages(self) -> BinaryIO:
        """Its standard output."""
        return cast(BinaryIO, self._process.stdout)

    @property
    def printed(self) -> BinaryIO:
        """Its standard error."""
        return cast(BinaryIO, self._process.stderr)

    def usage(self) -> tuple[int, int]:
        """The bytes of memory that it and all that it started occupy, and how many they are."""
        found = tree_memory(self._process)
        self._usual = self._usual or found[1]
        return found

    def exit_code(self, seconds: float = 0.0) -> int | None:
        """Its exit code, -N for signal N; None if it still runs after so many seconds."""
        if self._report < 0:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return self._process.wait(seconds)
            return None
        self._read_report(seconds, REPORT_ENDED)
        reported = self._reported()
        if REPORT_ENDED in reported:
            return reported[REPORT_ENDED]
        # No report: the supervisor was ended, or never started.
        return self._process.poll()

    def end(self) -> None:
        """End it, and all that it started; count what it had left."""
        if self._job is not None:
            self.left = max(0, self._job.end() - self._usual)
        elif self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1
            self._read_report(ENDING_SECONDS, REPORT_LEFT)
            self.left = self._reported().get(REPORT_LEFT) or 0
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(ENDING_SECONDS)
        end_tree(self._process)
        if self._job is None and REPORT_LEFT not in self._reported():
            # The student's code has ended the supervisor. The processes that it started have a
            # mark.
            self.left += end_marked(MARK, self._mark)
        if self._report >= 0:
            os.close(self._report)
            self._report = -1

    def _read_report(self, seconds: float, key: str) -> None:
        """Read the supervisor's report until a line with this key, or its end."""
        until = time.monotonic() + seconds
        while self._report >= 0 and key not in self._reported():
            left = max(0.0, until - time.monotonic())
            if not select.select([self._report], [], [], left)[0]:
                return
            piece = os.read(self._report, PIECE)
            if not piece:
                return
            self._text += piece

    def _reported(self) -> dict[str, int | None]:
        found: dict[str, int | None] = {}
        for line in self._text.splitlines():
            with contextlib.suppress(ValueError, TypeError):
                found.update(json.loads(line))
        return found
