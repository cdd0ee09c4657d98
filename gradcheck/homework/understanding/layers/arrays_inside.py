"""The arrays in a student's layer, wherever they are: in attributes, dicts, lists, inner layers."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["ArrayAt", "Step", "arrays_in_object", "put", "value_at"]

# How deep arrays are looked for: a network holds a list of blocks of layers with dicts of objects.
DEEPEST = 9


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

    Args:
        own: a student's object.

    """
    found: dict[int, ArrayAt] = {}
    for path, array in _walk(own, (), set()):
        known = found.get(id(array))
        paths = (*known.paths, path) if known is not None else (path,)
        found[id(array)] = ArrayAt(paths, array)
    return list(found.values())


def value_at(own: Any, path: Path) -> Any:
    """What is at the end of a path.

    Raises:
        KeyError, AttributeError, IndexError: nothing is there.

    """
    for step in path:
        own = getattr(own, step.key) if step.is_attribute else own[step.key]
    return own


def put(own: Any, where: ArrayAt, value: Any) -> None:
    """Put an array at all the ways to a place in an object."""
    for path in where.paths:
        holder = value_at(own, path[:-1])
        if path[-1].is_attribute:
            setattr(holder, path[-1].key, value)
        else:
            holder[path[-1].key] = value


def _walk(own: Any, path: Path, seen: set[int]) -> Iterator[tuple[Path, Any]]:
    if isinstance(own, np.ndarray):
        if own.dtype.kind == "f" and own.size:
            yield path, own
        elif own.dtype == object:
            for index, item in enumerate(own.reshape(-1)[: own.shape[0] if own.ndim == 1 else 0]):
                yield from _walk(item, (*path, Step(index, False)), seen)
        return
    if id(own) in seen or len(path) > DEEPEST:
        return
    for step, value in _held(own):
        yield from _walk(value, (*path, step), seen | {id(own)})


def _held(own: Any) -> Iterator[tuple[Step, Any]]:
    """What an object holds, for those objects that may hold arrays."""
    if isinstance(own, Mapping):
        yield from ((Step(key, False), value) for key, value in own.items())
    elif isinstance(own, list | tuple):
        # An array in a tuple cannot be replaced, so it is no parameter.
        is_free = isinstance(own, list)
        items = enumerate(own)
        yield from (
            (Step(index, False), value)
            for index, value in items
            if is_free or not isinstance(value, np.ndarray)
        )
    elif not isinstance(own, type | types.ModuleType | types.FunctionType | types.MethodType):
        attributes = getattr(own, "__dict__", None)
        if isinstance(attributes, dict) and type(own).__module__ != "numpy":
            yield from ((Step(key, True), value) for key, value in attributes.items())
