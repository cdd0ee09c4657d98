"""What an adapter says: the arrays, and functions for the cost and for the claimed gradients.

The arrays may be packed in dicts, lists and tuples. Each of the two functions may take them,
packed in the same way. If it takes nothing, the arrays themselves are changed in place before
each call: then they must be those that the student's code uses.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedArray, Values
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.slots import real_numbers
from gradcheck.homework.student_code import Caller, StudentError, Unread
from gradcheck.homework.understanding.student_cost import one_number
from gradcheck.verdicts.packing import Words, matched, named_arrays, packer
from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["Adapted", "adapted_of"]

NEEDED = ("arrays", "cost", "gradients")
OPTIONAL = ("inputs", "batch_size")
GRADIENTS = Words("gradient", "gradients")


@dataclass(frozen=True, eq=False)
class Adapted:
    """What an adapter's ``build`` returned, once it was checked.

    Attributes:
        tree: the arrays as they are packed.
        arrays: the same with their names, float64.
        functions: ``cost`` and ``gradients``.
        takes_arrays: whether each of them takes the arrays.
        batch_size: examples in the mini-batch.
        seed: of the generators, set before each call.
        caller: guards the calls.

    """

    tree: Any = field(repr=False)
    arrays: tuple[NamedArray, ...]
    functions: dict[str, Callable[..., Any]]
    takes_arrays: dict[str, bool]
    batch_size: int
    seed: int
    caller: Caller

    def cost_at(self, values: Values) -> Any:
        """The cost for these values of the arrays.

        Raises:
            StudentError: the code raised something, or returned no number.

        """
        return one_number(self._called("cost", values, quietly=True), "cost of the adapter")

    def gradients_at(self, values: Values) -> list[HostArray]:
        """The claimed gradients for these values, one in the shape of each array.

        Raises:
            StudentError: the code raised something, or a gradient is missing or does not fit.

        """
        found = self._called("gradients", values)
        names = [array.name for array in self.arrays]
        given = self._cut(found)
        if given is None:
            try:
                given = matched(self.tree, found, GRADIENTS)
            except BadInput as error:
                raise StudentError(f"In what gradients of the adapter returned, {error}") from error
        return [
            _in_shape(gradient, value.shape, name)
            for gradient, value, name in zip(given, values, names, strict=True)
        ]

    def _called(self, name: str, values: Values, *, quietly: bool = False) -> Any:
        """What a function returns at these values."""
        if not all(self.takes_arrays.values()):
            self._place(values)
        given = (packer(self.tree)(iter([np.array(value) for value in values])),)
        seed_generators(self.seed)
        with self.caller.calling(f"{name} of the adapter", quietly=quietly):
            return self.functions[name](*given if self.takes_arrays[name] else ())

    def _place(self, values: Values) -> None:
        for (_, array), value in zip(named_arrays(self.tree), values, strict=True):
            if value.dtype.kind == "c":
                raise StudentError(
                    "The complex step needs complex arrays, and the adapter's functions take none; "
                    "let cost take the arrays, or use another scheme"
                )
            np.copyto(array, value)

    def _cut(self, found: Any) -> list[Any] | None:
        """One vector of all gradients, cut into the arrays; None if it is something else.

        Raises:
            StudentError: it has more or fewer entries than the arrays.

        """
        if hasattr(self.tree, "shape") or not hasattr(found, "shape"):
            return None
        vector = np.ravel(real_numbers(found, "the gradients"))
        sizes = [array.value.size for array in self.arrays]
        if vector.size != sum(sizes):
            raise StudentError(
                f"gradients of the adapter returned one array of {vector.size} numbers; the arrays "
                f"have {sum(sizes)} numbers together"
            )
        return list(np.split(vector, np.cumsum(sizes)[:-1]))


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


def _in_shape(gradient: Any, shape: tuple[int, ...], name: str) -> HostArray:
    """A gradient in the shape of its array: sides of length 1 may be missing or too many."""
    if gradient is None:
        raise StudentError(f"gradients of the adapter returned None for {name}")
    array = np.asarray(real_numbers(gradient, f"the gradient of {name}"), dtype=np.float64)
    if array.size != np.prod(shape) or _long(array.shape) not in (_long(shape), [array.size]):
        raise StudentError(f"The gradient of {name} has shape {array.shape}; it should be {shape}")
    return array.reshape(shape)


def _long(shape: tuple[int, ...]) -> list[int]:
    return [side for side in shape if side != 1]
