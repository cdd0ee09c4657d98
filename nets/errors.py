"""The one error for input that cannot be used, and the checks that many files share."""

import math
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from numbers import Integral, Real
from pathlib import Path
from typing import Any

__all__ = [
    "BadInput",
    "did_you_mean",
    "expect_function",
    "expect_one_of",
    "expect_whole",
    "in_one_line",
    "is_number",
    "is_whole",
    "listed",
    "unreadable",
]

# Characters. Longer values are cut in messages, which should be read at a glance.
LONGEST_SHOWN = 60
# How much of a word must be as it was typed, by difflib's ratio: 1 is all of it. A slip of one or
# two letters in a word of eight is above this.
NEAR_WORD = 0.75
# Names in one question. More are no help.
MOST_MEANT = 3


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
        meant = did_you_mean(name, names)
        raise BadInput(
            f"{kind} {in_one_line(name)} is unknown{meant}; use one of {', '.join(names)}"
        )
    return name


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """The known name that is nearest to a misspelt one, for a message; empty if none is near.

    If no whole name is near, the names with a word that is near: words have - between them.

    Args:
        name: what was given.
        known: all names that can be used.

    >>> did_you_mean("rellu", ["relu", "tanh"]), did_you_mean("cosine", ["relu", "tanh"])
    (' (did you mean relu?)', '')
    >>> did_you_mean("signs", ["sign-flipped", "half-missing"])
    ' (did you mean sign-flipped?)'

    """
    if not isinstance(name, str):
        return ""
    names = list(known)
    near = get_close_matches(name, names, 1) or [
        each for each in names if get_close_matches(name, each.split("-"), 1, NEAR_WORD)
    ]
    return f" (did you mean {' or '.join(near)}?)" if 1 <= len(near) <= MOST_MEANT else ""


def listed(name: str, given: object, members: str) -> list[Any]:
    """What was given, as a list.

    Args:
        name: of the argument, in the plural.
        given: what was given.
        members: what it should be a list of.

    Raises:
        BadInput: it cannot be made a list, or it is a string or a dict.

    >>> listed("sizes", (3, 2), "whole numbers")
    [3, 2]

    """
    if not isinstance(given, str | bytes | Mapping):
        try:
            return list(given)  # type: ignore[call-overload, no-any-return]
        except TypeError:
            pass
    raise BadInput(f"the {name} are a {type(given).__name__}; give a list of {members}")


def in_one_line(given: object) -> str:
    """What was given, as a message shows it: in one line, and cut where it is long.

    >>> in_one_line("a name"), in_one_line(2.5)
    ("'a name'", '2.5')

    """
    try:
        shown = " ".join(repr(given).split())
    except ValueError:  # a whole number of more than 4300 digits
        shown = f"a {type(given).__name__}"
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[: LONGEST_SHOWN - 3]}..."


def is_whole(number: object) -> bool:
    """Whether something is a whole number; True and False are not."""
    return isinstance(number, Integral) and not isinstance(number, bool)


def is_number(number: object) -> bool:
    """Whether something is a finite real number that a float can hold; True and False are not."""
    if not isinstance(number, Real) or isinstance(number, bool):
        return False
    try:
        return math.isfinite(number)
    except OverflowError:  # a whole number of more than 308 digits
        return False


def expect_whole(name: str, number: object, least: int) -> None:
    """Check that a number is whole, and no smaller than the least.

    Args:
        name: of the argument.
        number: what was given.
        least: the smallest number that can be used.

    Raises:
        BadInput: it is something else.

    >>> expect_whole("seed", 0, least=0)

    """
    if not is_whole(number) or int(number) < least:  # type: ignore[call-overload]
        raise BadInput(f"{name} is {in_one_line(number)}; give a whole number from {least}")


def expect_function(name: str, given: object, *, optional: bool = False) -> None:
    """Check that an argument is a function.

    Args:
        name: of the argument.
        given: what was given.
        optional: whether None will do as well.

    Raises:
        BadInput: it is something else.

    """
    if not callable(given) and not (optional and given is None):
        raise BadInput(f"{name} is a {type(given).__name__}; give a function")


def unreadable(path: Path, error: OSError) -> BadInput:
    """The error to raise for a file or a folder that the system cannot read.

    >>> unreadable(Path("net.npz"), FileNotFoundError(2, "No such file or directory"))
    BadInput('net.npz cannot be read: No such file or directory')

    """
    in_one = " ".join(str(path).splitlines())  # a name may have a line break in it
    return BadInput(f"{in_one} cannot be read: {error.strerror or error}")
