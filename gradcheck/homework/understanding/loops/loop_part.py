"""A training loop as a part: the steps that it makes, and the cost that they belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import Finding, guess, oddity
from gradcheck.homework.sensible_scale import with_sensible_scale
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.fitting import fit_of
from gradcheck.homework.understanding.by_trying.leaves import Path, arrays_of, read, write
from gradcheck.homework.understanding.by_trying.matched import has_gradient_name
from gradcheck.homework.understanding.by_trying.module_code import copied_names
from gradcheck.homework.understanding.by_trying.refusals import NoGradient
from gradcheck.homework.understanding.by_trying.steps import RATE, one_size, same_steps
from gradcheck.homework.understanding.loops.loop_cost import LoopCost, costs_of_loop
from gradcheck.homework.understanding.loops.one_pass import OnePass
from gradcheck.homework.understanding.loops.speaking import (
    matrices_of,
    outputs_and_targets,
    possible_rates,
)
from nets.arrays import HostArray

__all__ = ["LoopPart", "read_pass"]

# A measured factor is a constant if they differ by less than this part: more than the error of the
# central differences that measured it.
SAME_FACTOR = 1e-5
RATE_DIGITS = 2  # of a learning rate that is written into the code, such as 0.05


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
        factor: of convention, by which the cost is multiplied: a learning rate contains any.

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
        """The cost, the weights being these: a pass with the learning rate 0."""
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
            write(own, path, np.array(value))
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


def read_pass(one: OnePass, source: str, asked_cost: str | None) -> LoopPart:
    """Find out what one pass learns, and by which cost.

    Args:
        one: the pass.
        source: of the file.
        asked_cost: a name in ``COSTS_OF_OUTPUT``; then it is the only one.

    Raises:
        StudentError: it makes no steps that could be checked.
        NoGradient: its steps are no gradients, as those of Adam.

    """
    after = one.run()
    rates = _rates(one, after)
    costs = [*costs_of_loop(one, after, source, asked_cost, has_rate=bool(rates))]
    if not costs:
        raise StudentError(
            f"{one.name} has no variable such as loss, and no difference of the output and targets"
        )
    part = _with_learned(one, after, costs, rates)
    steps = part.steps(part.values)
    if not any(np.any(each) for each in steps) or not all(np.all(np.isfinite(s)) for s in steps):
        raise StudentError(f"{one.name} makes no steps, or steps that are not finite")
    if one_size(steps):
        raise NoGradient(
            f"All steps of {one.name} have the same size, as those of Adam have; to be checked it "
            "should make plain steps, the rate times the gradient"
        )
    reading = [NamedGradients("", False, steps)]
    own = [cost for cost in costs if not isinstance(cost.of, tuple)]
    for cost in own or costs:
        factor = fit_of(reading, partial(part.cost_at, cost=cost), part.values, any_factor=True)
        plain = None if factor is None else _plain(factor, part, after)
        if plain is not None:
            return replace(part, cost=cost, fits=True, factor=plain)
    return replace(part, cost=costs[0])


def _plain(factor: float, part: LoopPart, after: Mapping[str, Any]) -> float | None:
    """The constant that a measured factor is; None if it is none that people use.

    Such a constant is made of 2, the number of examples and that of outputs; where no variable
    holds the learning rate, of a rate with few digits too.
    """
    pairs = outputs_and_targets(part.one.body, after)
    sizes: tuple[int, ...] = (1, 1)
    if pairs:
        output, targets = (eval(each, dict(after)) for each in pairs[0])
        sizes = matrices_of(output, targets)[0].shape
    examples = {len(v) for v in after.values() if isinstance(v, np.ndarray) and v.ndim == 2}
    counts = sorted({1, *sizes, sizes[0] * sizes[1], *examples})
    for two in (1.0, 2.0, 0.5, 4.0, 0.25):
        for count in counts:
            for constant in (two * count, two / count):
                rate = factor / constant
                nice = 1.0 if part.rates else float(f"{rate:.{RATE_DIGITS}g}")
                if abs(rate / nice - 1.0) < SAME_FACTOR:
                    return constant * nice
    return None


def _rates(one: OnePass, after: Mapping[str, Any]) -> tuple[str, ...]:
    """The variables that are learning rates: where they are 0, a pass changes no array."""
    held = arrays_of(dict(one.names))
    changed = {path: value for path, value in held.items() if _changed(value, path, after)}
    for each in possible_rates(one.names):
        try:
            still = one.run(changed=dict.fromkeys(each, 0.0))
        except StudentError:
            continue
        learned = [path for path in changed if not _changed(held[path], path, still)]
        if learned and all(path in learned or has_gradient_name(path) for path in changed):
            return each
    return ()


def _with_learned(
    one: OnePass, after: Mapping[str, Any], costs: Sequence[LoopCost], rates: tuple[str, ...]
) -> LoopPart:
    """The arrays that a pass changes, and that a cost depends on.

    Raises:
        StudentError: there are none.

    """
    held = {
        path: value
        for path, value in arrays_of(dict(one.names)).items()
        if not has_gradient_name(path) and _changed(value, path, after)
    }
    start = [NamedArray(path.name, np.array(value, dtype=float)) for path, value in held.items()]
    scaled = [each.value for each in with_sensible_scale(start, one.seed)[0]]
    trial = LoopPart(one, tuple(held), tuple(scaled), rates)
    generator = np.random.default_rng([one.seed, 4])
    kept = []
    for position, value in enumerate(scaled):
        moved = [*scaled]
        moved[position] = value * (1.0 + 1e-3 * generator.random(value.shape))
        if any(trial.cost_at(scaled, cost) != trial.cost_at(moved, cost) for cost in costs):
            kept.append(position)
    if not kept:
        raise StudentError(f"{one.name} changes no array that its output depends on")
    paths = tuple(trial.paths[k] for k in kept)
    return LoopPart(one, paths, tuple(start[k].value for k in kept), rates)


def _changed(value: HostArray, path: Path, after: Mapping[str, Any]) -> bool:
    try:
        now = np.asarray(read(after, path))
    except StudentError:
        return False
    return now.shape == value.shape and not np.array_equal(now, value, equal_nan=True)
