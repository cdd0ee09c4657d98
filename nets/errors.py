"""The one error for input that cannot be used, and the checks that many files share."""

from collections.abc import Iterable
from pathlib import Path

__all__ = ["BadInput", "expect_one_of", "unreadable"]


class BadInput(ValueError):
    """The input cannot be used; the message says what was given, what is needed, how to mend it.

    It is a ``ValueError``, so Python callers need not know this class. The commands answer it with
    one line on standard error and exit code 2.
    """


def expect_one_of(kind: str, name: object, known: Iterable[str]) -> str:
    """Check that a name is one of those known, and return it.

    Args:
        kind: what the name is for, such as ``activation``.
        name: what was given.
        known: all names that can be used.

    Raises:
        BadInput: the name is none of them.

    >>> expect_one_of("cost", "quadratic", ["quadratic"])
    'quadratic'

    """
    names = list(known)
    if not isinstance(name, str) or name not in names:
        raise BadInput(f"{kind} {name!r} is unknown; take one of {', '.join(names)}")
    return name


def unreadable(path: Path, error: OSError) -> BadInput:
    """The error to raise for a file or a folder that the system cannot read.

    >>> unreadable(Path("net.npz"), FileNotFoundError(2, "No such file or directory"))
    BadInput('net.npz cannot be read: No such file or directory')

    """
    return BadInput(f"{path} cannot be read: {error.strerror or error}")
