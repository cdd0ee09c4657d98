"""What the arguments of a cost of one long vector mean, by their names."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of
from gradcheck.homework.understanding.by_trying.pool import roles_in

__all__ = ["meanings_of", "size_meant", "vector_size"]

VECTOR = re.compile(
    r"(initial_?|all_?|flat_?|rolled_?|unrolled_?)?(nn_?)?(param(eter)?s?|thetas?|weights|vec(tor)?)"
    r"(_?(vec(tor)?|flat|unrolled|rolled|ravel(led)?|all|nn))?",
    re.IGNORECASE,
)
# A number of neurons; the name of an array of examples says no size.
COUNT = r"(n|num|no|size|dim)_?(of_?)?"
UNIT = r"(size|units|dim|nodes)"
ENDING = r"_?(layer)?_?(size|dim|n|num)"
SIZES = {
    "layers": r"(layer_?)?(dimensions|sizes|dims|layers|architecture|structure)",
    "input": rf"{COUNT}(in|inp|inputs?|input_?\w*|features|x)|input_?\w*{UNIT}"
    rf"|(in|inputs?|features){ENDING}|n_?x",
    "hidden": rf"{COUNT}(hid|h|hidden_?\w*)|(hid|hidden)_?\w*{UNIT}"
    rf"|(hid|hidden|h){ENDING}|n_?h|(nn_?)?h_?dim",
    "output": rf"{COUNT}(out|outputs?|output_?\w*|labels|class(es)?|y)"
    rf"|(output|label|class)_?\w*{UNIT}|(out|labels?|class(es)?){ENDING}|n_?y",
}


def meanings_of(function: Callable[..., Any]) -> dict[str, str | Role] | None:
    """What each argument is that must be given: the vector, a size, or a role.

    Args:
        function: a student's.

    Returns:
        ``vector``, a key of ``SIZES``, or a role, by name; None if it is no cost of a vector.

    """
    found: dict[str, str | Role] = {}
    for name, (_, needed) in roles_in(function).items():
        size = size_meant(name)
        role = role_of(name)
        if size is not None:
            found[name] = size
        elif VECTOR.fullmatch(name) and "vector" not in found.values():
            found[name] = "vector"
        elif role in (Role.INPUTS, Role.TARGETS, Role.STRENGTH, Role.RATE):
            found[name] = Role.STRENGTH if role is Role.RATE else role
        elif needed:
            return None
    meant = list(found.values())
    once = (meant.count(each) == 1 for each in ("vector", Role.INPUTS, Role.TARGETS))
    return found if all(once) and (set(SIZES) & set(map(str, meant))) else None


def size_meant(name: str) -> str | None:
    """Which number of neurons an argument is: a key of ``SIZES``; None if it is none.

    >>> [size_meant(name) for name in ("hidden_layer_size", "num_labels", "nn_hdim", "X")]
    ['hidden', 'output', 'hidden', None]
    """
    for key, pattern in SIZES.items():
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return key
    return None


def vector_size(sizes: Sequence[int]) -> int:
    """The numbers in all weights and biases of a network of these sizes."""
    return sum((up + 1) * down for up, down in pairwise(sizes))
