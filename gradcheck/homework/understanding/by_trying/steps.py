"""Gradients of code that updates its own arrays: before minus after, over the learning rate."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradcheck.homework.contract import NamedGradients
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.code import Code, Learned
from gradcheck.homework.understanding.by_trying.leaves import scalars_of, write
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.by_trying.refusals import NoGradient, Unmatched
from gradcheck.homework.understanding.by_trying.returned import backwards, mean_of_readings
from gradcheck.homework.understanding.by_trying.trial import Trial
from nets.arrays import HostArray

__all__ = [
    *("RATE", "RATE_NAME", "ROUNDS_NAME", "Steps", "expect_plain_steps", "one_size"),
    *("same_steps", "trainers", "understood_steps"),
]

# The learning rate of a step: a power of 2, so that dividing by it rounds nothing, and so large
# that the step's own rounding, u |w| / RATE, is far below any error bar.
RATE = 2.0**-3
# Steps are in proportion to the rate if claims at two rates differ by less than this part of the
# largest entry: far more than rounding, far less than the effect of weights that move in between.
PROPORTIONAL = 1e-7
# All entries of a step have one size if they differ by less than this part: as of an optimiser such
# as Adam, whose first step has the size of the rate.
ONE_SIZE = 1e-3
RATE_NAME = re.compile(
    r"(learning|learn|l|lr|training)_?rate\d?|lr\d?|eta|lrate|step_?size|alpha|rate", re.IGNORECASE
)
ROUNDS_NAME = re.compile(
    r"(n_?|num_?|max_?|number_?of_?\w*)?(epochs?|iter(ation)?s?)|it|max_it", re.IGNORECASE
)
TRAINER = re.compile(
    r".*(train|fit|learn|update|step|descent|sgd|optimi|back|adjust|teach).*|iterate", re.IGNORECASE
)
NOT_TRAINER = re.compile(
    r".*(test|plot|load|save|predict|accura|init|evaluat|numeric|check|rate|history|until).*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Steps:
    """The steps of code that updates its own arrays.

    Attributes:
        names: of the functions that make one step, in their order.
        trial: how they are called.
        learned: the arrays that they change.
        has_rate: whether the rate of the steps is known; else the steps are taken as they are.
        own_rate: the rate that the code has in itself, where the cost of the code says it.
        is_proportional: whether they are in proportion to it.

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
            _set(own, rate)
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


def _set(code: Code, rate: float) -> None:
    """Set the learning rate and the number of epochs that an object holds."""
    rates = scalars_of(code.root, lambda name: RATE_NAME.fullmatch(name) is not None)
    sure = [path for path in rates if path.last.lower() not in ("alpha", "rate")]
    for path in sure or rates:
        write(code.root, path, rate)
    for path in scalars_of(code.root, lambda name: ROUNDS_NAME.fullmatch(name) is not None):
        write(code.root, path, 1)


def trainers(code: Code) -> list[tuple[str, ...]]:
    """The functions, or two of them one after the other, that may update the arrays."""
    found: list[tuple[str, ...]] = []
    finishing = []
    for name in code.names:
        if not TRAINER.fullmatch(name) or NOT_TRAINER.fullmatch(name):
            continue
        roles = roles_in(code.function(name))
        needed = {role for role, is_needed in roles.values() if is_needed}
        if Role.ARRIVING in needed:
            continue
        if {Role.TARGETS, Role.EXAMPLES} & {role for role, _ in roles.values()}:
            found.append((name,))
        elif not needed & {Role.INPUTS, Role.OUTPUT}:
            finishing.append(name)
    found.sort(key=lambda names: _order(names[0]))
    alone = [(name,) for name in finishing]  # of an object that holds its examples
    pairs = [(one, last) for one in backwards(code) for last in finishing if one != last]
    return [*found, *alone, *pairs]


def _order(name: str) -> int:
    """Smaller for what makes one step than for what makes many."""
    plain = name.lower()
    words = ("step", "batch", "back", "update", "train", "fit")
    return next((place for place, word in enumerate(words) if word in plain), len(words))


def understood_steps(steps: Steps, code: Code, values: Sequence[HostArray]) -> Steps:
    """The same steps, with what two rates say about them.

    Raises:
        StudentError: they change nothing, or they are no steps along a gradient.

    """
    one = steps.at(code, values, quietly=False)[0].arrays
    other = steps.at(code, values, rate=RATE / 2.0)[0].arrays
    if not any(np.any(each) for each in one):
        raise Unmatched(f"{steps.name} changes none of the arrays that the output depends on")
    if not all(np.all(np.isfinite(each)) for each in one):
        raise StudentError(f"{steps.name} makes steps that are NaN or infinite")
    if same_steps(one, [each / 2.0 for each in other]):
        return replace(steps, has_rate=False)
    expect_plain_steps(steps.name, one)
    return replace(steps, is_proportional=same_steps(one, other))


def expect_plain_steps(name: str, steps: Sequence[HostArray]) -> None:
    """Check that steps are not those of an optimiser such as Adam.

    Args:
        name: of what makes the steps, for the message.
        steps: of each array, in its shape.

    Raises:
        NoGradient: all of them have one size.

    """
    if one_size(steps):
        raise NoGradient(
            f"All steps of {name} have the same size, as those of Adam have; to be checked it "
            "should make plain steps, the rate times the gradient"
        )


def one_size(steps: Sequence[HostArray]) -> bool:
    """Whether all entries of a step have one size, as those of an optimiser such as Adam have.

    Args:
        steps: of each array, in its shape.

    """
    sizes = np.abs(np.concatenate([each.reshape(-1) for each in steps]))
    moved = sizes[sizes > 0.0]
    return moved.size > 4 and bool(np.ptp(moved) < ONE_SIZE * np.max(moved))


def same_steps(one: Sequence[HostArray], other: Sequence[HostArray]) -> bool:
    """Whether steps differ by no more than rounding.

    Args:
        one: the steps of each array, in its shape.
        other: the same at another learning rate, over that rate.

    """
    largest = max(float(np.max(np.abs(each))) for each in one)
    return all(
        bool(np.all(np.abs(a - b) <= PROPORTIONAL * largest))
        for a, b in zip(one, other, strict=True)
    )
