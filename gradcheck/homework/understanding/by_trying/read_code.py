"""Find out how code goes forward, which arrays it learns, what its cost is and what it claims."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.claims import ReadCode, Wishes, probe_values
from gradcheck.homework.understanding.by_trying.code import Code, Learned
from gradcheck.homework.understanding.by_trying.found_claims import returned_claims, stepped_claims
from gradcheck.homework.understanding.by_trying.handover import HANDOVERS, Handover
from gradcheck.homework.understanding.by_trying.learned import learned_arrays
from gradcheck.homework.understanding.by_trying.outputs import forwards
from gradcheck.homework.understanding.by_trying.own_cost import own_costs
from gradcheck.homework.understanding.by_trying.refusals import (
    NoGradient,
    NothingCalled,
    most_telling,
)
from gradcheck.homework.understanding.by_trying.steps import Steps
from gradcheck.homework.understanding.by_trying.trial import Trial

__all__ = ["read_code"]

NAMES_LISTED = 8  # in a message, at most


def read_code(
    code: Code,
    batch: MiniBatch,
    wishes: Wishes,
    ways: Sequence[Handover] = HANDOVERS,
    *,
    holds_batch: bool = False,
) -> ReadCode:
    """Find out by trying what code means.

    Gradients that a function returns are preferred. Steps are taken if there are none, or if only
    they fit the cost: some functions return the direction of the step, and the update adds it.

    Args:
        code: the student's.
        batch: inputs (n_input, batch) and targets (n_output, batch).
        wishes: what is known before.
        ways: of handing over that are tried.
        holds_batch: whether the code holds the examples itself. If it does not, its output must
            depend on the inputs that it receives.

    Raises:
        StudentError: it cannot be understood; the message says how much of it was.

    """
    errors: list[StudentError] = []
    first: ReadCode | None = None
    for find in (returned_claims, stepped_claims):
        for trial, learned in _trials(code, batch, ways, errors, holds_batch):
            try:
                found = find(code, trial, learned, wishes, errors)
            except NoGradient:
                if first is None:
                    raise
                break
            if found is None:
                continue
            read, fits = found
            if fits:
                return read
            first = first or read
            break
    if first is not None and not _may_have_any_cost(first):
        return first
    if first is not None:
        raise StudentError(
            f"{code.name} has no function for its cost, and its steps fit no usual one. Add a "
            "method loss(X, y) that returns the cost, or name one with --cost"
        )
    raise _most_telling(code, errors)


def _may_have_any_cost(read: ReadCode) -> bool:
    """Whether a cost had to be guessed for a class that makes its arrays when it is trained.

    Such classes have costs of many kinds, and often none that can be called.
    """
    is_made_in_training = bool(read.code.kept or read.code.left_out)
    return is_made_in_training and read.cost.guessed and isinstance(read.claims, Steps)


def _most_telling(code: Code, errors: Sequence[StudentError]) -> StudentError:
    """The error to report."""
    if not errors:
        return StudentError(
            f"{code.name} has neither a forward pass nor a cost that could be called; its "
            f"functions are {', '.join(code.names) or 'none'}"
        )
    return most_telling(errors)


def _trials(
    code: Code,
    batch: MiniBatch,
    ways: Sequence[Handover],
    errors: list[StudentError],
    holds_batch: bool,
) -> Iterator[tuple[Trial, Learned]]:
    """The ways of handing over in which there is an output or a cost."""
    for way in ways:
        found = None
        for forward in (*forwards(code, batch.targets.shape[0]), None):
            trial = Trial(batch, way, forward)
            try:
                found = trial, _learned(code, trial)
                if not holds_batch:
                    _expect_of_inputs(code, *found)
            except StudentError as error:
                errors.append(error)
                found = None
                continue
            break
        if found is not None:
            yield found


def _expect_of_inputs(code: Code, trial: Trial, learned: Learned) -> None:
    """Check that the output depends on the inputs that the forward pass is given.

    Raises:
        StudentError: it is the same for other inputs.

    """
    if trial.forward is None:
        return
    inputs = np.roll(trial.batch.inputs, 1, axis=1)
    other = replace(trial, batch=MiniBatch(inputs, trial.batch.targets))
    both = []
    for each in (trial, other):
        own = code.copied()
        learned.place(own, probe_values(learned, code.seed))  # weights of 0 let nothing through
        both.append(each.outputs(own))
    if np.array_equal(both[0], both[1], equal_nan=True):
        raise StudentError(
            f"{trial.forward.name} gives the same output for other inputs; it should take the "
            "inputs as an argument, such as x"
        )


def _learned(code: Code, trial: Trial) -> Learned:
    """The arrays that the output, or the cost, depends on.

    Raises:
        StudentError: there is neither, or it depends on none.

    """
    if trial.forward is not None:
        return learned_arrays(code, trial.outputs, trial.batch.size)
    for cost in own_costs(code, trial):
        return learned_arrays(code, cost.as_array, trial.batch.size)
    raise NothingCalled(
        f"There is no forward pass and no cost that could be called; the functions of {code.name} "
        f"are {', '.join(code.names[:NAMES_LISTED]) or 'none'}"
    )
