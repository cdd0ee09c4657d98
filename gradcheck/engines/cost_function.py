"""What a cost function returns: one number, and the same one each time."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from array_api_compat import device

from gradcheck.engines.engine import CostFunction
from gradcheck.engines.libraries import for_arithmetic, on_host
from gradcheck.show.numbers import differing_texts, scientific
from nets.arrays import Array, array_namespace, is_complex, is_masked
from nets.errors import BadInput, in_one_line

__all__ = [
    "UNDEFINED",
    "expect_steady",
    "gathered_costs",
    "kept_number",
    "one_number",
    "own_copy",
    "real_number",
]

# In a list of costs, this is one that is not defined: the step has led out of the cost's domain.
UNDEFINED = math.nan


def one_number(cost: Array) -> Array:
    """Check that a cost function returned one number, and return it.

    Args:
        cost: what came back, of any type: a number, or an array of shape ().

    Raises:
        BadInput: it is not a number, or it is an array with an axis.

    """
    shape = getattr(cost, "shape", None)
    shape = shape if isinstance(shape, tuple) else None
    if shape is None and (isinstance(cost, bool) or not isinstance(cost, int | float | complex)):
        raise BadInput(_not_a_number(cost, "is there a return statement?"))
    if shape:
        raise BadInput(
            f"the cost has shape {tuple(shape)}; it should be one number: sum it, or average it"
        )
    if shape is not None and not _holds_a_number(cost):
        dtype = getattr(cost, "dtype", "unknown")
        raise BadInput(_not_a_number(cost, f"its dtype is {dtype}"))
    return cost


def _not_a_number(cost: object, remark: str) -> str:
    return (
        f"the cost function returned {in_one_line(cost)}, a {type(cost).__name__}; it should "
        f"return one number ({remark})"
    )


def _holds_a_number(cost: Any) -> bool:
    """Whether something with a shape is an array or a NumPy number, neither masked nor a bool."""
    if is_masked(cost):
        return False
    if isinstance(cost, np.ndarray | np.generic):
        return cost.dtype.kind in "iufc"
    try:
        return bool(array_namespace(cost).isdtype(cost.dtype, "numeric"))
    except (TypeError, AttributeError):
        return False


def own_copy(cost: Array) -> Array:
    """A copy of a cost, of shape (): it stays the same if the function writes to its array again.

    An array of NumPy, PyTorch or JAX becomes a NumPy number.
    """
    if isinstance(cost, int | float | complex | np.generic):
        return cost
    cost = for_arithmetic(cost)
    return (
        cost[()] if isinstance(cost, np.ndarray) else array_namespace(cost).asarray(cost, copy=True)
    )


def kept_number(cost: Array) -> Array:
    """The cost of a moved entry, of shape (): checked, a copy, and no integer.

    Raises:
        BadInput: it is not one number.

    """
    if type(cost) is np.float64 or type(cost) is float:  # a shortcut: most costs are
        return cost
    cost = own_copy(one_number(cost))
    if isinstance(cost, int | np.integer):  # differences of unsigned integers would be wrong
        try:
            return float(cost)
        except OverflowError:
            return UNDEFINED
    return cost


def real_number(cost: Array) -> float:
    """The cost of real parameters, a number or of shape (), as a Python float.

    Raises:
        BadInput: it is complex, or larger than a float can be, or holds no number to read.

    """
    if _is_complex_number(cost):
        raise BadInput(
            f"the cost of real parameters is complex, {cost}; it should be real: return its real "
            "part, or its abs"
        )
    try:
        return float(own_copy(cost))
    except OverflowError as error:
        raise BadInput(
            "the cost is larger than a float can be; make it smaller, or divide it by a constant"
        ) from error
    except (TypeError, RuntimeError) as error:  # such as a tensor of PyTorch without data
        reason = in_one_line(error)
        raise BadInput(
            f"the cost is a {type(cost).__name__} that cannot be read ({reason}); it should be one "
            "number"
        ) from error


def _is_complex_number(cost: Array) -> bool:
    """Whether a number, or an array of any shape, is complex."""
    if isinstance(cost, np.ndarray | np.generic):
        return cost.dtype.kind == "c"
    return isinstance(cost, complex) or (hasattr(cost, "dtype") and is_complex(cost))


def expect_steady(
    cost: CostFunction, parameters: Sequence[Array], nondeterminism: float = 0.0
) -> float:
    """Check that a cost function gives the same number twice and does not change its arrays.

    Args:
        cost: the cost function; it is called twice.
        parameters: its arrays, of any shapes; it is given copies of them.
        nondeterminism: the two numbers may differ by this much.

    Returns:
        How much they differ.

    Raises:
        BadInput: it is random, keeps state, or changes the arrays that it is given.

    """
    given = [array_namespace(array).asarray(array, copy=True) for array in parameters]
    first = real_number(one_number(cost(given)))
    second = real_number(one_number(cost(given)))
    for position, (array, before) in enumerate(zip(given, parameters, strict=True)):
        xp = array_namespace(array)
        # NaN differs from itself; the engine reports it when it evaluates the cost.
        if not bool(xp.all((array == before) | (before != before))):
            raise BadInput(
                f"the cost function changes array {position} that it is given; let it work on a "
                "copy"
            )
    difference = abs(first - second)
    if math.isfinite(difference) and difference > nondeterminism:
        one, other = differing_texts(first, second, style="g")
        allowed = f" nondeterminism allows only {nondeterminism:g}." if nondeterminism else ""
        raise BadInput(
            f"the cost function gave {one} and then {other} for the same parameters: a difference "
            f"of {scientific(difference)}.{allowed} Make it the same each time (no dropout, a "
            "fixed seed, no state); if it cannot be, give a larger number as nondeterminism"
        )
    return difference


def gathered_costs(costs: Sequence[Array], like: Array) -> Array:
    """Costs as one array.

    Args:
        costs: n numbers, or n 0-dimensional arrays.
        like: an array of the library and the device that the result should have; complex if the
            costs should be.

    Returns:
        (n,). A complex cost where it should be real counts as ``UNDEFINED``: a step has led out of
        the cost's domain, as with the root of a negative number.

    Raises:
        BadInput: the costs are real but should be complex.

    """
    defined = [cost for cost in costs if cost is not UNDEFINED]
    if not is_complex(like):
        costs = [UNDEFINED if _is_complex_number(cost) else cost for cost in costs]
    elif defined and not any(map(_is_complex_number, defined)):
        raise BadInput(
            "the cost of a complex parameter came out real, so the complex step cannot be used; "
            "use the scheme central"
        )
    return _in_one_array(costs, like)


def _in_one_array(costs: Sequence[Array], like: Array) -> Array:
    """Real or complex costs as one array (n,), of the library and on the device of another."""
    xp = array_namespace(like)
    arrays = [cost for cost in costs if not isinstance(cost, int | float | complex | np.number)]
    if any(array_namespace(array) is not xp for array in arrays):
        costs = [
            cost if isinstance(cost, int | float | complex) else on_host(cost) for cost in costs
        ]
        arrays = []
    if not arrays:
        gathered = xp.asarray(np.asarray(costs), device=device(like))
    else:
        # NaN stands where the cost is undefined, and some costs may not depend on the array.
        dtype = like.dtype if is_complex(like) else arrays[0].dtype
        gathered = xp.stack(
            [
                xp.astype(cost, dtype)
                if hasattr(cost, "shape") and not isinstance(cost, np.generic)
                else xp.asarray(cost, dtype=dtype, device=device(like))
                for cost in costs
            ]
        )
    return xp.astype(gathered, like.dtype) if is_complex(like) else gathered
