"""The limits on a student's code: seconds for a call, seconds in all, bytes of memory."""

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True)
class Limits:
    """What a student's code may take.

    Attributes:
        call_seconds: for any one call of it.
        total_seconds: for all calls together; None for any time.
        memory: bytes, beyond those that Python and NumPy take.
        watch_memory: whether our side must watch the memory, as the system sets no limit.
        stop: the process is ended as soon as this is set.

    """

    call_seconds: float = 60.0
    total_seconds: float | None = None
    memory: int = 1_000_000_000
    watch_memory: bool = sys.platform != "linux"
    stop: threading.Event | None = None

    def broken(
        self,
        running: str,
        call_seconds: float,
        total_seconds: float,
        memory: Callable[[], int],
    ) -> str | None:
        """A line about the limit that was broken; None if none was.

        Args:
            running: the call that is running, such as ``backprop(x, y)``.
            call_seconds: since it was last heard of.
            total_seconds: since the student's code began to run.
            memory: gives the bytes that it takes; called only if it must be watched.

        """
        if self.stop is not None and self.stop.is_set():
            return "The check was stopped"
        if call_seconds > self.call_seconds:
            return (
                f"{running} took longer than {self.call_seconds:g} seconds and was stopped (an "
                "endless loop?); use --timeout to allow more"
            )
        if self.total_seconds is not None and total_seconds > self.total_seconds:
            return (
                f"The class took longer than {self.total_seconds:g} seconds in all and was stopped "
                f"during {running}; use --timeout to allow more"
            )
        if self.watch_memory and memory() > self.memory:
            return (
                f"{running} used more than {self.memory / 1e6:,.0f} MB of memory and was stopped; "
                "use --memory to allow more"
            )
        return None
