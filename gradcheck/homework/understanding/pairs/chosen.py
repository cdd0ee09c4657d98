"""A pair of functions and the way of calling it that is meant."""

from dataclasses import dataclass

from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.understanding.pairs.part import PairRead

__all__ = ["Chosen"]


@dataclass(frozen=True)
class Chosen:
    """A pair as it is checked.

    Attributes:
        read: how it is called.
        left_out: what is wrong with it besides.

    """

    read: PairRead
    left_out: tuple[LeftOut, ...] = ()
