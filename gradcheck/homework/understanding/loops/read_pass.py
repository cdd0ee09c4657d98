"""One pass of a training loop, understood: what it learns, and by which cost."""

from dataclasses import replace
from functools import partial

import numpy as np

from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.fitting import fit_of
from gradcheck.homework.understanding.by_trying.step_sizes import expect_plain_steps
from gradcheck.homework.understanding.loops.learned_arrays import rates_of, with_learned
from gradcheck.homework.understanding.loops.loop_cost import costs_of_loop
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
    return replace(part, cost=costs[0])
