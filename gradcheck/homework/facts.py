"""What was found out about a student's code: the part that is sent to the parent process."""

from dataclasses import dataclass, field

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.contract import NamedArray, NamedGradients
from gradcheck.homework.finding import Finding
from gradcheck.homework.known_operations.forward_call import ForwardCall
from gradcheck.homework.left_out import LeftOut
from nets.arrays import HostArray

__all__ = ["Facts", "PartFacts"]


@dataclass(frozen=True, eq=False)
class PartFacts:
    """All that a check needs to know about one part, the student's code aside.

    Attributes:
        name: of the part, as the student calls it.
        arrays: the named arrays, with the values at which they are checked.
        gradients: those that the student's code claims, in each reading that fits.
        again: those of a second call, if they were others.
        sums: what the gradients may be: the mean over the mini-batch (False), the sum (True), or
            either, where the code does not say it. Empty: what it returned, as it is.
        rounded: whether gradients are computed in fewer digits than float64 has.
        cost: its name.
        guessed: whether the cost may be another one.
        passes: forward passes that one cost takes.
        seconds: of one cost and of one backward pass of the mini-batch.
        findings: how the part was understood, and what is unusual about it.
        has_other_costs: whether the costs of ``COSTS_OF_OUTPUT`` can be asked for too.
        batch: the mini-batch as columns, where the part is a network of known inputs and targets.
        batch_size: examples in it; 1 where there is none.
        forward: a call of the forward function, where the part is one function with its backward.

    """

    name: str
    arrays: tuple[NamedArray, ...]
    gradients: list[NamedGradients] = field(repr=False)
    again: list[NamedGradients] | None = field(repr=False)
    sums: tuple[bool, ...]
    rounded: bool
    cost: str
    guessed: bool
    passes: int
    seconds: dict[str, float]
    findings: tuple[Finding, ...]
    has_other_costs: bool = False
    batch: MiniBatch | None = field(repr=False, default=None)
    batch_size: int = 1
    forward: ForwardCall | None = None

    @property
    def values(self) -> list[HostArray]:
        """The values at which the arrays are checked, each in its own shape."""
        return [array.value for array in self.arrays]

    @property
    def sizes(self) -> tuple[int, ...] | None:
        """Neurons in each layer, where every array has a slot; else None."""
        slots = [array.slot for array in self.arrays if array.slot is not None]
        weights = [slot for slot in slots if slot.is_weights]
        if len(slots) < len(self.arrays) or not weights:
            return None
        return weights[0].n_up, *(slot.n_down for slot in weights)

    @property
    def n_output(self) -> int | None:
        """Neurons in the last layer; None where the part is no network of known targets."""
        return None if self.batch is None else int(self.batch.targets.shape[0])


@dataclass(frozen=True, eq=False)
class Facts:
    """All that a check needs to know about a student's module.

    Attributes:
        name: what was checked, such as ``Network``.
        format: the name of the format that it was read in.
        parts: see ``Contract``.
        layers: how many of the parts after the first are its layers.
        findings: how the file was read.
        left_out: what could not be checked.

    """

    name: str
    format: str
    parts: tuple[PartFacts, ...]
    layers: int = 0
    findings: tuple[Finding, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
