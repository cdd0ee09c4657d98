"""Why code cannot be read: how much of it an attempt understood."""

import re
from collections.abc import Sequence

from gradcheck.homework.student_code import StudentError

__all__ = ["NoGradient", "NothingCalled", "Unmatched", "most_telling"]


# NumPy's messages about shapes and targets that do not fit.
SHAPES = re.compile(r"shapes? .*(aligned|mismatch|broadcast)|mismatch in its core|used as indices")


class Unmatched(StudentError):
    """A call worked, but it did not give gradients of all arrays."""


class NothingCalled(StudentError):
    """There is nothing to call; the errors of other attempts say more."""


class NoGradient(StudentError):
    """Steps were found, but not along a gradient: no other attempt is needed."""


def most_telling(errors: Sequence[StudentError]) -> StudentError:
    """The error of the attempt that understood the most; of equal ones the first.

    An error about shapes says the least: the code may not take examples in that form.

    Args:
        errors: at least one, in the order of the attempts.

    """
    return max(errors, key=_farness)


def _farness(error: StudentError) -> int:
    if isinstance(error, NothingCalled):
        return 0
    if isinstance(error, Unmatched):
        return 3
    return 1 if SHAPES.search(error.line) else 2
