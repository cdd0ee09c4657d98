"""What every format gives for a check: named arrays, a cost of them, and the claimed gradients.

A format (``formats``) reads a student's module and makes a ``Contract`` of it. Nothing behind the
contract knows which format it was. All of this is in the child process; ``facts`` says what is sent
to the parent.

A contract has parts. Most have one: a network with its cost. A chain of layers has a part for the
whole and one for each layer; a function pair such as ``affine_forward`` and ``affine_backward`` is
one part. A part that ends in no cost gets one: ``arriving.cost_of_output``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.finding import Finding
from gradcheck.homework.known_operations.forward_call import ForwardCall
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.slots import Slot
from nets.arrays import HostArray

__all__ = ["Contract", "NamedArray", "NamedGradients", "Part", "PartCost", "Values"]

Values = Sequence[HostArray]  # one for each array of a part, in its order and shapes


@dataclass(frozen=True, eq=False)
class NamedArray:
    """One array that a cost depends on.

    Attributes:
        name: as the student calls it, such as ``W1``; ``layer 1 weights`` for the book's class.
        value: float64, the numbers that the student's code starts from.
        slot: its place in a fully connected network, where that is known: the layer, weights or
            biases, and the neurons on both sides.
        is_input: whether it is an input, as ``x`` of a layer, and not a parameter.

    """

    name: str
    value: HostArray = field(repr=False)
    slot: Slot | None = None
    is_input: bool = False


@dataclass(frozen=True, eq=False)
class NamedGradients:
    """The claimed gradients of a part, in one reading of what the student's code returned.

    Attributes:
        reading: which gradient belongs to which array, in words.
        transposed: whether the weight gradients were taken as transposes.
        arrays: float64, one in the shape of each array of the part.

    """

    reading: str
    transposed: bool
    arrays: list[HostArray] = field(repr=False)


@dataclass(frozen=True)
class PartCost:
    """The cost of a part.

    Attributes:
        name: in ``COSTS_OF_OUTPUT``, or the name that it has in the student's code.
        at: gives the cost for these values. It puts them into the student's objects and computes
            the cost, which is real, or complex for complex values.
        guessed: whether it may be another one, since the student's code does not define it.
        sums: what the claimed gradients may be: the mean over the mini-batch (False), the sum
            (True), or either. Empty: they are held to the cost as it is.
        passes: forward passes that one cost takes.

    """

    name: str
    at: Callable[[Values], Any]
    guessed: bool = False
    sums: tuple[bool, ...] = ()
    passes: int = 1


@dataclass(frozen=True, eq=False)
class Part:
    """Something whose gradients are checked: a network, a layer, or a pair of functions.

    Attributes:
        name: as the student calls it, such as ``TwoLayerNet`` or ``layer 2 (Dense)``.
        arrays: parameters, and inputs where their gradients are claimed too.
        cost: of the arrays.
        claims_at: gives the claimed gradients at these values, in each reading that fits; always
            the same readings in the same order. It is called twice: what it returns must not
            be overwritten by a later call.
        backward: what the student calls that, such as ``backprop``: for messages.
        current: gives copies of what the student's objects hold now, so that changes by the
            backward pass are noticed; None where nothing is held.
        other_cost: gives a cost of ``COSTS_OF_OUTPUT`` in place of the part's own; None where
            there is no output that it could be a cost of.
        batch: the mini-batch as columns, for a network whose inputs and targets are known.
        batch_size: examples in it; 1 where there is none.
        rounded: whether the student's code computes gradients in fewer digits than float64.
        findings: how the part was understood, and what is unusual about it.
        forward: a call of the forward function, where the part is one function with its backward.

    """

    name: str
    arrays: tuple[NamedArray, ...]
    cost: PartCost
    claims_at: Callable[[Values], list[NamedGradients]] = field(repr=False)
    backward: str = "backprop"
    current: Callable[[], list[HostArray]] | None = field(repr=False, default=None)
    other_cost: Callable[[str], PartCost] | None = field(repr=False, default=None)
    batch: MiniBatch | None = field(repr=False, default=None)
    batch_size: int = 1
    rounded: bool = False
    findings: tuple[Finding, ...] = ()
    forward: ForwardCall | None = None

    @property
    def values(self) -> list[HostArray]:
        """The numbers that the student's code starts from, each array in its own shape."""
        return [array.value for array in self.arrays]

    def at(self, values: Values) -> "Part":
        """The same part, to be checked at these values; an array of another shape keeps its own."""
        arrays = tuple(
            replace(array, value=value) if array.value.shape == value.shape else array
            for array, value in zip(self.arrays, values, strict=True)
        )
        return replace(self, arrays=arrays)


@dataclass(frozen=True)
class Contract:
    """All that is checked in a student's module.

    Attributes:
        parts: at least one. The first is the main one. If it is a chain, its layers follow in the
            order of the forward pass. The others are pieces beside it.
        layers: how many of the parts are layers of the first.
        left_out: what belongs to the module and could not be checked.

    """

    parts: tuple[Part, ...]
    layers: int = 0
    left_out: tuple[LeftOut, ...] = ()
