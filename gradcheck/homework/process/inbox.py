"""What a process writes, received while it runs: its messages, and what the class prints."""

import contextlib
import os
import queue
import threading
import time
from typing import Any, BinaryIO

from gradcheck.homework.process.messages import read_message
from gradcheck.homework.student_text import LONGEST_LINE

__all__ = ["STARTING", "Inbox"]

STARTING = "starting Python"
KEPT_OUTPUT = 4000  # bytes of what the class prints; a report shows the beginning only
MOST_DEEDS = 8  # kept: a report shows no more
PIECE = 1 << 16  # bytes read from a pipe at a time, at most: what a pipe commonly holds


class Inbox:
    """Receives messages and printed text, each in a thread of its own, until the pipes close.

    Attributes:
        running: the call of the student's code that was announced last.
        heard: the time of the last sign of life, by ``time.monotonic``.
        costs: how many costs the process has computed so far.
        output: the beginning of what the class printed.
        output_size: how many bytes it printed in all.
        deeds: what it was seen to do besides computing, in a sentence each.
        ended_in_rubbish: whether the messages ended because the student's code wrote among them.

    """

    def __init__(self, messages: BinaryIO, printed: BinaryIO) -> None:
        """Begin to receive.

        Args:
            messages: the pipe for messages; closed at its end.
            printed: the pipe for what the class prints; closed at its end.

        """
        self.running = STARTING
        self.heard = time.monotonic()
        self.costs = 0
        self.output = bytearray()
        self.output_size = 0
        self.deeds: list[str] = []
        self.ended_in_rubbish = False
        self._answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._receiver = threading.Thread(target=self._receive, args=[messages], daemon=True)
        self._collector = threading.Thread(target=self._collect, args=[printed], daemon=True)
        self._receiver.start()
        self._collector.start()

    def next_answer(self, seconds: float) -> dict[str, Any] | None:
        """The next answer; None at the end of the messages.

        Raises:
            queue.Empty: there was none within so many seconds.

        """
        return self._answers.get(timeout=seconds)

    def wait_for_output(self, seconds: float) -> None:
        """Wait until all that the class printed has arrived, so many seconds at most."""
        self._collector.join(timeout=seconds)

    def wait(self, seconds: float) -> None:
        """Wait until both pipes are closed, so many seconds at most for each.

        Each thread closes its own pipe. Another process may still hold the other end, and to
        close a pipe while a thread reads from it would wait for that process.
        """
        self._receiver.join(timeout=seconds)
        self._collector.join(timeout=seconds)

    def _receive(self, stream: BinaryIO) -> None:
        try:
            while (message := read_message(stream)) is not None:
                self.heard = time.monotonic()
                self._take(message)
        except (ValueError, TypeError):
            self.ended_in_rubbish = True
        except OSError:
            pass  # the pipe is closed
        self._answers.put(None)
        # Read on to the end: to close the pipe now would end a process that still writes there.
        with contextlib.suppress(ValueError, OSError):
            while os.read(stream.fileno(), PIECE):
                pass
        stream.close()

    def _take(self, message: dict[str, Any]) -> None:
        """Note what a message says about the work; keep it if it is an answer."""
        if "running" in message:
            self.running = str(message["running"])
            return
        if "deed" in message:
            if len(self.deeds) < MOST_DEEDS:
                self.deeds.append(str(message["deed"])[:LONGEST_LINE])
            return
        self.costs = int(message.get("costs", self.costs))
        if set(message) != {"costs"}:
            self._answers.put(message)

    def _collect(self, stream: BinaryIO) -> None:
        try:
            while piece := os.read(stream.fileno(), PIECE):
                self.output_size += len(piece)
                self.output += piece[: max(0, KEPT_OUTPUT - len(self.output))]
        except (ValueError, OSError):
            pass  # the pipe is closed
        stream.close()
