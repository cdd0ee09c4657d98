"""Which of the things that a layer holds after its backward pass is the gradient of which array."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from gradcheck.homework.understanding.layers.arrays_inside import ArrayAt, Path, Step, value_at

__all__ = ["gradient_place"]

# Names that mean the same parameter.
SAME = (
    ("w", "weight", "weights", "kernel", "kernels", "filter", "filters"),
    ("b", "bias", "biases"),
    ("gamma", "g", "gain"),
    ("beta", "shift"),
)
# What stands before or after the name of a parameter in that of its gradient.
BEFORE = r"_?(?:d|grads?|gradients?|nabla|g|d(?:l|j|e|c|loss)_?d|delta|der|deriv|derivative)_?"
AFTER = r"_?(?:grads?|gradients?|g|errors?|delta|deriv|derivative|prime|update)"
# Dicts or lists of gradients, beside those of the parameters.
HOLDERS = re.compile(
    r"_?(?:grads?|gradients?|d_?params?|(?:param|weight)s?_?(?:grads?|gradients?|updates?)|"
    r"grads?_?params?|derivatives?|gradient_?dict|grads_?dict|d|deltas?|dweights)",
    re.IGNORECASE,
)
# The parts of an object, or a dict, that holds one parameter and its gradient.
VALUES = ("data", "value", "val", "values", "param", "v", "array", "params")
GRADIENTS = ("grad", "gradient", "g", "d", "diff", "grads")


def gradient_place(own: Any, parameter: ArrayAt) -> Path | None:
    """The way to the gradient of a parameter.

    Args:
        own: the object after its backward pass.
        parameter: one of its arrays.

    Returns:
        None if no name says that something is its gradient.

    """
    for path in parameter.paths:
        for found in _ways(own, path):
            value = value_at(own, found)
            if isinstance(value, np.ndarray | float | list) and np.size(value):
                return found
    return None


def _ways(own: Any, path: Path) -> Iterator[Path]:
    """The ways that may lead to the gradient, the likeliest first."""
    holder_path, last = path[:-1], path[-1]
    holder = value_at(own, holder_path)
    names = _names_in(holder)
    if last.key in VALUES:
        yield from ((*holder_path, Step(each, last.is_attribute)) for each in GRADIENTS
                    if each in names)  # fmt: skip
    if isinstance(last.key, str):
        for name in _likely(last.key, names):
            yield (*holder_path, Step(name, last.is_attribute))
        # self.grads['W'] for self.W
        yield from _in_holders(holder, holder_path, last.key)
    if holder_path and not last.is_attribute:
        # params['W'] and grads['W'], or the third of params and the third of grads
        yield from _in_holders(value_at(own, holder_path[:-1]), holder_path[:-1], last.key)


def _in_holders(owner: Any, path: Path, key: Any) -> Iterator[Path]:
    """The ways through the dicts and the lists of gradients that an owner has."""
    for name, value in _items(owner):
        if not (isinstance(name, str) and HOLDERS.fullmatch(name)):
            continue
        start = (*path, Step(name, not isinstance(owner, Mapping)))
        if isinstance(value, Mapping):
            keys = [key] if key in value else _likely(key, list(value))
            yield from ((*start, Step(each, False)) for each in keys)
        elif isinstance(value, list | tuple) and isinstance(key, int) and key < len(value):
            yield (*start, Step(key, False))


def _likely(parameter: Any, names: Sequence[Any]) -> list[str]:
    """The names of gradients of a parameter, those of exactly its name first.

    >>> _likely("weights", ["weights", "dW", "dweights", "db"])
    ['dweights', 'dW']
    """
    if not isinstance(parameter, str):
        return []
    plain = parameter.strip("_")
    exact, alike = [plain], [plain.lower()]
    number = re.search(r"\d*$", plain)
    digits = number[0] if number else ""
    stem = plain.lower().removesuffix(digits).rstrip("_")
    alike += [f"{each}{digits}" for group in SAME if stem in group for each in group]
    found: list[str] = []
    for words, flags in ((exact, 0), (alike, re.IGNORECASE)):
        word = "|".join(map(re.escape, words))
        pattern = re.compile(rf"(?:{BEFORE})(?:{word})_?|_?(?:{word})(?:{AFTER})_?", flags)
        found += [
            name
            for name in names
            if isinstance(name, str) and name not in found and name != parameter
            and pattern.fullmatch(name)
        ]  # fmt: skip
    return found


def _items(owner: Any) -> list[tuple[Any, Any]]:
    if isinstance(owner, Mapping):
        return list(owner.items())
    return list(getattr(owner, "__dict__", {}).items())


def _names_in(owner: Any) -> list[Any]:
    return [name for name, _ in _items(owner)]
