"""The claims of code for one way of handing over examples: returned gradients, and its steps."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.claims import Found, Wishes, probe_values, with_cost
from gradcheck.homework.understanding.by_trying.code import Code, Learned
from gradcheck.homework.understanding.by_trying.meant_for_batches import expect_single_examples
from gradcheck.homework.understanding.by_trying.own_cost import own_costs
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.by_trying.refusals import NoGradient
from gradcheck.homework.understanding.by_trying.returned import ReturnedGradients, backwards
from gradcheck.homework.understanding.by_trying.steps import Steps, understood_steps
from gradcheck.homework.understanding.by_trying.trainers import trainers
from gradcheck.homework.understanding.by_trying.trial import Together, Trial
from nets.arrays import HostArray

__all__ = ["returned_claims", "stepped_claims"]


def returned_claims(
    code: Code, trial: Trial, learned: Learned, wishes: Wishes, errors: list[StudentError]
) -> Found | None:
    """Gradients that a function returns or leaves behind, and whether they fit.

    Raises:
        StudentError: a function for whole mini-batches does not add up over the examples.

    """
    names = backwards(code) if wishes.backward is None else [wishes.backward]
    best: Found | None = None
    tried = [(name, each) for name in names for each in _after_losses(code, name, trial)]
    for name, each in tried:
        claims = ReturnedGradients(name, each, learned)
        values = probe_values(learned, code.seed)
        try:
            readings = claims.at(code.copied(), values, quietly=False)
        except StudentError as error:
            errors.append(error)
            continue
        found = with_cost(code, claims, wishes, readings, values)
        if found[1]:
            expect_single_examples(code, claims, readings, values)
            return found
        best = best or found
    return best


def _after_losses(code: Code, name: str, trial: Trial) -> Iterator[Trial]:
    """The trial; for a backward pass without arguments, also one that calls a loss before it."""
    yield trial
    if roles_in(code.function(name)):
        return
    for cost in own_costs(code, trial):
        if cost.trial.way is trial.way and roles_in(code.function(cost.name)):
            yield replace(trial, loss=cost.name)


def stepped_claims(
    code: Code, trial: Trial, learned: Learned, wishes: Wishes, errors: list[StudentError]
) -> Found | None:
    """Steps of functions that update the arrays, and whether they fit."""
    best: Found | None = None
    for names in trainers(code):
        if wishes.backward not in (None, *names):
            continue
        values = probe_values(learned, code.seed)
        try:
            steps = _proportional(Steps(names, trial, learned), code, values)
            readings = steps.at(code, values)
            found = with_cost(code, steps, wishes, readings, values)
            if not found[1]:
                found = _with_fixed_numbers(code, steps, wishes, readings, values) or found
        except NoGradient:
            raise
        except StudentError as error:
            errors.append(error)
            continue
        if found[1]:
            return found
        best = best or found
    return best


def _with_fixed_numbers(
    code: Code,
    steps: Steps,
    wishes: Wishes,
    readings: Sequence[NamedGradients],
    values: Sequence[HostArray],
) -> Found | None:
    """The steps without the plain numbers that they never change, if they fit a cost then.

    A network may have biases that are not learned. Or their update was forgotten: code does not
    tell which.
    """
    steps_of = [reading.arrays for reading in readings]
    moving = [
        position
        for position, value in enumerate(values)
        if value.ndim > 0 or any(np.any(arrays[position]) for arrays in steps_of)
    ]
    if len(moving) == len(values) or not moving:
        return None
    learned = steps.learned
    kept = Learned(
        tuple(learned.paths[each] for each in moving),
        tuple(learned.values[each] for each in moving),
    )
    fewer = [replace(each, arrays=[each.arrays[one] for one in moving]) for each in readings]
    read, fits = with_cost(
        code, replace(steps, learned=kept), wishes, fewer, [values[each] for each in moving]
    )
    fixed = tuple(
        path.name for position, path in enumerate(learned.paths) if position not in moving
    )
    return (replace(read, fixed=fixed), True) if fits else None


def _proportional(steps: Steps, code: Code, values: Sequence[HostArray]) -> Steps:
    """The steps; one example at a time where a step goes through the examples one by one.

    Raises:
        StudentError: they work in no form.

    """
    errors: list[StudentError] = []
    found: Steps | None = None
    single = steps.trial.way.single
    trials = [replace(steps.trial, together=each) for each in _forms(steps, code)]
    trials += [replace(each, way=single) for each in trials if single is not None]
    for trial in trials:
        try:
            each = understood_steps(replace(steps, trial=trial), code, values)
        except NoGradient:
            raise
        except StudentError as error:
            errors.append(error)
            continue
        if each.is_proportional:
            return each
        found = found or each
    if found is None:
        raise errors[0]
    return found


def _forms(steps: Steps, code: Code) -> list[Together]:
    """The forms in which inputs and targets may be handed over together."""
    roles = {role for name in steps.names for role, _ in roles_in(code.function(name)).values()}
    if Role.EXAMPLES not in roles:
        return [Together.BOTH]
    if steps.trial.way.whole:
        return [Together.BOTH]
    return [Together.ALL_PAIRS, Together.ONE_PAIR, Together.BOTH]
