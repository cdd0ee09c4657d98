"""What a report says of a change that mends the code: the mistake, the line, old and new code."""

from dataclasses import dataclass

from gradcheck.homework.repairs.repair import CAUSES

__all__ = ["Found"]


@dataclass(frozen=True)
class Found:
    """A change that mends the code.

    Attributes:
        cause: the mistake, a name in ``CAUSES``.
        file: the name of the file.
        line: in it.
        old: the code there.
        new: the code that mends it.
        mended: the positions of the arrays whose gradients it makes right.
        is_right_elsewhere: whether other parts that run this code are right with it too.

    """

    cause: str
    file: str
    line: int
    old: str
    new: str
    mended: tuple[int, ...]
    is_right_elsewhere: bool = True

    @property
    def says(self) -> str:
        """The mistake, a sentence."""
        return CAUSES[self.cause]
