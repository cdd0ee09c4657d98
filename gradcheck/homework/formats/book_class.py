"""A class like the book's: lists of weights and of biases, backprop, and a forward pass.

The class says little about itself, so most of it is found out by trying; see ``understanding``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format, NotMine, Recognised, Sureness
from gradcheck.homework.student_code import Caller
from gradcheck.homework.understanding.backprop import Backprop
from gradcheck.homework.understanding.cost import cost_named, cost_of
from gradcheck.homework.understanding.forward_pass import FORWARD_NAMES
from gradcheck.homework.understanding.layers.methods import Argument, argument_kind, is_layer
from gradcheck.homework.understanding.members import (
    all_arguments,
    attributes_stored,
    attributes_used,
    first_of,
    methods_of,
)
from gradcheck.homework.understanding.not_compared import not_compared
from gradcheck.homework.understanding.recognise_backprop import recognise_backprop
from gradcheck.homework.understanding.student_cost import StudentCost
from gradcheck.homework.understanding.student_network import (
    BACKPROP_NAMES,
    NetworkBuilder,
    StudentNetwork,
    no_backprop,
)
from gradcheck.homework.understanding.where_parameters_are import ATTRIBUTE_NAMES, NUMBERED_NAMES

__all__ = ["FORMAT", "open_class"]

# Gradients of these dtypes are rounded by the student's own code.
ROUNDED_DTYPES = ("float32", "float16")


def recognise(module: StudentModule, asked: Asked) -> Sequence[Recognised] | NotMine:
    """The classes that have a backprop; a function that builds one only by its name."""
    if asked.name is not None:
        built = module.names.get(asked.name)
        if not callable(built):
            return NotMine(f"{asked.name} is no class")
        if not isinstance(built, type):
            return [_recognised(asked.name, built, Sureness.POSSIBLE)]
        classes: dict[str, type] = {asked.name: built}
    else:
        classes = module.classes
    found = [
        _recognised(name, kind, sureness)
        for name, kind in classes.items()
        if (sureness := _sureness(kind)) is not None
    ]
    return found or _not_mine(classes)


def _recognised(name: str, built: Callable[..., Any], sureness: Sureness) -> Recognised:
    return Recognised(name, sureness, partial(open_class, built, name))


def _sureness(kind: type) -> Sureness | None:
    """How sure we are that a class is like the book's; None if it is not."""
    backprop = first_of(BACKPROP_NAMES, kind)
    if backprop is None:
        return None
    used = attributes_used(kind)
    lists = all(used & set(names) for names in ATTRIBUTE_NAMES.values())
    numbered = all(any(map(each.fullmatch, used)) for each in NUMBERED_NAMES.values())
    takes_targets = _takes_targets(getattr(kind, backprop))
    may_be_layer = is_layer(kind) and not (takes_targets and _holds_parameters(kind))
    if not (lists or numbered) or may_be_layer:
        return Sureness.POSSIBLE
    has_forward = first_of(FORWARD_NAMES, kind) is not None
    return Sureness.CERTAIN if lists and has_forward else Sureness.LIKELY


def _holds_parameters(kind: type) -> bool:
    """Whether a class stores weights of its own; a loss may only read those of its layers."""
    stored = attributes_stored(kind)
    lists = any(stored & set(names) for names in ATTRIBUTE_NAMES.values())
    return lists or any(any(map(each.fullmatch, stored)) for each in NUMBERED_NAMES.values())


def _takes_targets(backprop: Callable[..., Any]) -> bool:
    """Whether a backprop's second argument has a name of targets, whatever the first one is."""
    taken = [name for name in all_arguments(backprop) if name != "self"]
    return [argument_kind(name) for name in taken[1:2]] == [Argument.TARGETS]


def _not_mine(classes: dict[str, type]) -> NotMine:
    """Why the class that comes nearest is not like the book's."""
    if not classes:
        return NotMine("A class would be needed that has backprop(x, y), weights and biases")
    forward = [kind for kind in classes.values() if first_of(FORWARD_NAMES, kind) is not None]
    nearest = (forward or list(classes.values()))[0]
    if not methods_of(nearest):
        return NotMine(no_backprop(nearest), 0)
    return NotMine(no_backprop(nearest), 1 if forward else 0)


def open_class(built: Callable[..., Any], name: str, asked: Asked, caller: Caller) -> Contract:
    """Find out what a class means, and make a contract of it.

    Args:
        built: the class, or a function that builds a network.
        name: of it.
        asked: sizes, cost and mini-batch.
        caller: guards the calls.

    Raises:
        StudentError: the class cannot be understood; the message says what is missing.

    """
    builder = NetworkBuilder(built, name, asked.sizes, asked.seed, caller)
    first = builder.build()
    batch = asked.mini_batch(first.sizes)
    builder = replace(builder, sizes=first.sizes, values=first.parameters.values())
    backprop = recognise_backprop(builder, batch, each_array=asked.each_array)
    read, probe = (_Read(builder.build(), builder.build(), backprop, batch) for _ in range(2))
    part = read.part(asked.cost)
    others = not_compared(probe.part(asked.cost), probe.student.own, probe.costing.own, asked.seed)
    return Contract((part,), left_out=others)


@dataclass(frozen=True)
class _Read:
    """A class that was understood.

    Attributes:
        student: the network whose backprop is called.
        costing: another one, with the same parameters, whose cost is computed. So what a call of
            one leaves behind cannot change the other.
        backprop: how backprop is called and read.
        batch: the mini-batch.

    """

    student: StudentNetwork
    costing: StudentNetwork
    backprop: Backprop
    batch: MiniBatch

    def part(self, cost_name: str | None) -> Part:
        """The network as a part."""
        parameters, backprop = self.student.parameters, self.backprop
        if cost_name is not None:
            cost = cost_named(self.costing, self.batch, cost_name, "given by --cost")
        else:
            cost = cost_of(self.costing, self.batch, backprop.form)
        return Part(
            name=self.student.class_name,
            arrays=tuple(
                NamedArray(slot.name, value, slot)
                for slot, value in zip(parameters.slots, parameters.values(), strict=True)
            ),
            cost=self._part_cost(cost),
            claims_at=self.claims_at,
            backward=self.student.backprop_name,
            current=parameters.current,
            other_cost=lambda name: self._part_cost(
                cost_named(self.costing, self.batch, name, "another cost")
            ),
            batch=self.batch,
            batch_size=self.batch.size,
            rounded=any(dtype in backprop.read.unusual for dtype in ROUNDED_DTYPES),
            findings=(
                *self.student.findings,
                *parameters.findings,
                *backprop.findings(),
                *cost.findings,
            ),
        )

    def claims_at(self, values: Values) -> list[NamedGradients]:
        """The gradients that backprop returns, in each reading that fits."""
        before = partial(self.student.parameters.place, values)
        found = self.backprop.gradients(self.student, self.batch, before=before)
        return [
            NamedGradients(reading.text, reading.transposed, arrays)
            for reading, arrays in zip(self.backprop.readings, found, strict=True)
        ]

    def _part_cost(self, cost: StudentCost) -> PartCost:
        def at(values: Values) -> Any:
            self.costing.parameters.place(values)
            return cost.value()

        sums = cost.sums if self.backprop.form.whole else ()
        return PartCost(cost.name, at, cost.guessed, sums, cost.passes)


FORMAT = Format("a class like the book's", 10, recognise)
