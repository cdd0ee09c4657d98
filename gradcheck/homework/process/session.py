"""What runs in the process of a student's class: it answers the questions of the other process.

Standard output and standard error both become the pipe for what the student's code prints, and
standard input is empty. The messages have file descriptors of their own, which the student's code
does not know. That protects against accidents: code that means harm can find them.
"""

import contextlib
import os
import queue
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.engines.one_by_one import OneByOne
from gradcheck.homework.process.facts_message import facts_message
from gradcheck.homework.process.memory_limit import limit_memory
from gradcheck.homework.process.messages import packed, read_message, unpacked, write_message
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.student_text import one_line
from gradcheck.homework.understanding.student_cost import StudentCost
from gradcheck.homework.understanding.understand import UnderstoodClass, understand_class
from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["Session", "main"]

# How often a long run of costs gives a sign of life: often enough for a line of progress.
BEAT_SECONDS = 0.2


class Session:
    """The answers about one student's class: it is opened, then costs are asked for."""

    def __init__(self, channel: BinaryIO) -> None:
        """Nothing is loaded yet.

        Args:
            channel: where messages are written.

        """
        self._channel = channel
        self._class: UnderstoodClass | None = None
        self._cost: StudentCost | None = None
        self._engine: OneByOne | None = None
        self._costs = 0
        self._last_beat = 0.0

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer to a question; or ``failed``, with the reason in one line.

        Args:
            question: its key ``do`` is ``open`` (load and understand a class), ``begin`` (take
                these parameters and this cost) or ``costs`` (move entries, each alone).

        """
        answers = {"open": self._open, "begin": self._begin, "costs": self._cost_changes}
        try:
            return answers[question["do"]](question)
        except StudentError as error:
            return {"failed": error.line, "traceback": error.traceback}
        except BadInput as error:
            return {"failed": str(error), "traceback": ""}
        except MemoryError:
            line = "The class needed more memory than the limit allows; use --memory to allow more"
            return {"failed": line, "traceback": ""}
        except Exception as error:
            # An object of the student's that is not what it seems, met outside its own code.
            line = f"Something that the class holds or returns cannot be used: {one_line(error)}"
            return {"failed": line, "traceback": ""}

    def _open(self, question: dict[str, Any]) -> dict[str, Any]:
        """Load a class, find out what it means, and compute its gradients."""
        self._class = understand_class(
            Caller(Path(question["path"]), self._announce),
            question["class"],
            list(question["sizes"]),
            question["seed"],
            MiniBatch(unpacked(question["inputs"]), unpacked(question["targets"])),
            question["cost"],
        )
        return facts_message(self._class.facts)

    def _begin(self, question: dict[str, Any]) -> dict[str, Any]:
        """Be ready to move the entries of these parameters, under another cost if one is named."""
        understood = self._expect_open()
        name = question["cost"]
        self._cost = understood.cost if name is None else understood.other_cost(name)
        values = [unpacked(array) for array in question["parameters"]]
        self._engine = OneByOne(self._cost_at, values)
        return {"base_cost": self._engine.base_cost}

    def _cost_changes(self, question: dict[str, Any]) -> dict[str, Any]:
        """By how much the cost changes when entries are moved; see ``Engine.cost_changes``."""
        understood = self._expect_open()
        if self._engine is None:
            raise BadInput("Costs were asked for before there were parameters; send begin first")
        with understood.student.caller.calling("the cost"):
            changes = self._engine.cost_changes(
                question["which"],
                unpacked(question["entries"]),
                unpacked(question["steps"]),
                [
                    complex(*each) if isinstance(each, list) else each
                    for each in question["offsets"]
                ],
            )
        return {"changes": packed(changes), "costs": self._costs}

    def _expect_open(self) -> UnderstoodClass:
        if self._class is None:
            raise BadInput(
                "Something was asked about a class before it was loaded; send open first"
            )
        return self._class

    def _cost_at(self, values: Sequence[HostArray]) -> Any:
        """The cost with these parameters; now and then a sign of life is sent."""
        assert self._class is not None
        assert self._cost is not None
        self._class.student.parameters.place(values)
        cost = self._cost.value()
        self._costs += 1
        now = time.monotonic()
        if now - self._last_beat > BEAT_SECONDS:
            self._last_beat = now
            write_message(self._channel, {"costs": self._costs})
        return cost

    def _announce(self, running: str) -> None:
        write_message(self._channel, {"running": running})


def main() -> None:
    """Answer questions until the other process is gone; the first one sets the memory limit."""
    channel = os.fdopen(os.dup(1), "wb")
    stream = os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    sys.dont_write_bytecode = True  # no __pycache__ in the student's folder
    questions = _questions(stream)
    first = questions.get()
    limit_memory(first["memory"])
    session = Session(channel)
    write_message(channel, {"ready": True, "number": first["number"]})
    while True:
        question = questions.get()
        answer = session.answer(question)
        with contextlib.suppress(Exception):  # the class may have replaced it, or set it to None
            sys.stdout.flush()
        write_message(channel, {**answer, "number": question["number"]})


def _questions(stream: BinaryIO) -> "queue.SimpleQueue[dict[str, Any]]":
    """The questions as they come; this process ends as soon as the other one is gone."""
    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def receive() -> None:
        while (message := read_message(stream)) is not None:
            waiting.put(message)
        os._exit(0)

    threading.Thread(target=receive, daemon=True).start()
    return waiting
