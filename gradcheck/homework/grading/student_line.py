"""The line of the student's file in which a check failed, beside the reason."""

import re

from gradcheck.homework.submission_report import SubmissionReport

__all__ = ["with_line"]

# A frame of a traceback, as Python writes it: the file, and the number of the line.
FRAME = re.compile(r'^\s*File "([^"]+)", line (\d+)', re.MULTILINE)


def with_line(found: SubmissionReport) -> str:
    """Why a check failed, with the innermost line of the student's code that was running.

    Args:
        found: of a check.

    >>> frames = '  File "homework.py", line 3, in f\\n  File "homework.py", line 7, in g\\n'
    >>> with_line(SubmissionReport(None, failure="f(x) raised KeyError", traceback=frames))
    'f(x) raised KeyError (homework.py, line 7)'

    """
    frames = FRAME.findall(found.traceback)
    if not frames:
        return found.failure
    file, number = frames[-1]
    where = f"{file}, line {number}"
    return found.failure if where in found.failure else f"{found.failure} ({where})"
