"""How far apart two gradients are, as a number from 0 to 1."""

import math

import numpy as np

from nets.arrays import HostArray

__all__ = ["norm_ratio"]


def norm_ratio(one: HostArray, other: HostArray) -> float:
    """How far apart two gradients of one shape are: |a - n| / (|a| + |n|), and 0 where both are 0.

    >>> norm_ratio(np.array([3.0, 4.0]), np.array([3.0, 4.0]))
    0.0
    """
    largest = max(float(np.max(np.abs(each), initial=0.0)) for each in (one, other))
    if math.isfinite(largest):
        # Squares of very large and very small numbers overflow and vanish.
        scale = 2.0 ** (math.frexp(largest)[1] - 1)
        one, other = one / scale, other / scale
    size = float(np.linalg.norm(one) + np.linalg.norm(other))
    return float(np.linalg.norm(one - other)) / size if size else 0.0
