"""A process for code that nobody here wrote, with limits on its time and memory.

It protects against accidents: an endless loop, a crash, a memory hog. It is no protection against
malice: the code runs with all the rights of whoever starts it.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, cast

from gradcheck.homework.messages import read_message, write_message
from gradcheck.homework.source import StudentError

__all__ = ["Child", "Limits"]

POLL_SECONDS = 0.1
KEPT_OUTPUT = 4000
START_SECONDS = 300.0
STARTING = "starting Python"
# This gradcheck and no other that may be installed; then its folder goes from the path again.
START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from gradcheck.homework.session import main; "
    "sys.path.pop(0); main()"
)
# One thread for each matrix product, no window for a figure, the same order of sets every time.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "PYTHONHASHSEED": "0",
    "PYTHONIOENCODING": "utf-8:backslashreplace",
}


@dataclass(frozen=True)
class Limits:
    """What a student's code may take.

    Attributes:
        call_seconds: the longest that one call of it may take.
        total_seconds: the longest that all may take together, or None.
        memory: bytes, beside those that Python and NumPy take.
        watch_memory: whether the parent looks after the memory, where the system does not.
        stop: once it is set, whatever runs is ended.

    """

    call_seconds: float = 60.0
    total_seconds: float | None = None
    memory: int = 1_000_000_000
    watch_memory: bool = sys.platform != "linux"
    stop: threading.Event | None = None


class Child:
    """A child process that answers one question after the other; use it in a ``with`` block."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        """Start it.

        Args:
            folder: where it runs.
            limits: on its time and memory.

        Raises:
            StudentError: (as do all methods) it died, hung or wanted too much.

        """
        # Until the student's code is reached, Python may take its time.
        self._limits = replace(limits, call_seconds=START_SECONDS, total_seconds=None)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-u", "-c", START, str(Path(__file__).parent.parent)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={**os.environ, **ENVIRONMENT},
            # Ctrl-C is for the parent, which then ends its children.
            start_new_session=True,
        )
        self._messages: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._begun = self._heard = time.monotonic()
        self._phase = STARTING
        self._output = bytearray()
        self._output_size = 0
        self._sent = 0
        self.costs = 0
        self._readers = [
            threading.Thread(target=self._receive, daemon=True),
            threading.Thread(target=self._collect, daemon=True),
        ]
        for reader in self._readers:
            reader.start()
        self._resident = sys.maxsize
        try:
            self.send({"memory": None if limits.watch_memory else limits.memory})
            self.receive()
        except BaseException:
            self.close()
            raise
        self._limits = limits
        self._begun = time.monotonic()
        self._resident = self._memory()

    def send(self, message: dict[str, Any]) -> None:
        """Ask something; the answer comes with ``receive``."""
        self._heard = time.monotonic()
        self._sent += 1
        try:
            write_message(cast(BinaryIO, self._process.stdin), {**message, "number": self._sent})
        except OSError as error:
            raise self._died() from error

    def receive(self, tick: Callable[[], None] = lambda: None) -> dict[str, Any]:
        """The answer to what was sent.

        Args:
            tick: called now and then while waiting.

        Raises:
            StudentError: what the student's code did instead of answering.

        """
        gone = False
        while True:
            tick()
            self._expect_within_limits()
            try:
                message = self._messages.get(timeout=POLL_SECONDS)
            except queue.Empty:
                # What it has left behind may hold its pipe open. The last message may be on its
                # way, so it is given one more turn.
                if gone:
                    raise self._died() from None
                gone = self._process.poll() is not None
                continue
            if message is None:
                raise self._died()
            if message.get("number") != self._sent:
                continue  # a copy of the process, by os.fork, gave an answer of its own before
            if "failed" in message:
                raise StudentError(str(message["failed"]), str(message.get("traceback", "")))
            return message

    @property
    def output(self) -> str:
        """The beginning of what the student's code printed."""
        return self._output.decode("utf-8", "replace")

    @property
    def output_size(self) -> int:
        """How many bytes it printed."""
        return self._output_size

    def _receive(self) -> None:
        stream = cast(BinaryIO, self._process.stdout)
        try:
            while (message := read_message(stream)) is not None:
                self._heard = time.monotonic()
                if "phase" in message:
                    self._phase = str(message["phase"])
                elif set(message) == {"costs"}:
                    self.costs = int(message["costs"])
                else:
                    self.costs = int(message.get("costs", self.costs))
                    self._messages.put(message)
        except (ValueError, TypeError, OSError):
            pass  # something else wrote there, or the pipe is closed
        self._messages.put(None)
        # To close it while the process still writes there would be to end that.
        with contextlib.suppress(ValueError, OSError):
            while os.read(stream.fileno(), 1 << 16):
                pass
        stream.close()

    def _collect(self) -> None:
        stream = cast(BinaryIO, self._process.stderr)
        try:
            while piece := os.read(stream.fileno(), 1 << 16):
                self._output_size += len(piece)
                self._output += piece[: max(0, KEPT_OUTPUT - len(self._output))]
        except (ValueError, OSError):
            pass
        stream.close()

    def _expect_within_limits(self) -> None:
        now, limits = time.monotonic(), self._limits
        if limits.stop is not None and limits.stop.is_set():
            raise self._stopped("it was stopped")
        if now - self._heard > limits.call_seconds:
            raise self._stopped(
                f"{self._phase} took longer than {limits.call_seconds:g} seconds and was stopped "
                "(an endless loop?); --timeout allows more"
            )
        if limits.total_seconds is not None and now - self._begun > limits.total_seconds:
            raise self._stopped(
                f"it took longer than {limits.total_seconds:g} seconds in all, and was stopped in "
                f"{self._phase}; --timeout allows more"
            )
        if limits.watch_memory and self._memory() - self._resident > limits.memory:
            raise self._stopped(
                f"{self._phase} took more than {limits.memory / 1e6:,.0f} MB of memory and was "
                "stopped; --memory allows more"
            )

    def _memory(self) -> int:
        import psutil

        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def _stopped(self, line: str) -> StudentError:
        self.end()
        return StudentError(line)

    def _died(self) -> StudentError:
        """What to say of a process that is gone, or that closed its pipe."""
        try:
            code = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return self._stopped(f"{self._phase} cut the connection to gradcheck")
        self._end_group()
        self._readers[1].join(timeout=1.0)
        if code < 0:
            try:
                name = signal.Signals(-code).name
            except ValueError:
                name = f"signal {-code}"
            return StudentError(f"{self._phase} crashed its Python process ({name})")
        if self._phase == STARTING:
            last = (self.output.strip().splitlines() or ["it said nothing"])[-1]
            return StudentError(f"no child process could be started: {last}")
        return StudentError(
            f"{self._phase} ended its Python process with exit code {code} (os._exit or a crash)"
        )

    def end(self) -> None:
        """End the process, and those that it started."""
        import psutil

        try:
            family = psutil.Process(self._process.pid).children(recursive=True)
        except psutil.Error:
            family = []
        for each in family:
            with contextlib.suppress(psutil.Error):
                each.kill()
        if self._process.returncode is None:
            self._end_group()
            self._process.kill()
            self._process.wait()

    def _end_group(self) -> None:
        """End what it started and is no longer its child, where there are groups of processes."""
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process and let go of its pipes."""
        self.end()
        # Each closes its pipe itself: one that got away may hold the other end, and whoever
        # closes a pipe that is being read waits for it.
        for reader in self._readers:
            reader.join(timeout=1.0)
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
