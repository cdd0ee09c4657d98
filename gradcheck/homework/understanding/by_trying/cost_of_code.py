"""The costs that the gradients of some code may belong to."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.finding import Finding, guess
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.code import Code, Learned
from gradcheck.homework.understanding.by_trying.own_cost import (
    OwnCost,
    expect_no_broken_cost,
    own_costs,
)
from gradcheck.homework.understanding.by_trying.trial import Trial
from gradcheck.homework.understanding.by_trying.usual_cost import usual_costs
from gradcheck.homework.understanding.output_costs import COSTS_OF_OUTPUT, meant_by
from nets.arrays import HostArray

__all__ = ["CostOfCode", "cost_of_output_named", "costs_of", "half_of_squares"]

# A cost must change if all arrays change by this part: an accuracy does not.
SMALL_CHANGE = 1e-6
# An attribute that holds the name of a cost.
COST_SETTING = re.compile(r"\w*(loss|cost|criterion|objective)\w*", re.IGNORECASE)


@dataclass(frozen=True)
class CostOfCode:
    """A cost that gradients may belong to.

    Attributes:
        name: in ``COSTS_OF_OUTPUT``, or the name of a function.
        value: of the mini-batch, with the arrays that the code holds.
        finding: what was taken for the cost.
        guessed: whether it may be another one.

    """

    name: str
    value: Callable[[Code], Any]
    finding: Finding
    guessed: bool = False


def costs_of(
    code: Code, trial: Trial, learned: Learned, source: str, asked: str | None
) -> list[CostOfCode]:
    """The costs that gradients may belong to, the likeliest first; at least one.

    Args:
        code: whose costs they are; its arrays are changed.
        trial: how it is called.
        learned: its arrays.
        source: of the class.
        asked: a name in ``COSTS_OF_OUTPUT``; then it is the only one.

    Raises:
        StudentError: there is neither a cost nor an output, or the cost fails.

    """
    if asked is not None:
        return [cost_of_output_named(asked, trial, "given by --cost", guessed=False)]
    own = [cost for cost in own_costs(code, trial) if _changes_smoothly(cost, code, learned)]
    if own:
        return [*map(_of_own, own), *_of_setting(code, trial, own)]
    expect_no_broken_cost(code.copied(), trial)
    learned.place(code, learned.values)
    names = usual_costs(source, trial.outputs(code))
    why = "the class has no function for it"
    return [cost_of_output_named(name, trial, why, guessed=True) for name in names]


def _of_setting(code: Code, trial: Trial, own: Sequence[OwnCost]) -> list[CostOfCode]:
    """The cost that an attribute names, such as ``loss = "mse"``, if no function is that cost.

    A function whose name says nothing of a kind, such as ``compute_loss``, may be any cost.
    """
    meant = {meant_by(cost.name) for cost in own}
    if None in meant or trial.forward is None:
        return []
    settings = {
        key: value
        for key, value in attributes_of(code.root).items()
        if isinstance(value, str) and COST_SETTING.fullmatch(key)
    }
    return [
        cost_of_output_named(name, trial, f"{key} is {value!r}", guessed=True)
        for key, value in settings.items()
        if (name := meant_by(value)) is not None and name not in meant
    ]


def _of_own(cost: OwnCost) -> CostOfCode:
    return CostOfCode(
        f"{cost.name}(x, y)",
        cost.value,
        guess(f"The cost is the student's own {cost.name}; it takes {cost.trial.way.name}."),
    )


def cost_of_output_named(name: str, trial: Trial, why: str, *, guessed: bool) -> CostOfCode:
    """A cost of the output of the forward pass, the mean over the mini-batch."""
    cost = COSTS_OF_OUTPUT[name]

    def value(code: Code) -> Any:
        outputs: HostArray = trial.outputs(code)
        return np.sum(cost.per_example(outputs, trial.batch.targets)) / trial.batch.size

    text = f"The cost is {cost.formula}, averaged over the mini-batch ({why})."
    return CostOfCode(name, value, guess(text), guessed)


def half_of_squares(
    cost: CostOfCode, trial: Trial, code: Code, learned: Learned
) -> CostOfCode | None:
    """Half the sum of all squares, where a class's own cost is their mean.

    Many classes print the mean of the squares, and step along the gradient of half their sum. The
    difference is a constant, which is part of the learning rate.

    Args:
        cost: the class's own.
        trial: how it is called.
        code: whose cost it is; its arrays are changed.
        learned: its arrays.

    Returns:
        None if the class's own cost is not the mean of the squares, or if the constant could also
        be a mistake: with two outputs it is the number of examples.

    """
    n_output = trial.batch.targets.shape[0]
    if cost.guessed or trial.forward is None or n_output == 2:
        return None
    learned.place(code, learned.values)
    try:
        apart = trial.outputs(code) - trial.batch.targets
        own = float(np.real(cost.value(code)))
    except StudentError:
        return None
    if not np.isclose(own, np.mean(apart**2), rtol=1e-9):
        return None
    plain = cost_of_output_named("quadratic", trial, "", guessed=False)
    text = (
        f"{cost.name} gives the mean of the squares. The steps follow the gradient of half their "
        "sum; the learning rate takes up the constant."
    )
    return replace(
        plain, value=lambda code: plain.value(code) * trial.batch.size, finding=guess(text)
    )


def _changes_smoothly(cost: OwnCost, code: Code, learned: Learned) -> bool:
    """Whether a small change of all arrays changes the cost, and only a little."""
    generator = np.random.default_rng(5)
    values = [
        np.where(value == 0.0, 0.1 * generator.standard_normal(value.shape), value)
        for value in learned.values
    ]
    moved = [value + SMALL_CHANGE * generator.standard_normal(value.shape) for value in values]
    found = []
    try:
        for each in (values, moved):
            learned.place(code, each)
            found.append(float(np.real(cost.value(code))))
    except StudentError:
        return False
    change = abs(found[1] - found[0])
    return 0.0 < change < 0.1 * (1.0 + abs(found[0]))
