"""How far apart two gradients are, as a number from 0 to 1."""

import math

import numpy as np

from nets.arrays import HostArray

__all__ = ["norm_ratio"]


def norm_ratio(one: HostArray, other: HostArray) -> float:
    """How far apart two gradients are: |a - n| / (|a| + |n|).

    Args:
        one: a gradient, of any shape.
        other: another one of the same shape.

    Returns:
        From 0 to 1; 0 where both are 0, and NaN where an entry is NaN or infinite.

    >>> norm_ratio(np.array([3.0, 4.0]), np.array([3.0, 4.0]))
    0.0
    """
    if not (np.all(np.isfinite(one)) and np.all(np.isfinite(other))):
        return math.nan
    largest = max(float(np.max(np.abs(each), initial=0.0)) for each in (one, other))
    # Squares of very large numbers overflow, and those of very small ones become 0.
    scale = 2.0 ** (math.frexp(largest)[1] - 1)
    one, other = one / scale, other / scale
    size = float(np.linalg.norm(one) + np.linalg.norm(other))
    return float(np.linalg.norm(one - other)) / size if size else 0.0
