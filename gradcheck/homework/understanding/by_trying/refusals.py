"""Why code cannot be read: how far an attempt came."""

from collections.abc import Sequence

from gradcheck.homework.student_code import StudentError

__all__ = ["NoGradient", "Unmatched", "most_telling"]


class Unmatched(StudentError):
    """A call worked, but what it gave are no gradients of all arrays."""


class NoGradient(StudentError):
    """Steps were found that are no steps along a gradient: nothing else need be tried."""


def most_telling(errors: Sequence[StudentError]) -> StudentError:
    """The error of the attempt that came the farthest; of equal ones the first.

    Args:
        errors: at least one, in the order of the attempts.

    """
    return max(errors, key=lambda error: isinstance(error, Unmatched))
