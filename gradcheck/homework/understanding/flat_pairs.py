"""Which gradient function belongs to which cost function of one vector, by their names."""

from collections.abc import Sequence
from dataclasses import dataclass

from gradcheck.homework.understanding.pairs.function_names import (
    BACKWARD_WORDS,
    LOSS_WORDS,
    words_of,
)
from gradcheck.homework.understanding.student_words import in_english

__all__ = ["CostAndGradients", "costs_and_gradients", "is_gradient"]

GRADIENT = "grad"  # in the name of a function that gives a gradient
# Words that say nothing about which cost is meant.
EMPTY_WORDS = (
    BACKWARD_WORDS
    | LOSS_WORDS
    | {"function", "func", "fun", "fn", "fct", "f", "j", "compute", "computes", "computed", "calc"}
    | {"calculate", "get", "the", "of", "and", "for", "objective", "d", "grads", "costs", "losses"}
)


@dataclass(frozen=True)
class CostAndGradients:
    """A cost function, and the functions that may give its gradient.

    Attributes:
        cost: the name of the function.
        gradients: names of others, the likeliest first; the cost may also return its gradient.

    """

    cost: str
    gradients: tuple[str, ...]


def is_gradient(name: str) -> bool:
    """Whether a function of this name gives a gradient."""
    return GRADIENT in name.lower()


def costs_and_gradients(
    names: Sequence[str],
) -> tuple[list[CostAndGradients], tuple[str, ...]]:
    """Each cost with the gradients whose names have the same words besides, such as ``softmax``.

    The first cost may also have any gradient that belongs to no other cost.

    Args:
        names: of the functions that take a vector, inputs and targets; costs and gradients.

    Returns:
        The costs, and the gradients that belong to none of them by their names.

    >>> costs_and_gradients(["cost", "gradient", "softmax_cost", "softmax_gradient"])[0][1]
    CostAndGradients(cost='softmax_cost', gradients=('softmax_gradient',))
    """
    costs = [name for name in names if not is_gradient(name)]
    # A function such as cost_and_grad, in a file without another cost, is both.
    costs = costs or list(names[:1])
    gradients = [name for name in names if is_gradient(name) and name not in costs]
    alike = {
        cost: tuple(each for each in gradients if _subject(each) == _subject(cost))
        for cost in costs
    }
    unclaimed = tuple(
        each for each in gradients if all(each not in found for found in alike.values())
    )
    first = CostAndGradients(costs[0], (*alike[costs[0]], *unclaimed))
    rest = [CostAndGradients(cost, alike[cost]) for cost in costs[1:]]
    return [first, *rest], unclaimed


def _subject(name: str) -> frozenset[str]:
    return frozenset(words_of(in_english(name))) - EMPTY_WORDS
