"""The gradient that arrives from downstream, for code that ends in an output and not in a cost."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nets.arrays import HostArray

__all__ = ["alone", "arriving_gradient", "cost_of_output"]


def arriving_gradient(shape: Sequence[int], seed: int) -> HostArray:
    """A random gradient of a cost with respect to an output of this shape.

    It is never all ones: for ones the gradient of batch norm with respect to its input is 0, and a
    wrong one would not show.

    >>> arriving_gradient((2, 3), 0).shape
    (2, 3)
    """
    return np.random.default_rng([seed, 2]).standard_normal(tuple(shape))


def alone(arriving: HostArray, position: int) -> HostArray:
    """The same gradient, in its shape, with 0 in all entries but that at a flat position.

    >>> alone(np.array([[1.0, 2.0], [3.0, 4.0]]), 2).tolist()
    [[0.0, 0.0], [3.0, 0.0]]
    """
    single = np.zeros_like(arriving)
    single.flat[position] = arriving.flat[position]
    return single


def cost_of_output(output: Any, arriving: HostArray) -> Any:
    """The cost sum(output * arriving), whose gradient with respect to the output is ``arriving``.

    Args:
        output: as the student's code returned it, real or complex, in the shape of ``arriving``.
        arriving: see ``arriving_gradient``.

    >>> float(cost_of_output(np.array([1.0, 2.0]), np.array([3.0, -1.0])))
    1.0
    """
    return np.sum(np.asarray(output) * arriving)
