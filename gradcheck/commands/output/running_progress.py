"""How far a grading has come: which submissions are being checked, and for how long already."""

from collections.abc import Sequence

from gradcheck.commands.output.progress import Progress
from gradcheck.homework.student_text import printable

__all__ = ["RunningProgress"]

# More names than these do not fit into a line beside the bar, ...
MOST_NAMES = 2
# ... and names with more characters are cut.
LONGEST_NAME = 16
# Seconds. What runs for less is not named: its name would flash.
WORTH_A_NAME = 1.0


class RunningProgress:
    """A ``Progress`` of submissions.

    Attributes:
        finished: how many have their rows.

    """

    def __init__(self, count: int) -> None:
        """Begin; there are ``count`` submissions."""
        self.finished = 0
        self._progress = Progress("grading", count, f"of {count:,}")

    def show(self, running: Sequence[tuple[str, float]]) -> None:
        """Show what runs.

        Args:
            running: the names of what is being checked and the seconds since each was begun, the
                longest first.

        """
        self._progress(self.finished, running_text(running))

    def clear(self) -> None:
        """Wipe the bar away, so that a row can be written."""
        self._progress.clear()

    def __enter__(self) -> "RunningProgress":
        self._progress.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.__exit__(*error)


def running_text(running: Sequence[tuple[str, float]]) -> str:
    """What is being checked, in a few words.

    >>> running_text([("alice.py", 12.3), ("bob.py", 3.4), ("carol.py", 2.0), ("dave.py", 0.1)])
    'grading alice.py (12 s), bob.py (3 s), 1 more'
    >>> running_text([("alice.py", 0.2)])
    'grading'
    """
    long = [(name, seconds) for name, seconds in running if seconds >= WORTH_A_NAME]
    named = [f"{_short(name)} ({seconds:.0f} s)" for name, seconds in long[:MOST_NAMES]]
    if len(long) > MOST_NAMES:
        named.append(f"{len(long) - MOST_NAMES} more")
    return " ".join(["grading", ", ".join(named)]).rstrip()


def _short(name: str) -> str:
    """The end of a name, and nothing that a terminal could take for a command."""
    plain = printable(name)
    return plain if len(plain) <= LONGEST_NAME else f"...{plain[3 - LONGEST_NAME :]}"
