"""One pass of a training loop is understood: what it learns, and by which cost."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.fitting import fit_of, part_that_fits
from gradcheck.homework.understanding.by_trying.leaves import arrays_of, read
from gradcheck.homework.understanding.by_trying.step_sizes import expect_plain_steps
from gradcheck.homework.understanding.loops.learned_arrays import rates_of, with_learned
from gradcheck.homework.understanding.loops.loop_cost import LoopCost, costs_of_loop
from gradcheck.homework.understanding.loops.loop_part import LoopPart
from gradcheck.homework.understanding.loops.one_pass import OnePass
from gradcheck.homework.understanding.loops.plain_factor import plain_factor

__all__ = ["read_pass"]


def read_pass(one: OnePass, source: str, asked_cost: str | None) -> LoopPart:
    """Find out what one pass learns, and by which cost.

    Args:
        one: the pass.
        source: of the file.
        asked_cost: a name in ``COSTS_OF_OUTPUT``; then it is the only one.

    Raises:
        StudentError: it makes no steps that could be checked.
        NoGradient: its steps are no gradients, as those of Adam.

    """
    one = _more_telling(one)
    after = one.run()
    rates = rates_of(one, after)
    costs = [*costs_of_loop(one, after, source, asked_cost, has_rate=bool(rates))]
    if not costs:
        raise StudentError(
            f"{one.name} has no variable such as loss, and no difference of the output and targets"
        )
    part = with_learned(one, after, costs, rates)
    steps = part.steps(part.values)
    if not any(np.any(each) for each in steps) or not all(np.all(np.isfinite(s)) for s in steps):
        raise StudentError(f"{one.name} makes no steps, or steps that are not finite")
    expect_plain_steps(one.name, steps)
    reading = [NamedGradients("", False, steps)]
    own = [cost for cost in costs if not isinstance(cost.of, tuple)]
    for cost in own or costs:
        factor = fit_of(reading, partial(part.cost_at, cost=cost), part.values, any_factor=True)
        plain = None
        if factor is not None:
            plain = plain_factor(factor, one.body, after, has_rate=bool(rates))
        if plain is not None:
            return replace(part, cost=cost, fits=True, factor=plain)
    return _nearest(part, own or costs, reading, after, has_rate=bool(rates))


def _nearest(
    part: LoopPart,
    costs: Sequence[LoopCost],
    reading: Sequence[NamedGradients],
    after: Mapping[str, Any],
    *,
    has_rate: bool,
) -> LoopPart:
    """The part with the cost that fits the most arrays, if none fits all; the first of equal ones.

    Args:
        part: the pass.
        costs: at least one.
        reading: its steps.
        after: the variables after it.
        has_rate: whether a variable is the learning rate.

    """
    found = [
        part_that_fits(reading, partial(part.cost_at, cost=cost), part.values, any_factor=True)
        for cost in costs
    ]
    best = max(range(len(costs)), key=lambda position: found[position][0])
    count, factor = found[best]
    plain = plain_factor(factor, part.one.body, after, has_rate=has_rate) if count else None
    return replace(part, cost=costs[best], factor=1.0 if plain is None else plain)


def _more_telling(one: OnePass) -> OnePass:
    """The pass with the first element of each loop, or with the last, if it changes more entries.

    The first example of XOR is (0, 0): then no weight of the first layer changes.
    """
    last = replace(one, place=-1)
    try:
        return last if _entries_changed(last) > _entries_changed(one) else one
    except StudentError:
        return one


def _entries_changed(one: OnePass) -> int:
    """How many entries of the arrays a pass changes."""
    after, changed = one.run(), 0
    for path, value in arrays_of(dict(one.names)).items():
        now = np.asarray(read(after, path))
        if now.shape == np.shape(value):
            changed += int(np.sum(now != value))
    return changed
