"""What an engine is, and the small functions that several engines share.

An engine answers one question, ``cost_changes``: by how much does the cost change when an entry of
a parameter array is moved, alone, by an offset? It answers for many entries and offsets at once.
"""

import math
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from array_api_compat import device

from nets.arrays import Array, HostArray, array_namespace
from nets.errors import BadInput

__all__ = [
    "FEW_AT_ONCE",
    "CostFunction",
    "Engine",
    "Offset",
    "Progress",
    "displacements",
    "expect_finite",
    "flat_entries",
    "scale_floor",
    "steps_for",
]

# How far an entry is moved, in units of its step h. A complex offset moves it off the real line.
Offset = float | complex

# Entries. An engine that computes one cost after another has so many judged together. The noise is
# measured for them at a hundred more costs, which is then one in forty.
FEW_AT_ONCE = 2**12

# C as a function of all parameter arrays. It returns a number, or a 0-dimensional array.
CostFunction = Callable[[Sequence[Array]], Array]

# Called now and then with the number of costs evaluated so far.
Progress = Callable[[int], None]

# Steps are relative to 1 as long as the largest entry of an array is above 1/1024: the weights of
# a layer with n inputs are often drawn with a size of n^(-1/2), and C changes with them as with
# numbers around 1. Arrays with smaller entries have steps in proportion to their largest entry, ...
LONGEST_REACH = 1024.0
# ... and no step is wider than this part of it.
WIDEST_PART = 2.0**-4
# An array whose largest entry is below this counts as an array of zeros: steps in proportion to it
# would come near the least number that float64 can hold, 5e-324.
SMALLEST_SCALE = 1e-295


class Engine(Protocol):
    """Something that evaluates the cost with one entry moved.

    Attributes:
        name: what reports call the engine.
        base_cost: C with no entry moved.
        evaluations: how many costs have been evaluated so far.
        most_at_once: how many entries of an array are measured and judged together, at most. What
            is finished is kept if a check is interrupted.

    """

    name: str
    base_cost: float
    evaluations: int
    most_at_once: int

    def cost_changes(
        self, which: int, entries: HostArray, steps: Array, offsets: Sequence[Offset]
    ) -> Array:
        """Move entries of one array, each alone, and measure how the cost changes.

        Args:
            which: the position of the array among all parameter arrays.
            entries: (n,) positions in the flattened array, on the host.
            steps: (n,) the step h of each entry, on the device of the parameters.
            offsets: how far each entry is moved, in units of its h.

        Returns:
            (number of offsets, n): C(w + offset h e_j) - C(w), complex for complex offsets.

        """
        ...


def flat_entries(array: Array, entries: HostArray) -> Array:
    """The values (n,) of an array of any shape at positions (n,) in its flattened form."""
    xp = array_namespace(array)
    # On a machine of 32 bits NumPy takes no positions of 64 bits.
    positions = xp.asarray(np.asarray(entries, dtype=np.intp), device=device(array))
    return xp.take(xp.reshape(array, (-1,)), positions)


def expect_finite(cost: float) -> float:
    """Check that the unperturbed cost is finite, and return it.

    Raises:
        BadInput: it is infinite or NaN.

    """
    if not math.isfinite(cost):
        raise BadInput(
            f"the cost is {cost} before anything is perturbed; look for NaN or infinity in "
            "inputs, targets and parameters"
        )
    return cost


def steps_for(values: Array, epsilon: float | Array, floor: float = 1.0) -> Array:
    """The step h of each parameter value: epsilon times max(|w|, floor).

    Args:
        values: (n,) the parameter values w.
        epsilon: one number for all of them, or (n,).
        floor: smaller entries have steps as if they were of this size.

    Returns:
        (n,).

    """
    xp = array_namespace(values)
    return epsilon * xp.maximum(xp.abs(values), floor)


def scale_floor(array: Array, epsilon: float) -> float:
    """The scale below which the steps of a parameter array do not shrink with its entries.

    It is 1 for arrays with entries around 1, as in most networks, and for arrays of zeros (or of
    entries below ``SMALLEST_SCALE``). For an array whose largest entry is much smaller than 1 it is
    some multiple of that entry.

    Args:
        array: the parameter array, of any shape.
        epsilon: the relative step of the scheme.

    """
    largest = float(array_namespace(array).max(array_namespace(array).abs(array)))
    if largest < SMALLEST_SCALE:
        return 1.0
    return min(1.0, min(LONGEST_REACH, WIDEST_PART / epsilon) * largest)


def displacements(values: Array, steps: Array, offsets: Sequence[Offset]) -> Array:
    """How far each value really moves in floating point: (w + offset h) - w.

    Args:
        values: (n,) the parameter values w.
        steps: (n,) the step h of each value.
        offsets: in units of h.

    Returns:
        (number of offsets, n), complex if one of the offsets is.

    Raises:
        BadInput: a real offset does not move one of the values at all.

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
            f"{float(steps[lost]):.3g}; use an epsilon above {2.0**-52:.1e}, or leave it out"
        )
    return moved
