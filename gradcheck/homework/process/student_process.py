"""Our side of the process that a student's class runs in: questions, answers, limits, its end."""

import contextlib
import queue
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from gradcheck.homework.process.contained_process import ContainedProcess
from gradcheck.homework.process.inbox import STARTING, Inbox
from gradcheck.homework.process.limits import Limits, Usage
from gradcheck.homework.process.messages import write_message
from gradcheck.homework.process.process_tree import expect_processes
from gradcheck.homework.process.workplace import Workplace
from gradcheck.homework.student_code import StudentError, Unread

__all__ = ["StudentProcess"]

# Seconds between two looks at the limits while an answer is awaited. Chosen.
POLL_SECONDS = 0.1
# Seconds between two measurements of the memory of all processes, which take a few milliseconds.
# Chosen.
WATCH_SECONDS = 0.3
# Seconds until the student's code begins: Python and NumPy may load slowly from a network drive.
# Chosen.
START_SECONDS = 300.0
# Seconds to wait for the end of a process that has closed its pipe. On a busy machine it takes a
# moment until the supervisor has seen that end. Chosen.
ENDING_SECONDS = 10.0
# Seconds to wait for the end of a process that has written rubbish: few of them end. Chosen.
RUBBISH_SECONDS = 1.0
# Seconds to wait for the end of a pipe whose process has ended. One that got away may hold it open.
# Chosen.
GRACE_SECONDS = 5.0


class StudentProcess:
    """A process that answers one question after the other; use it in a ``with`` block."""

    def __init__(self, folder: Path, limits: Limits, workplace: Workplace | None = None) -> None:
        """Start it.

        Args:
            folder: where it runs.
            limits: on the time and memory of the student's code.
            workplace: its own folders; None for those of the user.

        Raises:
            StudentError: (as do all methods) it died, hung or took too much.
            BadInput: processes cannot be started or watched here.

        """
        expect_processes()
        self._limits = replace(limits, call_seconds=START_SECONDS, total_seconds=None)
        self._process = ContainedProcess(folder, workplace)
        self._inbox = Inbox(self._process.messages, self._process.printed)
        self._begun = self._asked = self._watched = time.monotonic()
        self._questions = 0
        self._at_start: Usage | None = None
        # Only the code of a submission with folders of its own is reported on.
        watch = None if workplace is None else str(workplace.root)
        isolated = workplace is not None and workplace.isolation is not None
        memory = None if limits.watch_memory else limits.memory
        try:
            self.send({"memory": memory, "watch": watch, "isolated": isolated})
            self.receive()
        except BaseException:
            self.close()
            raise
        self._limits = limits
        self._begun = time.monotonic()
        self._at_start = Usage(*self._process.usage())

    @property
    def costs(self) -> int:
        """How many costs it has computed so far."""
        return self._inbox.costs

    @property
    def output(self) -> str:
        """The beginning of what the student's code printed."""
        return self._inbox.output.decode("utf-8", "replace")

    @property
    def output_size(self) -> int:
        """How many bytes the student's code printed."""
        return self._inbox.output_size

    @property
    def deeds(self) -> tuple[str, ...]:
        """What the student's code did besides computing, as far as it was seen."""
        return tuple(self._inbox.deeds)

    @property
    def left(self) -> int:
        """How many processes it had started that still ran in the end; known after ``close``."""
        return self._process.left

    def send(self, question: dict[str, Any]) -> None:
        """Ask something; ``receive`` gives the answer."""
        self._asked = time.monotonic()
        self._questions += 1
        message = {**question, "number": self._questions}
        try:
            write_message(self._process.questions, message)
        except OSError as error:
            raise self._died() from error

    def receive(self, tick: Callable[[], None] = lambda: None) -> dict[str, Any]:
        """The answer to the last question.

        Args:
            tick: called now and then while waiting.

        Raises:
            StudentError: what the student's code did instead of answering.

        """
        while True:
            answer = self._next_answer(tick)
            # The number of an earlier question: os.fork made a copy of the process, which
            # answered too.
            if answer.get("number") == self._questions:
                break
        if "failed" in answer:
            kind = Unread if answer.get("unread") is True else StudentError
            raise kind(str(answer["failed"]), str(answer.get("traceback", "")))
        return answer

    def _next_answer(self, tick: Callable[[], None]) -> dict[str, Any]:
        """The next answer to any question."""
        ended = False
        while True:
            tick()
            self._expect_within_limits()
            try:
                answer = self._inbox.next_answer(POLL_SECONDS)
            except queue.Empty:
                # A process that it left behind may hold the pipe open; then the pipe never ends.
                # The last answer may still arrive, so we wait once more.
                if ended:
                    raise self._died() from None
                ended = self._process.exit_code() is not None
                continue
            if answer is None:
                raise self._died()
            return answer

    def _expect_within_limits(self) -> None:
        """Check that no limit was broken; end the process if one was."""
        now = time.monotonic()
        line = self._limits.broken(
            self._inbox.running,
            now - max(self._asked, self._inbox.heard),
            now - self._begun,
            self._usage_now,
        )
        if line is not None:
            raise self._stopped(line)

    def _usage_now(self) -> Usage | None:
        """What it uses beyond what Python took at its start; None where that was looked at lately.

        While Python starts there is nothing to look at.
        """
        now = time.monotonic()
        if self._at_start is None or now - self._watched < WATCH_SECONDS:
            return None
        self._watched = now
        memory, processes = self._process.usage()
        return Usage(memory - self._at_start.memory, processes - self._at_start.processes)

    def _stopped(self, line: str) -> StudentError:
        self._process.end()
        return StudentError(line)

    def _died(self) -> StudentError:
        """What happened to a process that has ended, or has closed its pipe."""
        running = self._inbox.running
        is_rubbish = self._inbox.ended_in_rubbish
        code = self._process.exit_code(RUBBISH_SECONDS if is_rubbish else ENDING_SECONDS)
        if code is None:
            return self._stopped(f"{running} closed the connection to gradcheck")
        self._process.end()
        self._inbox.wait_for_output(GRACE_SECONDS)
        if code < 0:
            return StudentError(f"{running} crashed its Python process ({_signal_name(-code)})")
        if running == STARTING:
            last = (self.output.strip().splitlines() or ["it printed nothing"])[-1]
            return StudentError(f"Python could not be started for the class: {last}")
        return StudentError(
            f"{running} ended its Python process with exit code {code} (os._exit or a crash)"
        )

    def __enter__(self) -> "StudentProcess":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process and close its pipes."""
        self._process.end()
        self._inbox.wait(GRACE_SECONDS)
        with contextlib.suppress(OSError):
            self._process.questions.close()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
