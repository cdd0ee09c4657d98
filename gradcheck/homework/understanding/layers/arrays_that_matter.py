"""The arrays of a layer that its output depends on: each is moved, and the output is compared."""

import copy
from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.arrays_inside import (
    ArrayAt,
    arrays_in_object,
    put,
    value_at,
)
from gradcheck.homework.understanding.layers.calls import LayerCalls
from nets.arrays import HostArray

__all__ = ["arrays_that_matter"]

# How far arrays are moved to find out whether the output depends on them.
MOVED = 0.1


def arrays_that_matter(after: Any, calls: LayerCalls, x: HostArray) -> list[ArrayAt]:
    """The arrays that change the output if they are moved.

    Args:
        after: the object, after a forward pass.
        calls: of the layer.
        x: the input, of any shape.

    Raises:
        StudentError: the output does not even depend on the input.

    """
    generator = np.random.default_rng(7)
    start = copy.deepcopy(after)
    for each in arrays_in_object(start):
        if not np.any(each.array):
            # After weights of 0, no other array would seem to matter.
            put(start, each, MOVED * generator.standard_normal(each.array.shape))
    found = []
    before = _output_of(start, calls, x)
    other = x + MOVED * np.cos(np.arange(x.size)).reshape(x.shape)
    if before is not None and _same(before, _output_of(start, calls, other)):
        raise StudentError(f"The output of {calls.name} does not depend on an input {x.shape}")
    for each in arrays_in_object(start):
        own = copy.deepcopy(start)
        put(own, each, each.array + MOVED * generator.uniform(0.5, 1.5, each.array.shape))
        moved = _output_of(own, calls, x)
        if before is not None and moved is not None and not np.array_equal(before, moved):
            found.append(_in(after, each))
    return found


def _in(own: Any, where: ArrayAt) -> ArrayAt:
    """The same place in another object."""
    return ArrayAt(where.paths, np.asarray(value_at(own, where.paths[0])))


def _output_of(own: Any, calls: LayerCalls, x: HostArray) -> HostArray | None:
    try:
        output = calls.forward(copy.deepcopy(own), x)[0]
        return np.array(output)
    except (StudentError, TypeError, ValueError):
        return None


def _same(one: HostArray, other: HostArray | None) -> bool:
    return other is not None and np.array_equal(one, other)
