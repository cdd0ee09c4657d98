"""What was found out about a student's class: named arrays, a cost and claimed gradients."""

from dataclasses import dataclass, field

from gradcheck.homework.finding import Finding
from nets.arrays import HostArray

__all__ = ["ClassFacts", "NamedGradients"]


@dataclass(frozen=True, eq=False)
class NamedGradients:
    """The gradients of a mini-batch in one reading of what backprop returned.

    Attributes:
        reading: which gradient belongs to which array, in words.
        transposed: whether the weight gradients were taken as transposes.
        arrays: one in the shape of each parameter array.

    """

    reading: str
    transposed: bool
    arrays: list[HostArray] = field(repr=False)


@dataclass(frozen=True, eq=False)
class ClassFacts:
    """All that a check needs to know about a class, its code aside.

    Attributes:
        values: the parameter arrays, in the order layer 1 weights, layer 1 biases, ...
        gradients: those that backprop returned, in each reading that fits.
        again: those of a second time, if they were others.
        sums: what the gradients may be: the mean over the mini-batch (False), the sum (True), or
            either, where the class does not say it. Empty: what backprop returned, as it is.
        rounded: whether the class computes gradients in fewer digits than float64 has.
        cost: its name.
        guessed: whether the cost may be another one.
        passes: forward passes that one cost takes.
        seconds: of one cost and of one backprop of the mini-batch.
        findings: how the class was understood, and what is unusual about it.

    """

    values: list[HostArray] = field(repr=False)
    gradients: list[NamedGradients] = field(repr=False)
    again: list[NamedGradients] | None = field(repr=False)
    sums: tuple[bool, ...]
    rounded: bool
    cost: str
    guessed: bool
    passes: int
    seconds: dict[str, float]
    findings: tuple[Finding, ...]
