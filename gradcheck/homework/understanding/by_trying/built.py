"""A student's class built from sizes, in the first way that its constructor takes."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.asked import Asked
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.handover import HANDOVERS, Handover
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.constructor import Construction, construction_of

__all__ = ["Built", "built_objects"]

USUAL_SIZES = (6, 5, 4, 3)


@dataclass(frozen=True)
class Built:
    """An object of a student's class.

    Attributes:
        own: the object.
        sizes: neurons in each layer, where they are known.
        way: in which the constructor took examples; None where it takes none.
        batch: these examples.

    """

    own: Any
    sizes: tuple[int, ...] | None
    way: Handover | None = None
    batch: MiniBatch | None = None


def built_objects(kind: type, name: str, asked: Asked, caller: Caller) -> Iterator[Built]:
    """Objects of a class, one for each way in which its constructor works.

    Args:
        kind: the class.
        name: of it.
        asked: sizes and mini-batch.
        caller: guards the calls.

    Raises:
        StudentError: it works in no way.

    """
    errors: list[StudentError] = []
    found = False
    for construction, way, batch in _constructions(kind, name, asked, errors):
        seed_generators(asked.seed)
        try:
            with caller.calling(f"{name}({construction.text})"):
                own = kind(*construction.arguments, **construction.named)
        except StudentError as error:
            errors.append(error)
            continue
        found = True
        yield Built(own, construction.sizes, way, batch)
        if way is None:
            return
    if not found:
        raise errors[0]


def _constructions(
    kind: type, name: str, asked: Asked, errors: list[StudentError]
) -> Iterator[tuple[Construction, Handover | None, MiniBatch | None]]:
    """The arguments that a constructor may take, the likeliest first."""
    roles = roles_in(kind)
    needed = {role: each for each, (role, is_needed) in roles.items() if is_needed and role}
    if {Role.INPUTS, Role.TARGETS} <= set(needed):
        yield from _with_examples(kind, name, asked, needed)
    for sizes in (asked.sizes, None) if asked.sizes is None else (asked.sizes,):
        try:
            first = construction_of(kind, name, sizes)
        except StudentError as error:
            errors.append(error)
        else:
            yield first, None, None
            yield from ((each, None, None) for each in _others(kind, first))


def _others(kind: Callable[..., Any], first: Construction) -> Iterator[Construction]:
    """The same sizes in other forms: a number for a list of one, or the first number alone."""
    listed = {
        key: value[0]
        for key, value in first.named.items()
        if isinstance(value, list) and len(value) == 1
    }
    if listed:
        yield replace(first, named={**first.named, **listed})
    sizes = first.sizes
    if sizes is None:
        return
    numbers = [
        each for each in inspect.signature(kind).parameters.values() if each.default is each.empty
    ]
    if len(numbers) == 1:
        yield replace(first, arguments=(sizes[0],), named={})
        yield replace(first, arguments=(list(sizes[1:-1]),), named={})
    if len(numbers) == len(sizes):
        yield replace(first, arguments=sizes, named={})
    spread = (sizes[0], len(sizes) - 2, sizes[1], sizes[-1]) if len(sizes) >= 3 else sizes
    same = (sizes[0], *([sizes[1]] * (len(sizes) - 2)), sizes[-1])
    if len(numbers) >= 4:
        yield replace(first, arguments=spread, named={}, sizes=same)


def _with_examples(
    kind: type, name: str, asked: Asked, needed: dict[Role, str]
) -> Iterator[tuple[Construction, Handover, MiniBatch]]:
    """A constructor that takes the examples themselves."""
    sizes = asked.sizes or USUAL_SIZES[:3]
    batch = asked.mini_batch(sizes)
    rest = [each for role, each in needed.items() if role not in (Role.INPUTS, Role.TARGETS)]
    for way in HANDOVERS:
        if not way.whole:
            continue
        ((x, y),) = way.pieces(batch)
        given = {needed[Role.INPUTS]: x, needed[Role.TARGETS]: y}
        hidden: Sequence[Any] = ([*sizes[1:-1]], sizes[1] if len(sizes) > 2 else 4)
        for each in hidden if rest else [None]:
            named = {**given, **dict.fromkeys(rest, each)}
            yield Construction((), {k: np.array(v) if k in given.keys() else v
                                    for k, v in named.items()}, sizes), way, batch
