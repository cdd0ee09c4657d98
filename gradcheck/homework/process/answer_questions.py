"""The process that a student's class runs in: it answers the questions of the other process.

Standard output and standard error both become the pipe for what the student's code prints, and
standard input is empty. The messages have file descriptors of their own, which the student's code
does not know. That protects against accidents. Malicious code can still find them.
"""

import contextlib
import os
import queue
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

from gradcheck.homework.all_formats import all_formats
from gradcheck.homework.process.deeds import tell_deeds
from gradcheck.homework.process.memory_limit import limit_memory
from gradcheck.homework.process.messages import read_message, write_message
from gradcheck.homework.process.session import Session

__all__ = ["main"]


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
    all_formats()  # loaded now, their files take none of the time and memory of the student's code
    limit_memory(first["memory"])
    session = Session(channel)
    if first["watch"] is not None:
        tell_deeds(
            lambda text: write_message(channel, {"deed": text}),
            Path(first["watch"]),
            isolated=first["isolated"],
        )
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
