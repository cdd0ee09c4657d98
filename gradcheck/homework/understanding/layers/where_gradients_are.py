"""Where a layer holds the gradient of each array after its backward pass."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.understanding.layers.arrays_inside import ArrayAt, Path, Step, value_at

__all__ = ["gradient_place", "gradients_named", "usual_gradients"]

# Names that mean the same parameter.
SAME = (
    ("w", "weight", "weights", "kernel", "kernels", "filter", "filters"),
    ("b", "bias", "biases"),
    ("gamma", "g", "gain"),
    ("beta", "shift"),
)
# What the name of a gradient has before or after the name of its parameter.
BEFORE = r"_?(?:d|grads?|gradients?|nabla|g|d(?:l|j|e|c|loss)_?d|delta|der|deriv|derivative)_?"
AFTER = r"_?(?:grads?|gradients?|g|errors?|delta|deriv|derivative|prime|update)"
# Dicts or lists of gradients, beside those of the parameters.
HOLDERS = re.compile(
    r"_?(?:grads?|gradients?|g|d_?params?|\w+_(?:grads?|gradients?)|(?:param|weight)s?_?(?:grads?|gradients?|updates?)|"
    r"grads?_?params?|derivatives?|gradient_?dict|grads_?dict|d|deltas?|dweights)",
    re.IGNORECASE,
)
# The parts of an object, or a dict, that holds one parameter and its gradient.
VALUES = ("data", "value", "val", "values", "param", "v", "array", "params", "parameters")
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
    if str(last.key).strip("_") in VALUES:
        yield from ((*holder_path, Step(each, last.is_attribute)) for each in names
                    if str(each).strip("_") in GRADIENTS)  # fmt: skip
    if isinstance(last.key, str):
        for name in gradients_named(last.key, names):
            yield (*holder_path, Step(name, last.is_attribute))
        # self.grads['W'] for self.W
        yield from _in_holders(holder, holder_path, last.key)
    if holder_path:
        # params['W'] and grads['W'], p.W and g.W, or the third of params and the third of grads
        yield from _in_holders(value_at(own, holder_path[:-1]), holder_path[:-1], last.key)


def _in_holders(owner: Any, path: Path, key: Any) -> Iterator[Path]:
    """The ways through what holds gradients beside what holds parameters, of an owner."""
    for name, value in _items(owner):
        if not (isinstance(name, str) and HOLDERS.fullmatch(name)):
            continue
        start = (*path, Step(name, not isinstance(owner, Mapping)))
        if isinstance(value, Mapping):
            keys = [key] if key in value else gradients_named(key, list(value))
            yield from ((*start, Step(each, False)) for each in keys)
        elif isinstance(value, list | tuple | deque):
            if isinstance(key, int) and key < len(value):
                yield (*start, Step(key, False))
        elif key in attributes_of(value):
            yield (*start, Step(key, True))


def gradients_named(parameter: Any, names: Iterable[Any]) -> list[str]:
    """The names of gradients of a parameter, those of exactly its name first.

    Args:
        parameter: its name.
        names: among which they are.

    >>> gradients_named("weights", ["weights", "dW", "dweights", "db"])
    ['dweights', 'dW']
    """
    if not isinstance(parameter, str):
        return []
    names = list(names)
    plain = _unmangled(parameter).strip("_")
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
            and pattern.fullmatch(_unmangled(name).lstrip("_"))
        ]  # fmt: skip
    return found


def usual_gradients(own: Any) -> list[str]:
    """The attributes that hold gradients of parameters with usual names, such as ``dW``."""
    held = {n: v for n, v in attributes_of(own).items() if isinstance(v, np.ndarray)}
    return [name for group in SAME for word in group[:1] for name in gradients_named(word, held)]


def _unmangled(name: str) -> str:
    """The name of an attribute as a class writes it: Python puts ``_Class`` before ``__name``."""
    return re.sub(r"^_[A-Za-z][A-Za-z0-9_]*?(?=__)", "", name)


def _items(owner: Any) -> list[tuple[Any, Any]]:
    if isinstance(owner, Mapping):
        return list(owner.items())
    return list(attributes_of(owner).items())


def _names_in(owner: Any) -> list[Any]:
    return [name for name, _ in _items(owner)]
