"""Gradients of code that updates its own arrays: before minus after, over the learning rate."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.code import Code, Learned
from gradcheck.homework.understanding.by_trying.leaves import scalars_of, write
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.by_trying.refusals import Unmatched
from gradcheck.homework.understanding.by_trying.returned import mean_of_readings
from gradcheck.homework.understanding.by_trying.step_sizes import expect_plain_steps, same_steps
from gradcheck.homework.understanding.by_trying.trial import Trial
from gradcheck.homework.understanding.student_words import in_english
from nets.arrays import HostArray

__all__ = ["RATE", "RATE_NAME", "ROUNDS_NAME", "Steps", "understood_steps"]

# The learning rate of a step: a power of 2, so that dividing by it rounds nothing, and so large
# that the step's own rounding, u |w| / RATE, is far below any error bar.
RATE = 2.0**-3
RATE_NAME = re.compile(
    r"(learning|learn|l|lr|training)_?rate\d?|lr\d?|eta|lrate|step_?size|alpha|rate", re.IGNORECASE
)
ROUNDS_NAME = re.compile(
    r"(n_?|num_?|max_?|number_?of_?\w*)?(epochs?|iter(ation)?s?)|it|max_it", re.IGNORECASE
)


@dataclass(frozen=True)
class Steps:
    """The steps of code that updates its own arrays.

    Attributes:
        names: of the functions that make one step, in their order.
        trial: how they are called.
        learned: the arrays that they change.
        has_rate: whether the rate of the steps is known; else the steps are taken as they are.
        own_rate: the rate that is written in the code, if the cost of the code shows it.
        is_proportional: whether the steps are in proportion to the rate.

    """

    names: tuple[str, ...]
    trial: Trial
    learned: Learned
    has_rate: bool = True
    own_rate: float = 1.0
    is_proportional: bool = True

    @property
    def name(self) -> str:
        """As a message calls it."""
        return " and ".join(self.names)

    def at(
        self,
        code: Code,
        values: Sequence[HostArray],
        *,
        rate: float = RATE,
        quietly: bool = True,
    ) -> list[NamedGradients]:
        """Before minus after, over the rate, each step made by a copy of the code.

        Raises:
            StudentError: a function raised something, or changed an array's shape.

        """
        each = []
        for piece in self.trial.pieces():
            own = code.copied()
            self.learned.place(own, [*values])
            _set(own, rate, is_given=self._takes_rate(own))
            given = self.trial.given(own, piece, quietly=quietly).with_roles({Role.RATE: rate})
            for name in self.names:
                own.called(name, given, quietly=quietly)
            divisor = rate if self.has_rate else self.own_rate
            after = self.learned.current(own)
            arrays = [
                np.asarray(before - now, dtype=np.float64) / divisor
                for before, now in zip(values, after, strict=True)
            ]
            each.append([NamedGradients("before minus after, over the rate", False, arrays)])
        return mean_of_readings(each)

    def _takes_rate(self, code: Code) -> bool:
        """Whether a function receives the learning rate as an argument."""
        roles = (roles_in(code.function(name)).values() for name in self.names)
        return any(role is Role.RATE for each in roles for role, _ in each)


def _set(code: Code, rate: float, *, is_given: bool) -> None:
    """Set the learning rate and the number of epochs that an object holds.

    Args:
        code: which holds them.
        rate: of the step.
        is_given: whether the step receives it too: then ``alpha`` may be something else, such as
            the slope of an activation.

    """
    rates = scalars_of(code.root, partial(_is_called, RATE_NAME))
    sure = [path for path in rates if path.last.lower() not in ("alpha", "rate")]
    for path in sure or ([] if is_given else rates):
        write(code.root, path, rate)
    for path in scalars_of(code.root, partial(_is_called, ROUNDS_NAME)):
        write(code.root, path, 1)


def _is_called(pattern: re.Pattern[str], name: str) -> bool:
    return pattern.fullmatch(in_english(name)) is not None


def understood_steps(steps: Steps, code: Code, values: Sequence[HostArray]) -> Steps:
    """The same steps, with what two rates say about them, at values in the arrays' shapes.

    Raises:
        StudentError: they change nothing, make the arrays anew, or are no steps along a gradient.

    """
    one = steps.at(code, values, quietly=False)[0].arrays
    _expect_from_given(steps, code, values, one)
    other = steps.at(code, values, rate=RATE / 2.0)[0].arrays
    if not any(np.any(each) for each in one):
        raise Unmatched(f"{steps.name} changes none of the arrays that the output depends on")
    if not all(np.all(np.isfinite(each)) for each in one):
        raise StudentError(f"{steps.name} makes steps that are NaN or infinite")
    if same_steps(one, [each / 2.0 for each in other]):
        return replace(steps, has_rate=False)
    expect_plain_steps(steps.name, one)
    return replace(steps, is_proportional=same_steps(one, other))


def _expect_from_given(
    steps: Steps, code: Code, values: Sequence[HostArray], one: Sequence[HostArray]
) -> None:
    """Check that a step goes on from the arrays that are there.

    Raises:
        StudentError: all arrays are the same after it, whatever they were before.

    """
    moved = [1.5 * value + 0.25 for value in values]
    other = steps.at(code, moved)[0].arrays
    divisor = RATE if steps.has_rate else steps.own_rate
    if all(
        np.allclose(value - divisor * step, value_2 - divisor * step_2, rtol=1e-9, atol=1e-12)
        for value, step, value_2, step_2 in zip(values, one, moved, other, strict=True)
    ):
        raise StudentError(
            f"{steps.name} makes the arrays anew in each call, so no step from other arrays can "
            "be seen. Make them in the constructor"
        )
