"""A training loop as a part: the steps that it makes, and the cost that they belong to."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import Finding, guess, oddity
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.leaves import Path, read, write
from gradcheck.homework.understanding.by_trying.module_code import copied_names
from gradcheck.homework.understanding.by_trying.step_sizes import same_steps
from gradcheck.homework.understanding.by_trying.steps import RATE
from gradcheck.homework.understanding.loops.loop_cost import LoopCost
from gradcheck.homework.understanding.loops.one_pass import OnePass
from nets.arrays import HostArray

__all__ = ["LoopPart"]


@dataclass(frozen=True, eq=False)
class LoopPart:
    """One pass of a loop that was understood.

    Attributes:
        one: the pass.
        paths: of the arrays that are learned.
        values: the numbers that they begin with.
        rates: the variables that are learning rates.
        cost: that the steps belong to, or the likeliest.
        fits: whether they do.
        factor: by which the cost is multiplied. The learning rate of a student's loop may contain
            any positive constant, so this one is no mistake.

    """

    one: OnePass
    paths: tuple[Path, ...]
    values: tuple[HostArray, ...] = field(repr=False)
    rates: tuple[str, ...]
    cost: LoopCost | None = None
    fits: bool = False
    factor: float = 1.0

    def steps(self, values: Values, rate: float = RATE) -> list[HostArray]:
        """Before minus after, over the rate.

        Raises:
            StudentError: the pass raised something, or an array has another shape after it.

        """
        after = self._after(values, rate)
        divisor = rate if self.rates else 1.0
        found = []
        for path, value in zip(self.paths, values, strict=True):
            now = np.asarray(read(after, path), dtype=np.float64)
            if now.shape != value.shape:
                raise StudentError(f"{path.name} has shape {now.shape} after a pass")
            found.append((value - now) / divisor)
        return found

    def cost_at(self, values: Values, cost: LoopCost | None = None) -> float:
        """The cost with these weights, in their shapes: a pass with the learning rate 0."""
        taken = cost or self.cost
        assert taken is not None
        with np.errstate(all="ignore"):
            return self.factor * taken.value(self._after(values, 0.0))

    @property
    def is_proportional(self) -> bool:
        """Whether the steps are in proportion to the learning rate; true if none is known."""
        if not self.rates:
            return True
        return same_steps(self.steps(self.values), self.steps(self.values, RATE / 2.0))

    def part(self) -> Part:
        """What is checked."""
        assert self.cost is not None
        arrays = zip(self.paths, self.values, strict=True)
        return Part(
            name=self.one.name,
            arrays=tuple(NamedArray(path.name, value) for path, value in arrays),
            cost=PartCost(self.cost.name, self.cost_at, guessed=True),
            claims_at=lambda values: [
                NamedGradients("before minus after, over the rate", False, self.steps(values))
            ],
            backward=self.one.name,
            findings=self._findings(),
        )

    def _after(self, values: Values, rate: float) -> dict[str, Any]:
        own = copied_names(self.one.names)
        for path, value in zip(self.paths, values, strict=True):
            # A number stays one: an array would be changed by s = b; s += x.
            is_number = value.ndim == 0 and not isinstance(read(own, path), np.ndarray)
            write(own, path, value[()] if is_number else np.array(value))
        return self.one.run(own, dict.fromkeys(self.rates, rate))

    def _findings(self) -> tuple[Finding, ...]:
        assert self.cost is not None
        found = [
            guess(
                f"One pass of {self.one.name} was taken for one step of training. Its gradients "
                "are the arrays before it minus those after it, over the learning rate."
            ),
            guess(self.cost.text),
            guess(f"The arrays that are learned are {', '.join(p.name for p in self.paths)}."),
        ]
        if self.factor != 1.0:
            found.append(
                guess(
                    f"The steps follow {self.factor:.6g} times the gradient of this cost. The cost "
                    "was multiplied by it, since a learning rate may contain any constant."
                )
            )
        if not self.rates:
            found.append(guess("No learning rate was found; the steps were taken as they are."))
        elif not self.is_proportional:
            found.append(
                oddity(
                    "The steps are not in proportion to the learning rate. One pass makes several "
                    "steps, or it changes weights before the gradient was passed back through them."
                )
            )
        return tuple(found)
