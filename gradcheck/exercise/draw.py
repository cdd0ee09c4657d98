"""Which exercise a seed gives: a manner and a mistake in it."""

from dataclasses import dataclass

import numpy as np

from gradcheck.bugs.drawn import in_turn
from gradcheck.exercise.manner import MANNERS, Manner, right_source, with_slip
from gradcheck.exercise.mistakes import LEVELS, MISTAKES, Mistake, expect_mistake
from gradcheck.exercise.slip import Slip
from nets.errors import BadInput, expect_one_of

__all__ = ["Exercise", "Wanted", "all_exercises", "draw_class", "draw_exercise"]


@dataclass(frozen=True)
class Exercise:
    """A right source, and the slip that makes it wrong."""

    manner: Manner
    slip: Slip

    @property
    def mistake(self) -> Mistake:
        """The mistake of the slip."""
        return MISTAKES[self.slip.mistake]

    @property
    def name(self) -> str:
        """Such as ``book/sign-flipped``."""
        return f"{self.manner.name}/{self.slip.mistake}"

    @property
    def right(self) -> str:
        """The right source."""
        return right_source(self.manner.name)

    @property
    def wrong(self) -> str:
        """The source with the mistake in it."""
        return with_slip(self.right, self.slip)


@dataclass(frozen=True)
class Wanted:
    """What was asked for; None where anything will do.

    Attributes:
        level: 1, 2 or 3.
        manner: a name in ``MANNERS``.
        mistake: a name in ``MISTAKES``.

    """

    level: int | None = None
    manner: str | None = None
    mistake: str | None = None

    def exercises(self) -> list[Exercise]:
        """All exercises that were asked for, at least one, in the order of the tables.

        Raises:
            BadInput: there is no such manner, mistake or level, or no exercise with all of them.

        """
        if self.manner is not None:
            expect_one_of("manner", self.manner, MANNERS)
        if self.level is not None and self.level not in LEVELS:
            raise BadInput(f"there is no level {self.level}; give 1, 2 or 3")
        if self.mistake is not None:
            expect_mistake(self.mistake)
        found = [
            each
            for each in all_exercises()
            if self.manner in (None, each.manner.name)
            and self.mistake in (None, each.slip.mistake)
            and (self.level is None or each.slip.mistake in LEVELS[self.level])
        ]
        if not found:
            raise BadInput(self._why_none())
        return found

    def _why_none(self) -> str:
        able = [each.name for each in MANNERS.values() if each.slip(self.mistake or "")]
        if self.mistake is not None and not able:
            return f"the bug {self.mistake} is no slip in source code; use another one"
        if self.mistake is not None and self.manner is not None and self.manner not in able:
            return (
                f"the bug {self.mistake} has no sensible form in the manner {self.manner}; use "
                f"--manner {' or '.join(able)}"
            )
        level = next(level for level, names in LEVELS.items() if self.mistake in names)
        return f"the bug {self.mistake} is of level {level}; leave --level out"


def all_exercises() -> list[Exercise]:
    """Every slip in every manner, in the order of the tables."""
    return [Exercise(manner, slip) for manner in MANNERS.values() for slip in manner.slips]


def draw_exercise(wanted: Wanted, seed: int) -> Exercise:
    """The exercise of a seed: seeds in a row give different ones, as long as there are some.

    Args:
        wanted: what was asked for.
        seed: of the draw.

    Raises:
        BadInput: there is no such exercise.

    """
    found = {each.name: each for each in wanted.exercises()}
    return found[in_turn(list(found), seed)]


def draw_class(wanted: Wanted, seed: int, size: int) -> list[Exercise]:
    """Different exercises for a class; all mistakes that fit come before one comes again.

    Args:
        wanted: what was asked for.
        seed: of the draw.
        size: how many.

    Raises:
        BadInput: there are not so many different ones.

    """
    found = wanted.exercises()
    if len(found) < size:
        raise BadInput(
            f"there are only {len(found)} different exercises of this kind; give --class "
            f"{len(found)} at most, or leave --level, --manner or --bug out"
        )
    generator = np.random.default_rng([seed, 4])
    shuffled = [found[position] for position in generator.permutation(len(found))]
    seen: dict[str, int] = {}
    turns = []
    for each in shuffled:
        turns.append(seen.get(each.slip.mistake, 0))
        seen[each.slip.mistake] = turns[-1] + 1
    first_turns_first = sorted(range(len(shuffled)), key=lambda position: turns[position])
    return [shuffled[position] for position in first_turns_first[:size]]
