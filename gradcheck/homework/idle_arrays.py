"""Arrays that do not change the cost, such as biases in front of a normalisation."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from gradcheck.homework.contract import NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import guess
from nets.arrays import HostArray

__all__ = ["idle_arrays", "without_arrays"]

# A cost has not changed if it differs by less than this part of it, and a claim is 0 if it is less
# than this part of the largest claim. Chosen: rounding changes a cost of a small network by about
# 1e-14 of it, and a bias that does count changes it by about 0.1 of it.
NOTHING = 1e-9
MOVES = 3  # of all entries of an array together, each of size 1, in random directions

Item = TypeVar("Item")


def idle_arrays(part: Part, values: Values, claims: Values, seed: int) -> list[int]:
    """The positions of the arrays that do not change the cost, where backward says so too.

    Their slope is exactly 0. Backward gives it up to rounding, so no check of single entries can
    tell more. If backward gives anything else, the array counts, and the check finds it wrong. An
    array counts too if all its gradients are exactly 0: backward may not compute them.

    Args:
        part: to be checked.
        values: of its arrays.
        claims: the gradients at these values, in the shapes of the arrays.
        seed: of the moves.

    Returns:
        Never all of them.

    Raises:
        StudentError: the student's code raised something.

    """
    sizes = [float(np.max(np.abs(claim), initial=0.0)) for claim in claims]
    largest = max(sizes, default=0.0)
    return [
        which
        for which in range(len(part.arrays))
        if 0.0 < sizes[which] <= NOTHING * largest
        and _changes_nothing(part.cost, values, which, seed)
    ]


def _changes_nothing(cost: PartCost, values: Values, which: int, seed: int) -> bool:
    generator = np.random.default_rng([seed, 7])
    before = float(np.real(cost.at(values)))
    for _ in range(MOVES):
        moved = list(values)
        moved[which] = values[which] + generator.standard_normal(values[which].shape)
        change = abs(float(np.real(cost.at(moved))) - before)
        if not change <= NOTHING * max(abs(before), 1.0):
            return False
    return True


def without_arrays(part: Part, left_out: Sequence[str], values: Values) -> Part:
    """A part without some of its arrays, which keep their values.

    Args:
        part: with all of them.
        left_out: the names of these arrays; at least one.
        values: of all arrays, in their order and shapes.

    """
    kept = [place for place, array in enumerate(part.arrays) if array.name not in left_out]

    def whole(given: Values) -> list[HostArray]:
        full = [np.array(value) for value in values]
        for place, value in zip(kept, given, strict=True):
            full[place] = value
        return full

    def these(items: Sequence[Item]) -> list[Item]:
        return [items[place] for place in kept]

    def of_whole(cost: PartCost) -> PartCost:
        def at(given: Values) -> Any:
            return cost.at(whole(given))

        return replace(cost, at=at)

    def claims_at(given: Values) -> list[NamedGradients]:
        return [replace(each, arrays=these(each.arrays)) for each in part.claims_at(whole(given))]

    other, current = part.other_cost, part.current
    return replace(
        part,
        # Without all its arrays it is no fully connected network that could be rebuilt.
        arrays=tuple(replace(array, slot=None) for array in these(part.arrays)),
        cost=of_whole(part.cost),
        claims_at=claims_at,
        current=None if current is None else lambda: these(current()),
        other_cost=None if other is None else lambda name: of_whole(other(name)),
        findings=(
            *part.findings,
            guess(
                f"The cost does not change with {', '.join(left_out)}, and {part.backward} gives "
                "0 but for rounding. That is right, so it was left out of the check."
            ),
        ),
    )
