"""The layers inside an object that is a chain of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.understanding.layers.methods import is_layer

__all__ = ["layers_in"]


def layers_in(own: Any) -> list[Any]:
    """The layers that an object holds, in the order in which it holds them.

    Args:
        own: a student's object; layers inside of its layers are not looked for.

    """
    found: list[Any] = []
    for layer in _layers(own, top=True, depth=0):
        if not any(layer is each for each in found):
            found.append(layer)
    return found


def _layers(own: Any, *, top: bool, depth: int) -> Iterator[Any]:
    if not top and not isinstance(own, type) and is_layer(type(own)):
        yield own
        return
    if depth > 3:
        return
    if isinstance(own, Mapping):
        held = list(own.values())
    elif isinstance(own, list | tuple):
        held = list(own)
    else:
        held = list(attributes_of(own).values()) if top else []
    for each in held:
        yield from _layers(each, top=False, depth=depth + 1)
