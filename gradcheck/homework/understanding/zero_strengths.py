"""The strengths of regularisation that a student's constructor takes, and that would be 0."""

import inspect
from collections.abc import Callable
from typing import Any

from gradcheck.homework.understanding.constructor import Construction
from gradcheck.homework.understanding.loss_calls import strengths_in

__all__ = ["zero_strengths"]


def zero_strengths(built: Callable[..., Any], given: Construction) -> dict[str, float]:
    """The strengths of regularisation that would be 0, with another value for the check.

    With a strength of 0, a mistake in the gradient of the regularisation does not show.

    Args:
        built: the class.
        given: the arguments from which it is built.

    """
    try:
        arguments = inspect.signature(built).parameters
    except (TypeError, ValueError):
        return {}
    values = {name: given.named.get(name, each.default) for name, each in arguments.items()}
    return {
        name: strength
        for name, strength in strengths_in(built).items()
        if isinstance(values.get(name), int | float)
        and values[name] is not False
        and values[name] == 0
    }
