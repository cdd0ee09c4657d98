"""Find where a student's network keeps its weights and its biases: under which names."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.stores import Attributes, DictItems, ListItems, Store

__all__ = ["ATTRIBUTE_NAMES", "DICT_NAMES", "NUMBERED_NAMES", "store_of"]

ATTRIBUTES_LISTED = 8  # in a message, at most
# The attributes that may hold the list of arrays, in the order in which they are looked at.
ATTRIBUTE_NAMES = {
    "weights": ("weights", "W", "w", "Ws", "ws", "weight"),
    "biases": ("biases", "b", "B", "bs", "bias"),
}
# The names of single arrays, with the number of the layer in them: W1, b1, W2, b2.
NUMBERED_NAMES = {
    "weights": re.compile(r"(?:w|weights?)_?(\d+)", re.IGNORECASE),
    "biases": re.compile(r"(?:b|bias|biases)_?(\d+)", re.IGNORECASE),
}
# The attributes that may hold a dict of arrays with such names.
DICT_NAMES = ("params", "parameters", "weights", "_params")


def store_of(network: Any, parameter: str, count: int, caller: Caller) -> Store:
    """Where a network keeps its weights, or its biases.

    Args:
        network: the student's object.
        parameter: ``weights`` or ``biases``.
        count: how many arrays there must be.
        caller: guards the calls.

    Raises:
        StudentError: they are nowhere, or there are more or fewer.

    """
    kind = type(network).__name__
    for name in ATTRIBUTE_NAMES[parameter]:
        with caller.calling(f"reading {kind}.{name}"):
            is_there, value = hasattr(network, name), getattr(network, name, None)
        if is_there and not _holds_names(value, parameter):
            return _list_in(network, name, value, count)
    numbered = _numbered(network, parameter, count)
    if numbered is not None:
        return numbered
    names = [name for name in attributes_of(network) if not name.startswith("_")]
    listed = f"; it has {', '.join(names[:ATTRIBUTES_LISTED])}" if names else ""
    raise StudentError(
        f"{kind} has no attribute {parameter}{listed}. Add {parameter}: {_should(count)}. For "
        "other names use gradcheck.check_gradients"
    )


def _should(count: int) -> str:
    return f"it should be a list of {count} arrays, one for each layer after the input"


def _holds_names(value: Any, parameter: str) -> bool:
    """Whether it is a dict of arrays with numbered names, which ``_numbered`` reads."""
    return isinstance(value, Mapping) and bool(_in_order(value, parameter))


def _list_in(network: Any, attribute: str, value: Any, count: int) -> Store:
    """The list in an attribute.

    Raises:
        StudentError: it is no list, or has more or fewer entries.

    """
    what = f"{type(network).__name__}.{attribute}"
    if not isinstance(value, list | tuple | np.ndarray):
        raise StudentError(f"{what} is of type {type(value).__name__}; {_should(count)}")
    values = list(value)
    if len(values) == count + 1 and _is_placeholder(values[0]):
        return ListItems(network, attribute, values[:1])
    if len(values) != count:
        raise StudentError(f"{what} has {len(values)} entries; {_should(count)}")
    return ListItems(network, attribute)


def _is_placeholder(value: Any) -> bool:
    """Whether an entry only stands for the input layer, which has no weights and no biases."""
    return value is None or np.size(value) == 0 or (np.ndim(value) == 0 and value == 0)


def _numbered(network: Any, parameter: str, count: int) -> Store | None:
    """Arrays with numbered names, in attributes or in a dict; None if there are not enough."""
    names = _in_order(attributes_of(network), parameter)
    if len(names) == count:
        return Attributes(network, tuple(names))
    for attribute in DICT_NAMES:
        items = getattr(network, attribute, None)
        if isinstance(items, Mapping):
            names = _in_order(items, parameter)
            if len(names) == count:
                return DictItems(network, attribute, tuple(names))
    return None


def _in_order(items: Mapping[Any, Any], parameter: str) -> list[str]:
    """The numbered names among the keys, in the order of their numbers."""
    found = [
        (int(match[1]), name)
        for name, value in items.items()
        if isinstance(name, str)
        and isinstance(value, list | np.ndarray)
        and (match := NUMBERED_NAMES[parameter].fullmatch(name))
    ]
    return [name for _, name in sorted(found)]
