"""What an engine is, and the small functions that several engines share.

An engine answers one question, ``cost_changes``: by how much does the cost change when an entry of
a parameter array is moved, alone, by an offset? It answers for many entries and offsets at once.
"""

import math
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from array_api_compat import device, is_numpy_array

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
    "largest_size",
    "scale_floor",
    "steps_for",
    "there",
    "with_entries",
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

# A ratio. Steps are relative to 1 as long as 1 is at most this many times the largest entry of the
# array. Arrays with smaller entries have steps in proportion to their largest entry. Chosen: the
# weights of a layer with n inputs are often drawn with a size of n^(-1/2), which is 1/1000 for a
# million inputs, and C changes with them as with numbers around 1.
LONGEST_REACH = 1024.0
# A part of the largest entry of such an array: no step is wider. The step of (46) is 2^-11 of it
# anyway, and that of the central scheme 2^-5. That of the five-point scheme would be as large as
# the entry itself. Chosen: such a step would change the array too much for a slope.
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
        joins_arrays: whether small arrays are measured and judged together too.

    """

    name: str
    base_cost: float
    most_at_once: int
    joins_arrays: bool

    @property
    def evaluations(self) -> int:
        """See the attributes."""
        ...

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


def there(positions: HostArray, array: Array) -> Array:
    """Positions (n,) on the host, as an array on the device of another array."""
    # On a machine of 32 bits NumPy takes no positions of 64 bits.
    xp = array_namespace(array)
    return xp.asarray(positions.astype(np.intp, copy=False), device=device(array))


def flat_entries(array: Array, entries: HostArray) -> Array:
    """The values (n,) of an array of any shape at positions (n,) in its flattened form."""
    xp = array_namespace(array)
    flat = array if array.ndim == 1 else xp.reshape(array, (-1,))
    return xp.take(flat, there(entries, array))


def with_entries(
    arrays: Sequence[Array], positions: HostArray, values: Sequence[Array]
) -> list[Array]:
    """Copies of arrays (n,) that have other values (m,) each at m of their positions."""
    if is_numpy_array(arrays[0]):
        copies = [array.copy() for array in arrays]
        for copy, others in zip(copies, values, strict=True):
            copy[positions] = others
        return copies
    # The standard sets no items at a list of positions. Instead there is one take, from the old
    # values with the new ones behind them. Only positions pass through the host, once for all.
    n, xp = arrays[0].shape[0], array_namespace(arrays[0])
    source = np.arange(n, dtype=np.intp)
    source[positions] = n + np.arange(len(positions))
    where = there(source, arrays[0])
    pairs = zip(arrays, values, strict=True)
    return [xp.take(xp.concat([array, others]), where) for array, others in pairs]


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


def steps_for(values: Array, epsilon: float | Array, floor: float | Array = 1.0) -> Array:
    """The step h of each parameter value: epsilon times max(|w|, floor).

    Args:
        values: (n,) the parameter values w.
        epsilon: one number for all of them, or (n,).
        floor: smaller entries have steps as if they were of this size; one number, or (n,).

    Returns:
        (n,).

    """
    xp = array_namespace(values)
    return epsilon * xp.maximum(xp.abs(values), floor)


def largest_size(array: Array) -> float:
    """The size of the largest entry of an array of any shape."""
    xp = array_namespace(array)
    return float(xp.max(xp.abs(array)))


def scale_floor(largest: float, epsilon: float) -> float:
    """The scale below which the steps of a parameter array do not shrink with its entries.

    It is 1 for arrays with entries around 1, as in most networks, and for arrays of zeros (or of
    entries below ``SMALLEST_SCALE``). For an array whose largest entry is much smaller than 1 it is
    some multiple of that entry.

    Args:
        largest: the size of the array's largest entry.
        epsilon: the relative step of the scheme.

    """
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
