"""Submissions that mean harm, as texts: nothing here runs unless a test writes it into a file.

Each is the book's class with something before it or in it. What they do is bounded: they start few
processes, write few bytes, and send no signal but 0 to processes that are not their own.
"""

import os
import textwrap
from pathlib import Path

from tests.gradcheck.homework.students import FOLDER

__all__ = ["BOOK", "before", "in_backprop", "reaches"]

BOOK = (FOLDER / "book.py").read_text("utf-8")
BACKPROP = "    def backprop(self, x, y):\n"

# What can be reached, in a file of its own folder. Tracing stops a process whose tracer waits, so
# it is tried only where it must fail.
REACHES = """
import ctypes, json, os, socket

def tried(action):
    try:
        action()
    except BaseException as error:
        return type(error).__name__
    return "reached"

def traced():
    if {trace} and ctypes.CDLL(None).ptrace(0x4206, {grader}, 0, 0) == -1:
        raise OSError

found = {{
    "another submission": tried(lambda: open({other!r}).read()),
    "another submission by a link": tried(
        lambda: (os.symlink({other!r}, "link"), open("link").read())
    ),
    "a file outside": tried(lambda: open({outside!r}, "w").write("x")),
    "the user's home": tried(lambda: os.listdir({home!r})),
    "the network": tried(lambda: socket.create_connection(("127.0.0.1", {port}), 5).close()),
    "a process": tried(lambda: os.kill({grader}, 0)),
    "its memory": tried(lambda: open("/proc/{grader}/mem", "rb").close()),
    "tracing": tried(traced),
    "its own folder": tried(lambda: open("own.txt", "w").write("x")),
}}
json.dump(found, open("found.json", "w"))
"""


def before(code: str) -> str:
    """The book's class, with code that runs when the file is imported."""
    return textwrap.dedent(code) + BOOK


def in_backprop(code: str) -> str:
    """The book's class, with code that runs at the beginning of each backprop."""
    assert BACKPROP in BOOK
    return BOOK.replace(BACKPROP, BACKPROP + textwrap.indent(textwrap.dedent(code), " " * 8))


def reaches(other: Path, outside: Path, home: Path, port: int, *, trace: bool) -> str:
    """The book's class that tries what it can reach, and writes that into ``found.json``.

    Args:
        other: the file of another submission.
        outside: a file that may be written.
        home: of the user.
        port: of this computer, on which somebody listens.
        trace: whether to try to trace this process.

    """
    return before(
        REACHES.format(
            other=str(other),
            outside=str(outside),
            home=str(home),
            port=port,
            grader=os.getpid(),
            trace=trace,
        )
    )
