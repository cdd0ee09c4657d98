"""A gradient that cannot be compared with its array: its shape is another one, or it is missing.

A check of one person's code ends there, with one line that says so. When a class is graded, the
array counts as wrong, and the others are still judged. Its gradient is replaced by an array of NaN.
"""

import numpy as np

from gradcheck.homework.finding import UNUSABLE, Finding
from gradcheck.homework.student_code import StudentError
from nets.arrays import HostArray

__all__ = ["UnusableGradient", "in_its_place", "unusable"]


class UnusableGradient(StudentError):
    """The gradient of one array has another shape than the array, or is missing."""


def in_its_place(shape: tuple[int, ...]) -> HostArray:
    """What stands for a gradient that cannot be used: no slope agrees with it.

    >>> in_its_place((2,))
    array([nan, nan])
    """
    return np.full(shape, np.nan)


def unusable(lines: list[str]) -> list[Finding]:
    """A finding for each gradient that cannot be used.

    Args:
        lines: say which one and why, without a full stop.

    """
    return [Finding(UNUSABLE, f"{line}.") for line in lines]
