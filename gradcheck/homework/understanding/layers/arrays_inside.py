"""The arrays in a student's layer, wherever they are: in attributes, dicts, lists, inner layers."""

import types
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.understanding.layers.plain_lists import (
    is_list_of_numbers,
    lists_of,
    works_in_lists,
)

__all__ = ["ArrayAt", "Step", "arrays_in_object", "put", "value_at"]

# How deep arrays are looked for: a network holds a list of blocks of layers with dicts of objects.
DEEPEST = 9
# What has attributes, but holds no arrays of a layer.
OPAQUE = (type, types.ModuleType, types.FunctionType, types.MethodType)


@dataclass(frozen=True)
class Step:
    """One step from an object to something that it holds: an attribute, or an item."""

    key: Any
    is_attribute: bool

    @property
    def text(self) -> str:
        """Such as ``.weights``, ``[0]`` or ``['W']``."""
        return f".{self.key}" if self.is_attribute else f"[{self.key!r}]"


Path = tuple[Step, ...]


@dataclass(frozen=True, eq=False)
class ArrayAt:
    """An array of real numbers, and all the ways to it.

    Attributes:
        paths: from the object to the array; the first is its name.
        array: as the object holds it.

    """

    paths: tuple[Path, ...]
    array: Any

    @property
    def name(self) -> str:
        """Such as ``W`` or ``layers[0].params['W']``."""
        return "".join(step.text for step in self.paths[0]).removeprefix(".")


def arrays_in_object(own: Any) -> list[ArrayAt]:
    """The float arrays in an object, each once, in the order in which they are found.

    A list of floats counts as an array if the class is written without NumPy.

    Args:
        own: a student's object.

    """
    found: dict[int, tuple[list[Path], Any]] = {}
    for path, array in _walk(own, (), set(), in_lists=works_in_lists(own)):
        found.setdefault(id(array), ([], array))[0].append(path)
    return [ArrayAt(tuple(paths), np.asarray(array)) for paths, array in found.values()]


def value_at(own: Any, path: Path) -> Any:
    """What is at the end of a path.

    Raises:
        KeyError, AttributeError, IndexError: nothing is there.

    """
    for step in path:
        own = getattr(own, step.key) if step.is_attribute else own[step.key]
    return own


def put(own: Any, where: ArrayAt, value: Any) -> None:
    """Put an array at all the ways to a place in an object; as a list where there is a list."""
    for path in where.paths:
        holder, key = value_at(own, path[:-1]), path[-1].key
        held = value_at(own, path)
        value = lists_of(value) if isinstance(held, list) else value
        try:
            if path[-1].is_attribute:
                setattr(holder, key, value)
            else:
                holder[key] = value
        except (AttributeError, TypeError):
            held[...] = value  # a tuple and a frozen object keep their array


def _walk(
    own: Any, path: Path, seen: set[int], *, in_lists: bool = False
) -> Iterator[tuple[Path, Any]]:
    if isinstance(own, np.ndarray):
        if own.dtype.kind == "f" and own.size:
            yield path, own
        elif own.dtype == object:
            for index, item in enumerate(own.reshape(-1)[: own.shape[0] if own.ndim == 1 else 0]):
                yield from _walk(item, (*path, Step(index, False)), seen)
        return
    if in_lists and is_list_of_numbers(own):
        yield path, own
        return
    if id(own) in seen or len(path) > DEEPEST:
        return
    for step, value in _held(own):
        yield from _walk(value, (*path, step), seen | {id(own)}, in_lists=in_lists)


def _held(own: Any) -> Iterator[tuple[Step, Any]]:
    """What an object holds, for those objects that may hold arrays."""
    if isinstance(own, Mapping):
        yield from ((Step(key, False), value) for key, value in own.items())
    elif isinstance(own, list | tuple | deque):
        yield from ((Step(index, False), value) for index, value in enumerate(own))
    elif not isinstance(own, OPAQUE) and type(own).__module__ != "numpy":
        held = {**_arrays_of_class(type(own)), **attributes_of(own)}
        yield from ((Step(key, True), value) for key, value in held.items())


def _arrays_of_class(kind: type) -> dict[str, Any]:
    """The arrays that all objects of a class share. An object may get others by their names."""
    return {
        name: value
        for each in reversed(kind.__mro__)
        for name, value in vars(each).items()
        if isinstance(value, np.ndarray)
    }
