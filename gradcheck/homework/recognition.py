"""What a format is: it recognises objects in a student's module, and makes a contract of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.student_code import Caller

__all__ = ["Format", "NotMine", "Recognised", "Sureness", "recognised_classes"]


class Sureness(IntEnum):
    """How sure a format is that an object is of its kind, before the object is tried."""

    POSSIBLE = 1  # something is missing that may turn up when it is tried
    LIKELY = 2  # it has what the format needs, under names that other formats use too
    CERTAIN = 3  # it has all that the format needs, under names of its own
    TOLD = 4  # the user says how it is read; no other format is tried


@dataclass(frozen=True)
class Recognised:
    """An object in a student's module that a format can probably read.

    Attributes:
        name: of the object, as the user may write it after the colon of ``--net FILE:NAME``.
        sureness: how sure the format is.
        open: makes a contract of it; raises ``StudentError`` if that does not work after all.

    """

    name: str
    sureness: Sureness
    open: Callable[[Asked, Caller], Contract]


@dataclass(frozen=True)
class NotMine:
    """Nothing in a module is of this format's kind, and why.

    Attributes:
        line: why not: what was found and what would be needed, without a full stop.
        nearness: how many of the things that the format needs were found; 0 if none was. If no
            format fits, the line of the nearest one is shown.

    """

    line: str
    nearness: int = 0


@dataclass(frozen=True)
class Format:
    """A format that homework comes in.

    Attributes:
        name: of the format, in words, such as ``a class with a dict of parameters``.
        rank: formats with a lower one are tried first, and win where several are equally sure.
            Networks with a cost come first (10 to 49), pieces such as layers after them (50 to
            89), what is read by a file of the user's own last.
        recognise: finds the objects that it can read. If ``asked.name`` is given, only that one.

    """

    name: str
    rank: int
    recognise: Callable[[StudentModule, Asked], Sequence[Recognised] | NotMine]


def recognised_classes(
    classes: Mapping[str, type],
    sureness_of: Callable[[type], Sureness | None],
    open_class: Callable[[type, str, Asked, Caller], Contract],
) -> list[Recognised]:
    """The classes of a format's kind.

    Args:
        classes: to look at, by their names.
        sureness_of: how sure the format is of a class; None if it is of another kind.
        open_class: makes a contract of a class and its name.

    """
    return [
        Recognised(name, sureness, partial(open_class, kind, name))
        for name, kind in classes.items()
        if (sureness := sureness_of(kind)) is not None
    ]
