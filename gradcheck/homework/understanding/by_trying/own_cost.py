"""The cost in the code itself: a function that gives one number, which depends on the arrays."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.code import Code
from gradcheck.homework.understanding.by_trying.handover import HANDOVERS
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.by_trying.returned_names import (
    returned_names,
    returns_gradients,
)
from gradcheck.homework.understanding.by_trying.trial import Trial
from gradcheck.homework.understanding.student_cost import one_number
from gradcheck.homework.understanding.student_words import in_english
from nets.arrays import HostArray

__all__ = [
    "OwnCost",
    "expect_no_broken_cost",
    "is_cost_name",
    "is_forward_to_cost",
    "own_costs",
]

LIKELY = re.compile(
    r".*(loss|cost|objective|mse|error|entropy|likelihood|criterion|nll|cee).*|j", re.IGNORECASE
)
NEVER = re.compile(
    r".*(back|grad|prime|deriv|delta|train|fit|plot|update|print|acc|numeric|test|score|step|learn"
    r"|predict|sgd|init|forward|save|load|classif|propaga|optimi).*",
    re.IGNORECASE,
)
# Functions of these names are costs. If they fail, their error is reported.
COST_NAMES = re.compile(
    r"((get|calc|calculate|compute|evaluate|total)_?)?(cost|loss)(_?(func|function|fn|value))?"
)
# A forward pass of these names that takes targets may go on to the cost.
FORWARD_NAMES = ("forward", "__call__")
GIVES_GRADIENTS = re.compile(r"loss|cost|propagate|.*(loss|cost)_and_grads?.*", re.IGNORECASE)


@dataclass(frozen=True)
class OwnCost:
    """A cost of the code's own, called in one way.

    Attributes:
        name: of the function.
        trial: how it is called.

    """

    name: str
    trial: Trial

    def value(self, code: Code, *, quietly: bool = True) -> Any:
        """The cost of the mini-batch; if it takes single examples, the mean of their costs.

        Raises:
            StudentError: it raised something, or returned no number.

        """
        values = []
        for piece in self.trial.pieces():
            given = self.trial.given(code, piece, quietly=quietly)
            returned = code.called(self.name, given, quietly=quietly)
            values.append(one_number(_number_in(returned), f"{self.name}(x, y)"))
        return sum(values) / len(values)

    def as_array(self, code: Code) -> HostArray:
        """The cost as an array of shape (1,)."""
        return np.array([self.value(code)])


def own_costs(code: Code, trial: Trial) -> list[OwnCost]:
    """The costs that can be called, the likeliest first; each in the first way that works.

    Args:
        code: whose costs they are.
        trial: its way of handing examples over is tried first.

    """
    names = [name for name in code.names if _may_be_cost(code, name, trial)]
    names.sort(key=lambda name: not LIKELY.fullmatch(in_english(name)))
    ways = (trial.way, *(way for way in HANDOVERS if way is not trial.way))
    found = []
    for name in names:
        for way in ways:
            forward = trial.forward
            cost = OwnCost(name, Trial(trial.batch, way, forward))
            try:
                value = cost.value(code.copied())
            except StudentError:
                continue
            if np.isfinite(value):
                found.append(cost)
                break
    return found


def expect_no_broken_cost(code: Code, trial: Trial) -> None:
    """Check that no function with the name of a cost fails: no other cost may replace it.

    Args:
        code: which has no cost that works.
        trial: how it is called.

    Raises:
        StudentError: the function's own, in the trial's way of handing over.

    """
    for name in (name for name in code.names if COST_NAMES.fullmatch(in_english(name).lower())):
        try:
            OwnCost(name, trial).value(code.copied())
        except StudentError as error:
            if error.traceback or "returned" in error.line:
                line = f"{error.line}; mend it, or use --cost to name another cost"
                raise StudentError(line, error.traceback) from error


def is_cost_name(name: str) -> bool:
    """Whether a name says that a function gives a cost.

    >>> [is_cost_name(name) for name in ("total_cost", "loss", "cost_derivative", "predict")]
    [True, True, False, False]
    """
    return bool(LIKELY.fullmatch(in_english(name))) and not NEVER.fullmatch(in_english(name))


def _may_be_cost(code: Code, name: str, trial: Trial) -> bool:
    """Whether a function may be a cost, by its name and by what it takes and returns."""
    function = code.function(name)
    if is_forward_to_cost(function, name):
        return trial.forward is None or trial.forward.name != name
    if returns_gradients(function):
        return any(map(is_cost_name, returned_names(function)))
    if NEVER.fullmatch(in_english(name)) and not GIVES_GRADIENTS.fullmatch(name):
        return False
    roles = [role for role, _ in roles_in(function).values()]
    if Role.ARRIVING in roles:
        return False
    return bool(LIKELY.fullmatch(in_english(name))) or {Role.TARGETS} < set(roles)


def is_forward_to_cost(function: Callable[..., Any], name: str) -> bool:
    """Whether a forward pass may go on to the cost, because it takes the targets too."""
    roles = {role for role, _ in roles_in(function).values()}
    return name in FORWARD_NAMES and {Role.INPUTS, Role.TARGETS} <= roles


def _number_in(returned: Any) -> Any:
    """The cost in what was returned, alone or with gradients."""
    if isinstance(returned, tuple | list):
        single = [item for item in returned if not isinstance(item, str | dict) and _is_one(item)]
        ends_with_it = bool(single) and isinstance(returned[0], dict)
        return single[-1] if ends_with_it else (single or [None])[0]
    return returned


def _is_one(item: Any) -> bool:
    return not isinstance(item, list | tuple) and np.size(item) == 1 and item is not None
