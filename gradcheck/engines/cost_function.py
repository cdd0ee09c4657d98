"""What a cost function returns: one number, and the same one each time."""

from collections.abc import Sequence

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import CostFunction
from nets.arrays import Array, array_namespace, is_complex
from nets.errors import BadInput

__all__ = ["expect_steady", "gathered_costs", "one_number", "own_copy", "real_number"]


def one_number(cost: Array) -> Array:
    """Check that a cost function returned one number, and return it.

    Args:
        cost: what came back: of any type.

    Raises:
        BadInput: it is not a number, or it is an array with an axis.

    """
    shape = getattr(cost, "shape", None)
    if shape is None and (isinstance(cost, bool) or not isinstance(cost, int | float | complex)):
        raise BadInput(
            f"the cost function returned {cost!r}, a {type(cost).__name__}; it should return one "
            "number (is there a return statement?)"
        )
    if shape:
        raise BadInput(
            f"the cost has shape {tuple(shape)}; it should be one number: sum it, or average it"
        )
    return cost


def own_copy(cost: Array) -> Array:
    """A copy of a cost, which stays the same even if the function writes to its array again."""
    if isinstance(cost, int | float | complex | np.generic):
        return cost
    return array_namespace(cost).asarray(cost, copy=True)


def real_number(cost: Array) -> float:
    """The cost of real parameters, as a Python float.

    Raises:
        BadInput: it is complex, or larger than a float can be.

    """
    if isinstance(cost, complex | np.complexfloating) or (
        hasattr(cost, "dtype") and is_complex(cost)
    ):
        raise BadInput(
            f"the cost of real parameters is complex, {cost}; it should be real: return its real "
            "part, or its abs"
        )
    try:
        return float(cost)
    except OverflowError as error:
        raise BadInput(
            "the cost is larger than a float can be; make it smaller, or divide it by a constant"
        ) from error


def expect_steady(cost: CostFunction, parameters: Sequence[Array]) -> None:
    """Check that a cost function gives the same number twice and does not change its arrays.

    Args:
        cost: the cost function; it is called twice.
        parameters: its arrays, of any shapes; it is given copies of them.

    Raises:
        BadInput: it is random, keeps state, or changes the arrays that it is given.

    """
    given = [array_namespace(array).asarray(array, copy=True) for array in parameters]
    first = real_number(own_copy(one_number(cost(given))))
    second = real_number(one_number(cost(given)))
    for position, (array, before) in enumerate(zip(given, parameters, strict=True)):
        xp = array_namespace(array)
        # NaN differs from itself; the engine reports it when it evaluates the cost.
        if not bool(xp.all((array == before) | (before != before))):
            raise BadInput(
                f"the cost function changes array {position} that it is given; let it work on a "
                "copy"
            )
    if first != second and np.isfinite(first) and np.isfinite(second):
        raise BadInput(
            f"the cost function gave {first!r} and then {second!r} for the same "
            "parameters; make it the same each time (no dropout, a fixed seed, no state)"
        )


def gathered_costs(costs: list[Array], like: Array) -> Array:
    """Costs as one array.

    Args:
        costs: n numbers, or n 0-dimensional arrays.
        like: an array of the library and the device that the result should have; complex if the
            costs should be.

    Returns:
        (n,).

    Raises:
        BadInput: the costs are real but should be complex.

    """
    xp = array_namespace(like)
    arrays = [cost for cost in costs if not isinstance(cost, int | float | complex | np.number)]
    if arrays and len(arrays) < len(costs):  # NaN stands where the cost raised an error
        one = arrays[0]
        costs = [
            cost
            if hasattr(cost, "shape")
            else xp.asarray(cost, dtype=one.dtype, device=device(one))
            for cost in costs
        ]
    numbers = not arrays
    gathered = xp.asarray(np.asarray(costs), device=device(like)) if numbers else xp.stack(costs)
    if is_complex(like) and not is_complex(gathered):
        raise BadInput(
            "the cost of a complex parameter came out real, so the complex step cannot be used; "
            "take the scheme central"
        )
    return gathered
