"""The limits on a student's code: seconds for a call, seconds in all, bytes of memory."""

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from gradcheck.homework.student_text import MORE_MEMORY, MORE_TIME

__all__ = ["MOST_PROCESSES", "Limits", "Usage"]

# Processes that a submission may have at the same time. A pool has one for each core; a loop that
# starts processes for ever reaches this in less than a second.
MOST_PROCESSES = 300


@dataclass(frozen=True)
class Usage:
    """What a student's process and all that it started use.

    Attributes:
        memory: bytes, beyond those at its start.
        processes: how many more there are than at its start.

    """

    memory: int
    processes: int


@dataclass(frozen=True)
class Limits:
    """What a student's code may take.

    Attributes:
        call_seconds: for one call of it.
        total_seconds: for all calls together; None for any time.
        memory: bytes, beyond those that Python and NumPy take; for all processes together.
        watch_memory: whether our side must watch the memory of a single process, as the system
            sets no limit. That of several together is always watched.
        stop: the process is ended as soon as this is set.

    """

    call_seconds: float = 60.0
    total_seconds: float | None = None
    memory: int = 1_000_000_000
    watch_memory: bool = sys.platform != "linux"
    stop: threading.Event | None = None

    def less(self, seconds: float) -> "Limits":
        """The same after some seconds: less of the time in all is left, and never less than 0."""
        if self.total_seconds is None:
            return self
        return replace(self, total_seconds=max(0.0, self.total_seconds - seconds))

    def broken(
        self,
        running: str,
        call_seconds: float,
        total_seconds: float,
        usage: Callable[[], Usage | None],
    ) -> str | None:
        """A line about the limit that was broken; None if none was.

        Args:
            running: the call that is running, such as ``backprop(x, y)``.
            call_seconds: since its last sign of life.
            total_seconds: since the student's code began to run.
            usage: gives what it uses; None if that was measured a moment ago.

        """
        if self.stop is not None and self.stop.is_set():
            return "The check was stopped"
        if call_seconds > self.call_seconds:
            return (
                f"{running} took longer than {self.call_seconds:g} seconds and was stopped (an "
                f"endless loop?){MORE_TIME}"
            )
        if self.total_seconds is not None and total_seconds > self.total_seconds:
            return (
                f"The class took longer than {self.total_seconds:g} seconds in all and was stopped "
                f"during {running}{MORE_TIME}"
            )
        used = usage()
        return None if used is None else self._too_much(running, used)

    def _too_much(self, running: str, used: Usage) -> str | None:
        """A line about memory or processes beyond the limit; None if all is within it."""
        if used.processes > MOST_PROCESSES:
            return f"{running} started more than {MOST_PROCESSES} processes and was stopped"
        if used.memory > self.memory and (self.watch_memory or used.processes > 0):
            return (
                f"{running} used more than {self.memory / 1e6:,.0f} MB of memory and was stopped"
                f"{MORE_MEMORY}"
            )
        return None
