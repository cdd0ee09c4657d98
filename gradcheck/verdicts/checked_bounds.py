"""Bounds of the parameters, which no step of a check may leave."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from array_api_compat import device

from gradcheck.engines.libraries import for_arithmetic
from gradcheck.engines.one_by_one import Box
from gradcheck.verdicts.packing import Words, matched
from nets.arrays import Array, array_namespace
from nets.errors import BadInput, is_number
from nets.plain_arrays import expect_plain

__all__ = ["Bounds", "boxes_of"]

# The lowest and the highest values: each a number for all parameters, None for no bound, or packed
# like the parameters, with numbers, None, or arrays of the parameters' shapes in it.
Bounds = tuple[Any, Any]


def boxes_of(
    bounds: Bounds | None, parameters: Any, names: Sequence[str], values: Sequence[Array]
) -> list[Box] | None:
    """For each parameter array its lowest and its highest values, each of its shape.

    Args:
        bounds: as they were given; None for no bounds.
        parameters: as they were given, packed.
        names: of the arrays.
        values: the arrays in float64, in the order of the names.

    Raises:
        BadInput: the bounds do not fit the parameters, or a parameter lies outside.

    """
    if bounds is None:
        return None
    if not isinstance(bounds, Sequence) or isinstance(bounds, str | bytes) or len(bounds) != 2:
        raise BadInput(
            f"the bounds are a {type(bounds).__name__}; give a pair, (lowest, highest), in which "
            "None is no bound"
        )
    sides = []
    for bound, word, unbounded in (
        (bounds[0], "lower bound", -np.inf),
        (bounds[1], "upper bound", np.inf),
    ):
        each = matched(parameters, bound, Words(word, f"{word}s"), _serves_all)
        sides.append(
            [
                _bound(f"the {word} of {name}", one, value, unbounded)
                for name, one, value in zip(names, each, values, strict=True)
            ]
        )
    boxes = list(zip(*sides, strict=True))
    for name, value, box in zip(names, values, boxes, strict=True):
        _expect_inside(name, value, box)
    return boxes


def _serves_all(bound: Any) -> bool:
    return bound is None or _is_bound(bound)


def _is_bound(bound: Any) -> bool:
    """Whether it is a number, which may be infinite."""
    return is_number(bound) or (isinstance(bound, float) and np.isinf(bound))


def _bound(name: str, bound: Any, value: Array, unbounded: float) -> Array:
    """A bound of one parameter array, as an array of its shape beside it."""
    xp = array_namespace(value)
    if bound is None:
        return xp.full_like(value, unbounded)
    if _is_bound(bound):
        return xp.full_like(value, float(bound))
    if isinstance(bound, list | tuple):
        try:
            bound = np.asarray(bound)
        except ValueError as error:
            raise BadInput(f"{name} is no array: {error}") from error
    expect_plain(name, bound)
    bound = for_arithmetic(bound)
    if tuple(bound.shape) not in ((), tuple(value.shape)):
        raise BadInput(
            f"{name} has shape {tuple(bound.shape)}; it should be a number, or have shape "
            f"{tuple(value.shape)}"
        )
    if isinstance(bound, np.ndarray):
        bound = xp.asarray(np.asarray(bound, dtype=np.float64), device=device(value))
    try:
        bound = xp.astype(bound, value.dtype) + xp.zeros_like(value)
    except TypeError as error:
        raise BadInput(
            f"{name} belongs to another array library than the parameters; give both as arrays of "
            "one library"
        ) from error
    if bool(xp.any(xp.isnan(bound))):
        raise BadInput(f"{name} contains NaN; give a number, or None for no bound")
    return bound


def _expect_inside(name: str, value: Array, box: Box) -> None:
    """Check that a parameter array lies between its bounds, and that there is room to step."""
    xp = array_namespace(value)
    low, high = box
    wrong = (value < low) | (value > high) | (low >= high)
    if not bool(xp.any(wrong)):
        return
    first = int(xp.argmax(xp.astype(xp.reshape(wrong, (-1,)), xp.int64)))
    number, least, most = (float(xp.reshape(each, (-1,))[first]) for each in (value, low, high))
    if least >= most:
        raise BadInput(
            f"the bounds of {name} are {least!r} and {most!r} at {number!r}, which leaves no room "
            "for a step; give a higher upper bound"
        )
    raise BadInput(
        f"{name} contains {number!r}, which is outside the bounds {least!r} and {most!r}; give "
        "parameters that lie between them"
    )
