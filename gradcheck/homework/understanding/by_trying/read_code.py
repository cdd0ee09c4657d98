"""Find out how code goes forward, which arrays it learns, what its cost is and what it claims."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.contract import NamedArray
from gradcheck.homework.sensible_scale import with_sensible_scale
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.code import Code, Learned
from gradcheck.homework.understanding.by_trying.cost_of_code import CostOfCode, costs_of
from gradcheck.homework.understanding.by_trying.fitting import fit_of
from gradcheck.homework.understanding.by_trying.handover import HANDOVERS, Handover
from gradcheck.homework.understanding.by_trying.learned import learned_arrays
from gradcheck.homework.understanding.by_trying.outputs import forwards
from gradcheck.homework.understanding.by_trying.own_cost import own_costs
from gradcheck.homework.understanding.by_trying.refusals import NoGradient, most_telling
from gradcheck.homework.understanding.by_trying.returned import ReturnedGradients, backwards
from gradcheck.homework.understanding.by_trying.steps import Steps, trainers, understood_steps
from gradcheck.homework.understanding.by_trying.trial import Trial
from nets.arrays import HostArray

__all__ = ["ReadCode", "Wishes", "read_code"]


@dataclass(frozen=True)
class Wishes:
    """What is known before the code is tried.

    Attributes:
        source: the text of the student's class or functions.
        cost: a name in ``COSTS_OF_OUTPUT`` that was asked for; or None.
        backward: the function that gives the gradients, where it was named; or None.

    """

    source: str = ""
    cost: str | None = None
    backward: str | None = None


@dataclass(frozen=True)
class ReadCode:
    """Code that was understood.

    Attributes:
        code: the student's.
        learned: its arrays.
        claims: how its gradients are computed.
        cost: which they belong to.

    """

    code: Code
    learned: Learned
    claims: ReturnedGradients | Steps
    cost: CostOfCode


def read_code(
    code: Code, batch: MiniBatch, wishes: Wishes, ways: Sequence[Handover] = HANDOVERS
) -> ReadCode:
    """Find out by trying what code means.

    Gradients that a function returns are preferred; steps of a function that updates the arrays
    itself are taken if there are none, or if only they fit the cost: some functions return the
    direction of the step, and the update adds it.

    Args:
        code: the student's.
        batch: inputs (n_input, batch) and targets (n_output, batch).
        wishes: what is known before.
        ways: of handing over that are tried.

    Raises:
        StudentError: it cannot be understood; the message says how far it was.

    """
    errors: list[StudentError] = []
    first: ReadCode | None = None
    for find in (_returned, _stepped):
        for trial, learned in _trials(code, batch, ways, errors):
            found = find(code, trial, learned, wishes, errors)
            if found is None:
                continue
            read, fits = found
            if fits:
                return read
            first = first or read
            break
    if first is not None:
        return first
    raise _most_telling(code, errors)


def _most_telling(code: Code, errors: Sequence[StudentError]) -> StudentError:
    """The error to report."""
    if not errors:
        return StudentError(
            f"{code.name} has neither a forward pass nor a cost that could be called; its "
            f"functions are {', '.join(code.names) or 'none'}"
        )
    return most_telling(errors)


def _trials(
    code: Code, batch: MiniBatch, ways: Sequence[Handover], errors: list[StudentError]
) -> Iterator[tuple[Trial, Learned]]:
    """The ways of handing over in which there is an output or a cost."""
    for way in ways:
        found = None
        for forward in (*forwards(code, batch.targets.shape[0]), None):
            trial = Trial(batch, way, forward)
            try:
                found = trial, _learned(code, trial)
            except StudentError as error:
                errors.append(error)
                continue
            break
        if found is not None:
            yield found


def _learned(code: Code, trial: Trial) -> Learned:
    """The arrays that the output, or the cost, depends on.

    Raises:
        StudentError: there is neither, or it depends on none.

    """
    if trial.forward is not None:
        return learned_arrays(code, trial.outputs, trial.batch.size)
    for cost in own_costs(code, trial):
        return learned_arrays(code, cost.as_array, trial.batch.size)
    raise StudentError(f"{code.name} has no forward pass and no cost that could be called")


Found = tuple[ReadCode, bool]


def _returned(
    code: Code, trial: Trial, learned: Learned, wishes: Wishes, errors: list[StudentError]
) -> Found | None:
    """Gradients that a function returns or leaves behind, and whether they fit."""
    names = backwards(code) if wishes.backward is None else [wishes.backward]
    best: Found | None = None
    for name in names:
        claims = ReturnedGradients(name, trial, learned)
        values = _probe_values(learned, code.seed)
        try:
            readings = claims.at(code.copied(), values, quietly=False)
        except StudentError as error:
            errors.append(error)
            continue
        found = _with_cost(code, claims, wishes, readings, values)
        if found[1]:
            return found
        best = best or found
    return best


def _stepped(
    code: Code, trial: Trial, learned: Learned, wishes: Wishes, errors: list[StudentError]
) -> Found | None:
    """Steps of functions that update the arrays, and whether they fit."""
    best: Found | None = None
    for names in trainers(code):
        if wishes.backward not in (None, *names):
            continue
        values = _probe_values(learned, code.seed)
        try:
            steps = _proportional(Steps(names, trial, learned), code, values)
            readings = steps.at(code, values)
        except NoGradient:
            raise
        except StudentError as error:
            errors.append(error)
            continue
        found = _with_cost(code, steps, wishes, readings, values)
        if found[1]:
            return found
        best = best or found
    return best


def _proportional(steps: Steps, code: Code, values: Sequence[HostArray]) -> Steps:
    """The steps; one example at a time where a step goes through the examples one by one."""
    for as_pairs in (True, False):
        trial = replace(steps.trial, as_pairs=as_pairs)
        try:
            found = understood_steps(replace(steps, trial=trial), code, values)
        except NoGradient:
            raise
        except StudentError:
            if not as_pairs:
                raise
            continue
        break
    single = found.trial.way.single
    if found.is_proportional or single is None:
        return found
    trial = replace(found.trial, way=single)
    one = understood_steps(replace(steps, trial=trial), code, values)
    return one if one.is_proportional else found


def _probe_values(learned: Learned, seed: int) -> list[HostArray]:
    """The values at which claims are first compared with slopes: none of them tiny."""
    arrays = [
        NamedArray(path.name, value)
        for path, value in zip(learned.paths, learned.values, strict=True)
    ]
    return [array.value for array in with_sensible_scale(arrays, seed)[0]]


def _with_cost(
    code: Code,
    claims: ReturnedGradients | Steps,
    wishes: Wishes,
    readings: Sequence[Any],
    values: Sequence[HostArray],
) -> Found:
    """The cost that fits; the likeliest one if none does."""
    costs = costs_of(code.copied(), claims.trial, claims.learned, wishes.source, wishes.cost)
    has_rate = not isinstance(claims, Steps) or claims.has_rate
    for cost in costs:
        own = code.copied()
        try:
            if fit_of(
                readings,
                _placed(cost, own, claims.learned),
                values,
                any_factor=cost.guessed or not has_rate,
            ):
                return ReadCode(code, claims.learned, claims, cost), True
        except StudentError:
            continue
    return ReadCode(code, claims.learned, claims, costs[0]), False


def _placed(cost: CostOfCode, code: Code, learned: Learned) -> Callable[[Sequence[HostArray]], Any]:
    def at(values: Sequence[HostArray]) -> Any:
        learned.place(code, [*values])
        with np.errstate(all="ignore"):
            return cost.value(code)

    return at
