"""The one error that means: what was given cannot be worked with."""

from collections.abc import Iterable

__all__ = ["BadInput", "expect_one_of"]


class BadInput(ValueError):
    """What was given cannot be worked with; the message says what was given and what is wanted.

    It is a ``ValueError``, so that Python callers need not know this class. The commands answer it
    with one line on standard error and exit code 2.
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
