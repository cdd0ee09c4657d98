"""Which of the gradients that a backward function returned belongs to which array."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.homework.slots import real_numbers
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pairs.argument_roles import target_rank
from gradcheck.homework.unusable_gradient import UnusableGradient, in_its_place
from nets.arrays import HostArray

__all__ = ["NothingReturned", "Places", "places_of"]

Shapes = Mapping[str, tuple[int, ...]]
PREFIX = re.compile(
    r"^(?:delta_?|gradients?_?|grads?_?|d_?|g_)(?=.)|_?(?:grads?|gradients?)$", re.I
)


class NothingReturned(StudentError):
    """Backward returned nothing: it is not written yet."""


@dataclass(frozen=True)
class Places:
    """Where the gradient of each array is in what backward returns.

    Attributes:
        keys: by the name of the array: a key of a dict, a position, or None for the thing itself.
            A ``(position, key)`` is that key of the dict at the position.
        shapes: of the arrays.
        text: the call, for messages.
        unusable: the names of arrays whose gradients have other shapes, where that is allowed.

    """

    keys: Mapping[str, Any]
    shapes: Shapes
    text: str
    unusable: tuple[str, ...] = ()

    def taken(self, result: Any) -> dict[str, HostArray]:
        """The gradients by the names of their arrays, each in the shape of its array.

        Raises:
            UnusableGradient: one has another shape.
            StudentError: one is no array of real numbers.

        """
        found = {}
        for name, key in self.keys.items():
            if name in self.unusable:
                found[name] = in_its_place(self.shapes[name])
                continue
            item = _item(result, key)
            array = np.array(real_numbers(item, f"the gradient of {name}"), dtype=np.float64)
            shape = self.shapes[name]
            if not _fits(array.shape, shape):
                raise UnusableGradient(self._wrong_shape(name, array.shape))
            found[name] = array.reshape(shape)
        return found

    def without_unusable(self, result: Any) -> tuple["Places", list[str]]:
        """The same places, where other shapes are allowed; and a line about each gradient with one.

        Raises:
            UnusableGradient: all have.

        """
        wrong = {}
        for name, key in self.keys.items():
            shape = np.shape(_item(result, key))
            if not _fits(shape, self.shapes[name]):
                wrong[name] = self._wrong_shape(name, shape)
        if len(wrong) == len(self.keys):
            raise UnusableGradient(next(iter(wrong.values())))
        return replace(self, unusable=tuple(wrong)), list(wrong.values())

    def _wrong_shape(self, name: str, shape: tuple[int, ...]) -> str:
        return f"For {name} {self.text} returned shape {shape}; it should be {self.shapes[name]}"

    def reshaped(self, result: Any) -> list[str]:
        """The names of arrays whose gradients have another number of axes."""
        items = {name: _item(result, key) for name, key in self.keys.items()}
        return [
            name
            for name, item in items.items()
            if name not in self.unusable and np.shape(item) != self.shapes[name]
        ]


def places_of(
    result: Any, shapes: Shapes, returned_names: Sequence[str | None], text: str
) -> Places:
    """Find the gradient of each array.

    Args:
        result: what backward returned: one array, several, or a dict.
        shapes: of the arrays, by their names in the order of forward's arguments.
        returned_names: the names in backward's return statement, as far as they are known.
        text: the call, for messages.

    Raises:
        NothingReturned: it returned None.
        StudentError: it is not clear which gradient belongs to which array.

    """
    if isinstance(result, Mapping):
        keys = _named({key: str(key) for key in result}, shapes)
        if not keys:
            raise StudentError(f"{text} returned a dict with the keys {_listed(map(str, result))}")
        return Places(keys, shapes, text)
    if not isinstance(result, tuple | list):
        if result is None:
            raise NothingReturned(f"{text} returned None")
        return _of_one(result, shapes, returned_names, text)
    if any(isinstance(item, Mapping) for item in result):
        return _of_several_kinds(list(result), shapes, returned_names, text)
    items = list(result)
    if all(item is None for item in items):
        raise NothingReturned(f"{text} returned None")
    missing = [position for position, item in enumerate(items) if item is None]
    present = {k: np.shape(item) for k, item in enumerate(items) if k not in missing}
    names = returned_names if len(returned_names) == len(items) else [None] * len(items)
    by_name = _named({k: names[k] or "" for k in present}, shapes)
    if len(by_name) == len(present):
        return Places(by_name, shapes, text)
    if len(items) == len(shapes):
        by_order = {name: k for k, name in enumerate(shapes) if k not in missing}
        return Places(by_order, shapes, text)
    by_shape = _by_shape(present, shapes)
    if by_shape is None:
        listed = _listed(map(str, present.values()))
        raise StudentError(
            f"{text} returned {len(present)} arrays, of shapes {listed}; it is not clear which of "
            f"them belong to {_listed(shapes)}. Return the gradients in the order of the arguments"
        )
    return Places(by_shape, shapes, text)


def _of_several_kinds(
    items: Sequence[Any], shapes: Shapes, returned_names: Sequence[str | None], text: str
) -> Places:
    """The places where arrays and dicts of arrays were returned together.

    Raises:
        StudentError: it is not clear which gradient belongs to which array.

    """
    known = returned_names if len(returned_names) == len(items) else [None] * len(items)
    names: dict[Any, str] = {}
    for position, item in enumerate(items):
        if isinstance(item, Mapping):
            names |= {(position, key): str(key) for key in item}
        elif item is not None:
            names[position] = known[position] or ""
    keys = _named(names, shapes)
    left = {name: shape for name, shape in shapes.items() if name not in keys}
    rest = {key: np.shape(_item(items, key)) for key in names if key not in keys.values()}
    found = _by_shape(rest, left) if left else {}
    if found is None:
        raise StudentError(
            f"{text} returned dicts and arrays; it is not clear which of them belong to "
            f"{_listed(left)}. Return the gradients in one dict, under the names of the arguments"
        )
    return Places(keys | found, shapes, text)


def _item(result: Any, key: Any) -> Any:
    """What is at a place; see ``Places``."""
    if key is None:
        return result
    if isinstance(key, tuple):
        position, inner = key
        return result[position][inner]
    return result[key]


def _of_one(result: Any, shapes: Shapes, names: Sequence[str | None], text: str) -> Places:
    """The places where a single array was returned."""
    by_name = _named({0: names[0]}, shapes) if len(names) == 1 and names[0] else {}
    name = next(iter(by_name), None)
    if name is None:
        same = [each for each, shape in shapes.items() if shape == np.shape(result)]
        # A loss has a gradient of its prediction, whichever of the two it takes first.
        name = min(same, key=target_rank) if same else next(iter(shapes))
    return Places({name: None}, shapes, text)


def _named(names: Mapping[Any, Any], shapes: Shapes) -> dict[str, Any]:
    """The keys by the array whose name they are, with or without a ``d`` in front."""
    found: dict[str, Any] = {}
    for array in shapes:
        for key, name in names.items():
            if array not in found and key not in found.values() and _is_of(str(name), array):
                found[array] = key
    return found


def _is_of(name: str, array: str) -> bool:
    """Whether a name such as ``dW`` or ``grad_w`` is that of the gradient of an array."""
    plain = PREFIX.sub("", name)
    return plain.lower() == array.lower() or plain.lower() == f"{array}_prev".lower()


def _by_shape(found: Mapping[int, tuple[int, ...]], shapes: Shapes) -> dict[str, int] | None:
    """The positions by arrays, where each shape belongs to one array only; else None."""
    keys: dict[str, int] = {}
    for position, shape in found.items():
        same = [name for name, each in shapes.items() if each == shape]
        if len(same) != 1 or same[0] in keys:
            return None
        keys[same[0]] = position
    return keys


def _fits(found: tuple[int, ...], shape: tuple[int, ...]) -> bool:
    """Whether shapes are the same but for axes of length 1."""
    return [n for n in found if n != 1] == [n for n in shape if n != 1]


def _listed(names: Any) -> str:
    return ", ".join(names)
