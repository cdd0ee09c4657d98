"""What an operation is: its names, its arrays, and the outputs that are right for it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nets.arrays import HostArray

__all__ = ["Given", "Operation", "Outputs"]

# Two ways to compute an operation differ by rounding, also in float32, and by a guard such as
# log(p + 1e-8). A wrong operation on numbers of size 1 differs by far more.
CLOSE = 1e-4


@dataclass(frozen=True, eq=False)
class Given:
    """What an operation was given, and what a student's function made of it.

    Attributes:
        arrays: by their roles.
        settings: numbers, words and truth values, by name.
        output: of the student's function.

    """

    arrays: Mapping[str, HostArray]
    settings: Mapping[str, Any]
    output: HostArray


# Gives each output that is right; none where too little is known.
Outputs = Callable[[Given], Iterable[HostArray]]


@dataclass(frozen=True)
class Operation:
    """An operation that functions are named after.

    Attributes:
        stem: matches the whole name, without ``forward``, in lower case.
        roles: of its arrays, in the usual order: names in ``ROLES``.
        formula: what it computes, in words of mathematics.
        outputs: see ``Outputs``.
        close: the part of the largest entry by which an output may differ.

    """

    stem: str
    roles: tuple[str, ...]
    formula: str
    outputs: Outputs
    close: float = CLOSE
