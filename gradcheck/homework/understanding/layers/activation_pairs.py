"""Activation functions of a file, each with its derivative: for layers that take both."""

import inspect
import re
from collections.abc import Callable, Mapping
from typing import Any

from gradcheck.homework.student_code import required_arguments

__all__ = ["activation_pairs", "without_prime"]

Function = Callable[..., Any]

# What makes the name of a function that of its derivative.
BEFORE = re.compile(r"(d|deriv(ative)?|der|grad(ient)?|prime)_(of_)?|d(?=[a-z])", re.IGNORECASE)
BEHIND = re.compile(r"_?(prime|deriv(ative)?|der|grad(ient)?|backward|d)", re.IGNORECASE)
# Functions of several entries together have no derivative for each entry.
OF_SEVERAL = re.compile(r"soft_?max|loss|cost|mse|entropy|error", re.IGNORECASE)


def activation_pairs(names: Mapping[str, Any]) -> list[tuple[Function, Function]]:
    """The functions of one argument whose derivatives are there too, with these.

    Args:
        names: of a file.

    """
    found = []
    for name, derivative in names.items():
        own = names.get(without_prime(name, names) or "")
        if own is not None and not OF_SEVERAL.search(name) and _is_of_one(own, derivative):
            found.append((own, derivative))
    return found


def without_prime(name: str, names: Mapping[str, Any]) -> str | None:
    """The name of the function whose derivative has this name; None if there is none.

    Args:
        name: of a function.
        names: of its file.

    >>> without_prime("sigmoid_prime", {"sigmoid": abs}), without_prime("drelu", {"relu": abs})
    ('sigmoid', 'relu')
    """
    for pattern in (BEFORE, BEHIND):
        for match in pattern.finditer(name):
            rest = name[: match.start()] + name[match.end() :]
            at_end = match.start() == 0 or match.end() == len(name)
            if rest and at_end and callable(names.get(rest)):
                return rest
    return None


def _is_of_one(*functions: Any) -> bool:
    return all(
        inspect.isfunction(each) and len(required_arguments(each) or []) == 1 for each in functions
    )
