"""Whether things hold the same numbers: arrays, and lists, dicts and objects of them."""

import copy
from collections.abc import Mapping
from typing import Any

import numpy as np

from nets.arrays import Array, to_numpy

__all__ = ["deep_copy", "hold_the_same", "largest_size", "near"]

# Two results are the same if they differ by less than this part of the largest entry: other memory
# may mean another order of additions, and the sums may be in float32, where 1e-6 is 16 roundings.
SAME = 1e-6


def deep_copy(value: Any) -> Any:
    """A deep copy; the thing itself if it cannot be copied, which then counts as unchanged."""
    try:
        return copy.deepcopy(value)
    except Exception:  # whatever a student's object raises
        return value


def hold_the_same(one: Any, other: Any) -> bool:
    """Whether two things hold the same numbers: arrays, and lists, dicts and objects of them."""
    if one is other:
        return True
    if hasattr(one, "shape") and hasattr(one, "dtype"):
        if not hasattr(other, "shape") or tuple(one.shape) != tuple(other.shape):
            return False
        a, b = to_numpy(one), to_numpy(other)
        return bool(np.all((a == b) | ((a != a) & (b != b))))
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(hold_the_same, one, other))
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(
            hold_the_same(one[key], other[key]) for key in one
        )
    if isinstance(one, int | float | complex | str):
        return bool(one == other or (one != one and other != other))
    return hold_the_same(vars(one), vars(other)) if hasattr(one, "__dict__") else True


def largest_size(array: Array) -> float:
    """The largest absolute value in an array of any shape; 0 if it is empty."""
    return float(np.max(np.abs(to_numpy(array)), initial=0.0))


def near(one: Array, other: Array, size: float) -> bool:
    """Whether two arrays are the same but for rounding; NaN equals NaN.

    Args:
        one: of any shape.
        other: of any shape; arrays of different shapes are not the same.
        size: what differences are small against.

    """
    a, b = to_numpy(one), to_numpy(other)
    if a.shape != b.shape:
        return False
    with np.errstate(invalid="ignore"):
        close = np.abs(a - b) <= SAME * size
    return bool(np.all(close | (a == b) | ((a != a) & (b != b))))
