"""A student's class built from sizes, in the first way that its constructor takes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.asked import Asked
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.constructed_with_examples import with_examples
from gradcheck.homework.understanding.by_trying.constructions import (
    by_words,
    counted,
    other_forms,
)
from gradcheck.homework.understanding.by_trying.handover import Handover
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.constructor import (
    ONE_OUTPUT,
    USUAL_NETWORK,
    Construction,
    construction_of,
)
from gradcheck.homework.understanding.zero_strengths import zero_strengths

__all__ = ["Built", "built_objects"]

# Arguments of a constructor that are the examples themselves, and not their number.
INPUTS = re.compile(
    r"x|xs|x_?train|inputs?|data|features|train_?x|x_?data|input_?data", re.IGNORECASE
)
TARGETS = re.compile(
    r"y|ys|t|y_?train|targets?|labels|outputs?|train_?y|y_?data|expected\w*", re.IGNORECASE
)
LONGEST_TEXT = 60  # characters of a call in a message


@dataclass(frozen=True)
class Built:
    """An object of a student's class.

    Attributes:
        own: the object.
        sizes: neurons in each layer, where they are known.
        way: in which the constructor took examples; None where it takes none.
        batch: these examples.
        stronger: builds it again, with strengths of regularisation that are not 0; None if it
            has no strength at 0.

    """

    own: Any
    sizes: tuple[int, ...] | None
    way: Handover | None = None
    batch: MiniBatch | None = None
    stronger: Callable[[], Any] | None = None


def built_objects(
    kind: Callable[..., Any], name: str, asked: Asked, caller: Caller
) -> Iterator[Built]:
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
        build = partial(_built, kind, name, asked.seed, caller)
        try:
            own = build(construction)
        except StudentError as error:
            errors.append(construction.explained(error))
            continue
        found = True
        more = zero_strengths(kind, construction)
        strong = replace(construction, named=construction.named | more)
        stronger = partial(build, strong) if more else None
        yield Built(own, construction.sizes, way, batch, stronger)
    if not found:
        raise errors[0]


def _built(
    kind: Callable[..., Any], name: str, seed: int, caller: Caller, construction: Construction
) -> Any:
    """An object of the class.

    Raises:
        StudentError: its constructor raised something.

    """
    seed_generators(seed)
    with caller.calling(f"{name}({_text(construction)})"):
        return kind(*construction.arguments, **construction.named)


def _text(construction: Construction) -> str:
    """The arguments, short and in one line."""
    if any(isinstance(each, np.ndarray) for each in construction.named.values()):
        return ", ".join(construction.named)
    return construction.text[:LONGEST_TEXT]


def _constructions(
    kind: Callable[..., Any], name: str, asked: Asked, errors: list[StudentError]
) -> Iterator[tuple[Construction, Handover | None, MiniBatch | None]]:
    """The arguments that a constructor may take, the likeliest first."""
    needed = [name for name, (_, is_needed) in roles_in(kind).items() if is_needed]
    x, y = (next(filter(each.fullmatch, needed), None) for each in (INPUTS, TARGETS))
    if x is not None and y is not None:
        yield from with_examples(asked, needed, x, y)
    # Some classes work for one output only.
    for sizes in (None, ONE_OUTPUT) if asked.sizes is None else (asked.sizes,):
        yield from ((each, None, None) for each in counted(kind, sizes or USUAL_NETWORK))
        try:
            first = construction_of(kind, name, sizes)
        except StudentError as error:
            errors.append(error)
        else:
            yield first, None, None
            yield from ((each, None, None) for each in other_forms(kind, first))
        named = by_words(kind, sizes or USUAL_NETWORK)
        if named is not None and asked.sizes in (None, named.sizes):
            yield named, None, None
