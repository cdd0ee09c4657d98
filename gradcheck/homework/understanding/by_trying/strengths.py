"""The strength of regularisation and of dropout, where functions take them as arguments."""

from collections.abc import Callable, Mapping
from typing import Any

from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.loss_calls import REGULARISATION

__all__ = ["strengths_for"]

# The probability that dropout keeps a neuron. It is below 1, so that a forgotten mask shows.
KEPT = 0.8


def strengths_for(functions: Mapping[str, Callable[..., Any]]) -> dict[Role, Any]:
    """Values for these arguments: regularisation only where the cost takes it too.

    A cost takes no learning rate: an argument with such a name, as ``l``, is a strength there.
    """
    costs = [
        function
        for name, function in functions.items()
        if any(word in name.lower() for word in ("cost", "loss", "objective"))
    ]
    taken = {role for cost in costs for role, _ in roles_in(cost).values()}
    found = {Role.STRENGTH: REGULARISATION if Role.STRENGTH in taken else 0.0, Role.KEEP: KEPT}
    return found | ({Role.RATE: REGULARISATION} if Role.RATE in taken else {})
