"""Where a student's object holds other objects: paths such as ``layers[0].weight``."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gradcheck.homework.attributes import attributes_of

__all__ = ["object_paths"]

DEEPEST = 8  # attributes and items below each other: deeper ones are not looked at


def object_paths(
    owner: Any, is_wanted: Callable[[Any], bool], path: str = "", seen: frozenset[int] = frozenset()
) -> Iterator[tuple[str, Any]]:
    """All objects of a kind that an object holds, once for each path that leads to them.

    Args:
        owner: the object.
        is_wanted: whether an object is of the kind; such objects are not searched further.
        path: of the owner; empty for the outermost.
        seen: the identities of the objects on the way, so that no circle is followed.

    """
    if is_wanted(owner):
        yield path, owner
        return
    if id(owner) in seen or len(seen) > DEEPEST or isinstance(owner, type):
        return
    seen |= {id(owner)}
    if isinstance(owner, Mapping):
        parts = [(f"{path}[{key!r}]", part) for key, part in owner.items()]
    elif isinstance(owner, list | tuple):
        parts = [(f"{path}[{position}]", part) for position, part in enumerate(owner)]
    else:
        dot = "." if path else ""
        parts = [(f"{path}{dot}{name}", part) for name, part in attributes_of(owner).items()]
    for name, part in parts:
        yield from object_paths(part, is_wanted, name, seen)
