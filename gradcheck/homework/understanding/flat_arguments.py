"""What the arguments of a cost of one long vector mean, by their names."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.size_names import SIZES, size_meant
from gradcheck.homework.understanding.student_words import in_english

__all__ = ["has_sizes", "meanings_of", "vector_size"]

VECTOR = re.compile(
    r"(initial_?|all_?|flat_?|rolled_?|unrolled_?)?(nn_?)?(param(eter)?s?|thetas?|weights|vec(tor)?)"
    r"(_?(vec(tor)?|flat|unrolled|rolled|ravel(led)?|all|nn))?",
    re.IGNORECASE,
)
# The weights of one neuron, as linear and logistic regression have them, and their functions.
NEURON = re.compile(r"(initial_?)?thetas?|w|beta|weights|w_?vec|theta_?(flat|vec)", re.IGNORECASE)
# The bias of that neuron, where it is an argument of its own: ``compute_cost(X, y, w, b)``.
BIAS = re.compile(r"b|b_?0|bias|intercept", re.IGNORECASE)
OF_COST = re.compile(r".*(cost|loss|grad|objective|likelihood).*")
NOT_COST = re.compile(r".*(descent|check|numeric|approx|ascent|train|fit|plot|history|update).*")


def meanings_of(function: Callable[..., Any]) -> dict[str, str | Role] | None:
    """The meaning of each argument that must be given: the vector, a bias, a size, or a role.

    Args:
        function: a student's.

    Returns:
        ``vector``, ``bias``, a key of ``SIZES``, or a role, by name; None if it is no cost of a
        vector.

    """
    found: dict[str, str | Role] = {}
    for name, (_, needed) in roles_in(function).items():
        size = size_meant(name)
        role = role_of(name)
        if size is not None:
            found[name] = size
        elif _is_vector(name) and "vector" not in found.values():
            found[name] = "vector"
        elif BIAS.fullmatch(name):
            found[name] = "bias"
        elif role in (Role.INPUTS, Role.TARGETS, Role.STRENGTH, Role.RATE):
            found[name] = Role.STRENGTH if role is Role.RATE else role
        elif needed:
            return None
    meant = list(found.values())
    if "bias" in meant and (has_sizes(found) or meant.count("bias") > 1):
        return None
    once = (meant.count(each) == 1 for each in ("vector", Role.INPUTS, Role.TARGETS))
    return found if all(once) and (has_sizes(found) or _of_regression(function)) else None


def _is_vector(name: str) -> bool:
    return bool(VECTOR.fullmatch(in_english(name)) or NEURON.fullmatch(name))


def has_sizes(meanings: Mapping[str, str | Role]) -> bool:
    """Whether the arguments say the sizes of a network; else the vector is that of one neuron."""
    return bool(set(SIZES) & set(map(str, meanings.values())))


def _of_regression(function: Callable[..., Any]) -> bool:
    """Whether a function without sizes is a cost or a gradient, by its name and its arguments.

    One that takes ``params`` may take a dict of arrays.
    """
    name = in_english(function.__name__).lower()
    is_vector = any(NEURON.fullmatch(each) for each in roles_in(function))
    return is_vector and OF_COST.fullmatch(name) is not None and not NOT_COST.fullmatch(name)


def vector_size(sizes: Sequence[int]) -> int:
    """The numbers in all weights and biases of a network of these sizes."""
    return sum((up + 1) * down for up, down in pairwise(sizes))
