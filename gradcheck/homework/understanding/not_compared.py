"""Arrays of a network that have a gradient and are not among those that are compared.

A class may keep some of its parameters elsewhere than the others, such as the scales of a
normalisation. A check of the others alone would pass the class whatever it does with these.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradcheck.homework.contract import Part, Values
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.arrays_inside import (
    ArrayAt,
    arrays_in_object,
    put,
    value_at,
)
from gradcheck.homework.understanding.layers.learned_numbers import make_float_arrays
from gradcheck.homework.understanding.layers.where_gradients_are import gradient_place
from nets.arrays import HostArray

__all__ = ["not_compared"]


def not_compared(part: Part, called: Any, costing: Any, seed: int) -> tuple[LeftOut, ...]:
    """What the cost depends on and backward leaves a gradient of, but no array of the part is.

    Args:
        part: the network, as it is read.
        called: the student's object whose backward pass the part calls.
        costing: the object whose cost it computes; it may be the same.
        seed: of the numbers that the arrays receive.

    """
    generator = np.random.default_rng([seed, 12])
    # Numbers of their own, so that the arrays of the part are known wherever they are.
    values = [generator.standard_normal(value.shape) for value in part.values]
    try:
        for own in (called, costing):
            make_float_arrays(own)
        part.claims_at(values)
        found = list(_others(called, values))
        return tuple(
            _left_out(each, part) for each in found if _counts(each, costing, part, values)
        )
    except StudentError:
        return ()  # the same error comes again when the part is checked


def _others(own: Any, values: Values) -> Iterator[ArrayAt]:
    """Other arrays of an object that has a gradient of each."""
    for each in arrays_in_object(own):
        if any(np.array_equal(each.array, value) for value in values):
            continue
        place = gradient_place(own, each)
        if place is not None and np.shape(value_at(own, place)) == each.array.shape:
            yield each


def _counts(array: ArrayAt, costing: Any, part: Part, values: Values) -> bool:
    """Whether the cost changes with an array."""
    try:
        old = np.array(value_at(costing, array.paths[0]))
    except (AttributeError, KeyError, IndexError, TypeError):
        return False
    before = _costs(part, values)
    put(costing, array, old + 0.1 + 0.1 * np.abs(old))
    moved = part.cost.at(values)
    put(costing, array, old)
    return len(before) == 1 and complex(moved) not in before


def _costs(part: Part, values: Sequence[HostArray]) -> set[complex]:
    """The cost, computed twice: it may be drawn at random."""
    return {complex(part.cost.at(values)) for _ in range(2)}


def _left_out(array: ArrayAt, part: Part) -> LeftOut:
    names = ", ".join(each.name for each in part.arrays)
    line = (
        f"the cost depends on it, and {part.backward} leaves its gradient, but only {names} are "
        "compared"
    )
    return LeftOut(array.name, line, is_open=True)
