"""What an adapter says: the arrays, and functions for the cost and for the claimed gradients.

The arrays may be packed in dicts, lists and tuples. Each of the two functions may take them,
packed in the same way. If it takes nothing, the arrays themselves are changed in place before
each call: then they must be those that the student's code uses.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedArray, Values
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.slots import real_numbers
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.student_cost import one_number
from gradcheck.homework.unusable_gradient import UnusableGradient, in_its_place
from gradcheck.verdicts.packing import Words, matched, named_arrays, packer
from nets.arrays import HostArray
from nets.errors import BadInput

__all__ = ["Adapted"]

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
        unusable: a line on each gradient that has another shape than its array, or is not there, by
            the name of the array; they may be so.

    """

    tree: Any = field(repr=False)
    arrays: tuple[NamedArray, ...]
    functions: dict[str, Callable[..., Any]]
    takes_arrays: dict[str, bool]
    batch_size: int
    seed: int
    caller: Caller
    unusable: Mapping[str, str] = field(default_factory=dict)

    def each_array(self) -> "Adapted":
        """The same, where gradients that cannot be used are wrong by themselves.

        Raises:
            StudentError: the code raised something, or no gradient can be used.

        """
        given = self._given([array.value for array in self.arrays], may_miss=True)
        wrong = {}
        for gradient, array in zip(given, self.arrays, strict=True):
            try:
                _in_shape(gradient, array.value.shape, array.name)
            except UnusableGradient as error:
                wrong[array.name] = error.line
        if len(wrong) == len(self.arrays):
            raise UnusableGradient(next(iter(wrong.values())))
        return replace(self, unusable=wrong)

    def cost_at(self, values: Values) -> Any:
        """The cost for these values of the arrays, each in its shape.

        Raises:
            StudentError: the code raised something, or returned no number.

        """
        return one_number(self._called("cost", values, quietly=True), "cost of the adapter")

    def gradients_at(self, values: Values) -> list[HostArray]:
        """The claimed gradients for these values, one in the shape of each array.

        Raises:
            StudentError: the code raised something, or a gradient is missing or does not fit.

        """
        names = [array.name for array in self.arrays]
        return [
            in_its_place(value.shape)
            if name in self.unusable
            else _in_shape(gradient, value.shape, name)
            for gradient, value, name in zip(
                self._given(values, may_miss=bool(self.unusable)), values, names, strict=True
            )
        ]

    def _given(self, values: Values, *, may_miss: bool) -> list[Any]:
        """What there is as the gradient of each array; None where it may miss and does."""
        found = self._called("gradients", values)
        given = self._cut(found)
        if given is not None:
            return given
        if may_miss:
            found = _with_missing(self.tree, found)
        try:
            return matched(self.tree, found, GRADIENTS)
        except BadInput as error:
            raise StudentError(f"In what gradients of the adapter returned, {error}") from error

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


def _in_shape(gradient: Any, shape: tuple[int, ...], name: str) -> HostArray:
    """A gradient in the shape of its array; it may have more or fewer axes of length 1."""
    if gradient is None:
        raise UnusableGradient(
            f"There is no gradient of {name}: gradients of the adapter returned None for it"
        )
    array = np.asarray(real_numbers(gradient, f"the gradient of {name}"), dtype=np.float64)
    if array.size != np.prod(shape) or _long(array.shape) not in (_long(shape), [array.size]):
        raise UnusableGradient(
            f"The gradient of {name} has shape {array.shape}; it should be {shape}"
        )
    return array.reshape(shape)


def _with_missing(tree: Any, found: Any) -> Any:
    """The gradients, with None for each key of the arrays that they lack."""
    if not isinstance(tree, Mapping) or not isinstance(found, Mapping):
        return found
    lacks = {key: _nothing_like(part) for key, part in tree.items() if key not in found}
    both = {key: _with_missing(tree[key], part) for key, part in found.items() if key in tree}
    return {**found, **both, **lacks}


def _nothing_like(tree: Any) -> Any:
    """A tree that is packed in the same way, with None in place of each array."""
    return packer(tree)(iter([None] * len(named_arrays(tree))))


def _long(shape: tuple[int, ...]) -> list[int]:
    return [side for side in shape if side != 1]
