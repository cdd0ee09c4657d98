"""The cost that the steps of a training loop belong to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

import numpy as np

from gradcheck.homework.understanding.by_trying.usual_cost import usual_costs
from gradcheck.homework.understanding.loops.one_pass import OnePass
from gradcheck.homework.understanding.loops.speaking import (
    costs_in,
    first_update,
    matrices_of,
    outputs_and_targets,
)
from gradcheck.homework.understanding.output_costs import COSTS_OF_OUTPUT

__all__ = ["LoopCost", "costs_of_loop"]


@dataclass(frozen=True, eq=False)
class LoopCost:
    """A cost that the steps of a loop may belong to: an expression, or a cost of an output."""

    name: str
    text: str
    of: CodeType | tuple[CodeType, CodeType] = field(repr=False)

    def value(self, names: Mapping[str, Any]) -> float:
        """The cost, from the variables after a pass."""
        if isinstance(self.of, tuple):
            output, targets = (eval(each, dict(names)) for each in self.of)
            a, y = matrices_of(output, targets)
            return float(np.sum(COSTS_OF_OUTPUT[self.name].per_example(a, y)) / a.shape[1])
        return float(np.asarray(eval(self.of, dict(names))).reshape(()))


def costs_of_loop(
    one: OnePass, after: Mapping[str, Any], source: str, asked: str | None, *, has_rate: bool
) -> Iterator[LoopCost]:
    """The loop's own cost first, then the usual ones of its output.

    Args:
        one: a pass of the loop.
        after: the variables after it.
        source: of the file.
        asked: a name in ``COSTS_OF_OUTPUT``; then it is the only one.
        has_rate: whether a variable is the learning rate. If none is, values that the loop computes
            after the update belong to other weights, and are no cost.

    """
    pairs = outputs_and_targets(one.body, after)
    if asked is None:
        before = None if has_rate else first_update(one.body)
        for text, code in costs_in(one.body, after, before):
            cost = LoopCost(text, f"The cost is {text}, as the loop computes it.", code)
            if not any(_is_plain_error(cost, pair, after) for pair in pairs):
                yield cost
    for pair in pairs[:2]:
        output, targets = (eval(each, dict(after)) for each in pair)
        for name in [asked] if asked else usual_costs(source, matrices_of(output, targets)[0]):
            formula = COSTS_OF_OUTPUT[name].formula
            yield LoopCost(name, f"The cost is {formula}, averaged over the examples.", pair)


def _is_plain_error(
    cost: LoopCost, pair: tuple[CodeType, CodeType], after: Mapping[str, Any]
) -> bool:
    """Whether a number is the plain difference of output and targets, or its size: no cost."""
    output, targets = (np.asarray(eval(each, dict(after)), dtype=float) for each in pair)
    apart = output.reshape(-1) - targets.reshape(-1)
    sums = (np.sum(apart), np.sum(np.abs(apart)))
    plain = [sign * each / n for each in sums for n in (1, apart.size) for sign in (1.0, -1.0)]
    return any(np.isclose(cost.value(after), each, rtol=1e-9) for each in plain)
