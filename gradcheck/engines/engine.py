"""What an engine is: something that tells C(w + h e_j) - C(w) for many j.

An engine answers one question, ``cost_changes``: by how much does the cost change when each of
these entries of that array is moved, alone, by each of these offsets?
"""

import math
from collections.abc import Callable, Sequence
from typing import Protocol

from array_api_compat import device

from nets.arrays import Array, HostArray, array_namespace
from nets.errors import BadInput

__all__ = [
    "CostFunction",
    "Engine",
    "Offset",
    "Progress",
    "displacements",
    "expect_finite",
    "flat_entries",
    "steps_for",
]

Offset = float | complex

# C as a function of all parameter arrays: a number, or a 0-dimensional array of any library.
CostFunction = Callable[[Sequence[Array]], Array]


Progress = Callable[[int], None]


class Engine(Protocol):
    """Something that evaluates the cost with one parameter moved."""

    name: str
    base_cost: float
    evaluations: int

    def cost_changes(
        self, which: int, entries: HostArray, steps: Array, offsets: Sequence[Offset]
    ) -> Array:
        """Move entries of one array, each alone, and tell how the cost changes.

        Args:
            which: the position of the parameter array.
            entries: (n,) positions in the flattened array, on the host.
            steps: (n,) the step h of each entry, where the parameters lie.
            offsets: in units of h; complex ones move the entry off the real line.

        Returns:
            (number of offsets, n): C(w + offset h e_j) - C(w), complex for complex offsets.

        """
        ...


def flat_entries(array: Array, entries: HostArray) -> Array:
    """The values (n,) of an array at positions in its flattened form."""
    xp = array_namespace(array)
    positions = xp.asarray(entries, device=device(array))
    return xp.take(xp.reshape(array, (-1,)), positions)


def expect_finite(cost: float) -> float:
    """The unperturbed cost, if it is a number.

    Raises:
        BadInput: it is not.

    """
    if not math.isfinite(cost):
        raise BadInput(
            f"the cost is {cost} before anything is perturbed; look for NaN or infinity in "
            "inputs, targets and parameters"
        )
    return cost


def steps_for(values: Array, epsilon: float | Array) -> Array:
    """The step h for each parameter value: epsilon, scaled by max(1, |w|)."""
    xp = array_namespace(values)
    return epsilon * xp.maximum(xp.abs(values), 1.0)


def displacements(values: Array, steps: Array, offsets: Sequence[Offset]) -> Array:
    """How far each of n values really moves: (w + offset h) - w in floating point.

    Returns:
        (number of offsets, n), complex if an offset is.

    Raises:
        BadInput: some parameter does not move at all.

    """
    xp = array_namespace(values)
    imaginary = any(isinstance(offset, complex) for offset in offsets)
    dtype = xp.complex128 if imaginary else values.dtype
    times = xp.asarray(list(offsets), dtype=dtype, device=device(values))
    moved = (values + times[:, None] * steps) - values
    if not imaginary and bool(xp.any(moved == 0.0)):
        lost = int(xp.argmin(xp.min(xp.abs(moved), axis=0)))
        raise BadInput(
            f"epsilon is too small: w = {float(values[lost]):.6g} does not move by a step of "
            f"{float(steps[lost]):.3g}; take one above {2.0**-52:.1e}, better the default"
        )
    return moved
