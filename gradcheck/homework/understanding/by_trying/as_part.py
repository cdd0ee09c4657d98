"""Code that was understood by trying, as a part of a contract."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import Finding, guess, oddity
from gradcheck.homework.slots import Slot
from gradcheck.homework.understanding.by_trying.chain_slots import chain_slots
from gradcheck.homework.understanding.by_trying.claims import ReadCode
from gradcheck.homework.understanding.by_trying.code import Learned
from gradcheck.homework.understanding.by_trying.cost_of_code import (
    CostOfCode,
    cost_of_output_named,
)
from gradcheck.homework.understanding.by_trying.steps import Steps

__all__ = ["as_part"]


def as_part(read: ReadCode) -> Part:
    """Code that was understood, as a part.

    Args:
        read: by ``read_code``.

    """
    claims = read.claims
    trial, code, costing = claims.trial, read.code, read.code.copied()
    order, slots = _in_order(read)
    paths, values = read.learned.paths, read.learned.values
    learned = Learned(tuple(paths[k] for k in order), tuple(values[k] for k in order))

    def part_cost(cost: CostOfCode) -> PartCost:
        def at(values: Values) -> Any:
            learned.place(costing, [*values])
            with np.errstate(all="ignore"):
                return cost.value(costing)

        sums = (False, True) if trial.way.whole and cost.guessed else ()
        return PartCost(cost.name, at, cost.guessed, sums)

    def other_cost(name: str) -> PartCost:
        return part_cost(cost_of_output_named(name, trial, "another cost", guessed=True))

    def claims_at(values: Values) -> list[NamedGradients]:
        placed: list[Any] = [None] * len(order)
        for place, value in zip(order, values, strict=True):
            placed[place] = value
        return [
            NamedGradients(each.reading, each.transposed, [each.arrays[place] for place in order])
            for each in claims.at(code, placed)
        ]

    return Part(
        name=code.name,
        arrays=tuple(
            NamedArray(path.name, value, slot)
            for path, value, slot in zip(learned.paths, learned.values, slots, strict=True)
        ),
        cost=part_cost(read.cost),
        claims_at=claims_at,
        backward=claims.name,
        current=None if isinstance(claims, Steps) else lambda: learned.current(code),
        other_cost=other_cost if trial.forward is not None else None,
        batch=trial.batch,
        batch_size=trial.batch.size,
        findings=_findings(read),
    )


def _in_order(read: ReadCode) -> tuple[list[int], list[Slot | None]]:
    """The positions of the arrays layer by layer, and their slots, where shapes say them."""
    batch = read.claims.trial.batch
    slots = chain_slots(read.learned.values, batch.inputs.shape[0], batch.targets.shape[0])
    known = [slot for slot in slots if slot is not None]
    if len(known) < len(slots):
        return list(range(len(slots))), slots
    order = sorted(
        range(len(slots)), key=lambda place: (known[place].layer, not known[place].is_weights)
    )
    return order, [slots[place] for place in order]


def _findings(read: ReadCode) -> tuple[Finding, ...]:
    """How the code was understood."""
    claims = read.claims
    found = [guess(f"{claims.name} takes {claims.trial.way.name}.")]
    if claims.trial.forward is not None:
        found.append(guess(f"The output is that of {claims.trial.forward.name}."))
    found.append(read.cost.finding)
    found.append(guess(f"The arrays that are learned are {_listed(read.learned)}."))
    if isinstance(claims, Steps):
        found += _on_steps(claims)
    return tuple(found)


def _listed(learned: Learned) -> str:
    return ", ".join(path.name for path in learned.paths)


def _on_steps(steps: Steps) -> Sequence[Finding]:
    found = [
        guess(
            f"{steps.name} updates the arrays itself. Its gradients are the arrays before a step "
            "minus those after it, over the learning rate."
        )
    ]
    if not steps.has_rate and steps.own_rate != 1.0:
        found.append(
            guess(f"No learning rate was found; the steps fit the rate {steps.own_rate:.6g}.")
        )
    elif not steps.has_rate:
        found.append(guess("No learning rate was found; the steps were taken as they are."))
    if not steps.is_proportional:
        found.append(
            oddity(
                f"The steps of {steps.name} are not in proportion to the learning rate. It makes "
                "several steps, or it changes weights before the gradient was passed back through "
                "them."
            )
        )
    return found
