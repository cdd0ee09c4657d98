"""What an adapter's ``build`` returned, checked: each mistake in it is one clear line."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedArray
from gradcheck.homework.slots import real_numbers
from gradcheck.homework.student_code import Caller, StudentError, Unread
from gradcheck.homework.understanding.adapted import Adapted
from gradcheck.verdicts.packing import named_arrays, packer
from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["adapted_of"]

NEEDED = ("arrays", "cost", "gradients")
OPTIONAL = ("inputs", "batch_size")


def adapted_of(returned: Any, seed: int, caller: Caller) -> Adapted:
    """Check what an adapter's ``build`` returned.

    Args:
        returned: it should be a dict with ``arrays``, ``cost`` and ``gradients``, and may have
            ``inputs`` (the names of arrays that are inputs) and ``batch_size``.
        seed: of the generators, set before each call.
        caller: guards the calls.

    Raises:
        Unread: something is missing in it, or cannot be used.

    """
    _expect_keys(returned)
    functions = {name: returned[name] for name in ("cost", "gradients")}
    takes = {name: _takes_arrays(name, function) for name, function in functions.items()}
    tree = returned["arrays"]
    try:
        named = named_arrays(tree)
        packer(tree)
    except BadInput as error:
        raise Unread(f"In what build returned as arrays, {error}") from error
    if not named:
        raise Unread(
            "build returned no arrays; give those that the cost depends on, by their names"
        )
    if not all(takes.values()):
        _expect_in_place(named, next(name for name in takes if not takes[name]))
    inputs = _inputs(returned.get("inputs", ()), [name for name, _ in named])
    arrays = tuple(
        NamedArray(name, _float64(name, array), None, name in inputs) for name, array in named
    )
    size = returned.get("batch_size", 1)
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise Unread(f"build returned {size!r} as batch_size; it should be a whole number from 1")
    return Adapted(tree, arrays, functions, takes, size, seed, caller)


def _expect_keys(returned: Any) -> None:
    should = f"it should return a dict with the keys {', '.join(NEEDED)}"
    if not isinstance(returned, Mapping):
        raise Unread(f"build returned an object of type {type(returned).__name__}; {should}")
    if missing := [key for key in NEEDED if key not in returned]:
        keys = ", ".join(map(str, returned)) or "none"
        raise Unread(
            f"build returned a dict without {', '.join(missing)} (its keys: {keys}); {should}"
        )
    if unknown := [str(key) for key in returned if key not in (*NEEDED, *OPTIONAL)]:
        raise Unread(
            f"build returned {', '.join(unknown)}, which has no meaning; besides "
            f"{', '.join(NEEDED)} there may be {' and '.join(OPTIONAL)}"
        )


def _takes_arrays(name: str, function: Any) -> bool:
    """Whether a function takes the arrays; if not, it takes nothing."""
    if not callable(function):
        raise Unread(
            f"build returned an object of type {type(function).__name__} as {name}; it should be a "
            "function that takes the arrays, or nothing"
        )
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return True
    for given in ((), (None,)):
        try:
            signature.bind(*given)
        except TypeError:
            continue
        return bool(given)
    raise Unread(f"{name} of the adapter takes {signature}; it should take the arrays, or nothing")


def _expect_in_place(named: Sequence[tuple[str, Any]], function: str) -> None:
    """Check that the arrays can be changed in place."""
    for name, array in named:
        right = isinstance(array, np.ndarray) and array.dtype == np.float64
        if right and array.flags.writeable:
            continue
        kind = f"of dtype {array.dtype}" if isinstance(array, np.ndarray) else "no array"
        if right:
            kind = "read-only"
        raise Unread(
            f"{function} of the adapter takes nothing, so the arrays are changed in place, but "
            f"{name} is {kind}. Give NumPy arrays of dtype float64, or let {function} take the "
            "arrays"
        )


def _inputs(given: Any, names: Sequence[str]) -> set[str]:
    found = {given} if isinstance(given, str) else set(given)
    if unknown := sorted(map(str, found - set(names))):
        raise Unread(
            f"build returned {', '.join(unknown)} in inputs; the arrays are {', '.join(names)}"
        )
    return found


def _float64(name: str, array: Any) -> HostArray:
    try:
        value = np.array(real_numbers(array, f"the adapter's array {name}"), dtype=np.float64)
    except StudentError as error:
        raise Unread(error.line) from error
    if value.size == 0:
        raise Unread(f"The adapter's array {name} has no entries, shape {value.shape}")
    return value
