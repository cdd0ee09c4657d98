"""What a class was asked to hand in: its parts, how each is checked, and what it earns."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradcheck.homework.enough_digits import DIGITS_OF_A_CLASS
from gradcheck.homework.reference import Reference
from gradcheck.homework.solution import Solution
from gradcheck.homework.submission import Submission

__all__ = ["Earned", "PartTask", "Task"]


@dataclass(frozen=True)
class Earned:
    """What a part earns, as shares of its points from 0 to 1.

    Attributes:
        arrays_right: if only some of its arrays are right: this share, times the share of right
            arrays.
        constant_factor: if all its arrays are right except for one positive factor: this share.
        wrong_sign: the same for a negative factor, such as -1.
        differences: if its backprop takes differences: all that it earns is multiplied by this.

    """

    arrays_right: float = 0.0
    constant_factor: float = 0.0
    wrong_sign: float = 0.0
    differences: float = 0.0


@dataclass(frozen=True)
class PartTask:
    """One class, layer or pair of functions that a submission must have.

    Attributes:
        how: it is checked; the path is replaced by that of each submission.
        points: for all of it; None where there are no points.
        earned: what it earns if it is not all right.
        digits: to how many decimal digits the gradients must agree.
        seeds: it is checked with each of them.
        sample: how many entries of each array are checked at most; None for all.
        reference: what it should compute; None for anything.
        is_assigned: whether an assignment asks for it: then a gradient that is missing is wrong.

    """

    how: Submission
    points: float | None = None
    earned: Earned = field(default_factory=Earned)
    digits: float = DIGITS_OF_A_CLASS
    seeds: tuple[int, ...] = (0,)
    sample: int | None = None
    reference: Reference | Solution | None = None
    is_assigned: bool = False

    def facts(self) -> tuple[Any, ...]:
        """All that its grade depends on, the submission aside."""
        how, limits = self.how, self.how.limits
        return (
            (how.class_name, how.sizes, how.cost, how.format, sorted(how.shapes.items())),
            (how.batch_size, limits.call_seconds, limits.total_seconds, limits.memory),
            (self.points, self.earned, self.digits, self.seeds, self.sample, self.reference),
            self.is_assigned,
        )


@dataclass(frozen=True)
class Task:
    """What a class was asked to hand in.

    Attributes:
        parts: at least one.
        files: patterns of the file names that count; none for any Python file or notebook.
        provided: files of the lecturer's that are copied beside each submission.
        hints: how many hints a student sees on a mistake, 0 to 3; None for its name.
        title: of the task.

    """

    parts: tuple[PartTask, ...]
    files: tuple[str, ...] = ()
    provided: tuple[Path, ...] = ()
    hints: int | None = None
    title: str = ""

    @classmethod
    def of(cls, how: Submission, sample: int | None = None) -> "Task":
        """A task of one part, without points.

        Args:
            how: it is checked.
            sample: how many entries of each array are checked at most; None for all.

        """
        return cls((PartTask(how, seeds=(how.seed,), sample=sample),))

    @property
    def points(self) -> float | None:
        """The points for everything; None where there are none."""
        each = [part.points for part in self.parts if part.points is not None]
        return sum(each) if each else None
