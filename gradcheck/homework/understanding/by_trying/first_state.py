"""The state of a recurrent network before its first step, where functions take it."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.leaves import arrays_of
from gradcheck.homework.understanding.by_trying.pool import roles_in

__all__ = ["first_state_for"]

# The standard deviation of the state. In a state of 0 some mistakes would not show.
SCALE = 0.1


def first_state_for(
    functions: Mapping[str, Callable[..., Any]], root: Any, seed: int
) -> dict[Role, Any]:
    """A state (n_hidden, 1), if some function takes one and the arrays say its length.

    Args:
        functions: the student's.
        root: that holds the arrays; the least of its square matrices says how long a state is. If
            none is square, as in an LSTM whose gates take state and input together, a column does
            that a matrix can be multiplied by.
        seed: of the numbers.

    """
    roles = {role for each in functions.values() for role, _ in roles_in(each).values()}
    if Role.STATE not in roles:
        return {}
    shapes = [value.shape for value in arrays_of(root).values() if value.ndim == 2]
    sides = {up for up, down in shapes if up == down}
    sides = sides or {up for up, down in shapes if down == 1} & {down for _, down in shapes}
    if not sides:
        return {}
    return {Role.STATE: SCALE * np.random.default_rng([seed, 8]).standard_normal((min(sides), 1))}
