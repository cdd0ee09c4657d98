"""A student's class built from sizes, in the first way that its constructor takes."""

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.asked import Asked
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.handover import HANDOVERS, Handover
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.constructor import (
    Construction,
    constant_for,
    construction_of,
)

__all__ = ["Built", "built_objects"]

USUAL_SIZES = (6, 5, 4, 3)
# Arguments of a constructor that are the examples themselves, and not their number.
INPUTS = re.compile(
    r"x|xs|x_?train|inputs?|data|features|train_?x|x_?data|input_?data", re.IGNORECASE
)
TARGETS = re.compile(
    r"y|ys|t|y_?train|targets?|labels|outputs?|train_?y|y_?data|expected\w*", re.IGNORECASE
)
ONE_OUTPUT = (6, 5, 1)
# The number of hidden layers, and the neurons in each.
LAYERS = re.compile(r"(n|num|number)?_?(of_?)?(hidden_?)?layers?(_?num|_?count)?", re.IGNORECASE)
NEURONS = re.compile(r".*(hid|units|neurons|nodes|width).*", re.IGNORECASE)
IN = re.compile(r".*(in|inputs?|features?)(_?(layer|size|dim|units|nodes))?", re.IGNORECASE)
OUT = re.compile(r".*(out|outputs?|class(es)?|labels?)(_?(layer|size|dim|units|nodes))?", re.I)
# The letters or words of a text go in and come out.
VOCABULARY = re.compile(r"(n_?)?(vocab(ulary)?|chars|words)_?(size|dim|len)?", re.IGNORECASE)
WORD = "sigmoid"
OTHER_WORDS = ("tanh", "relu", "sig")  # for classes that call their activations otherwise
LONGEST_TEXT = 60  # characters of a call in a message


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
        seed_generators(asked.seed)
        try:
            with caller.calling(f"{name}({_text(construction)})"):
                own = kind(*construction.arguments, **construction.named)
        except StudentError as error:
            errors.append(error)
            continue
        found = True
        yield Built(own, construction.sizes, way, batch)
    if not found:
        raise errors[0]


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
        yield from _with_examples(asked, needed, x, y)
    # Some classes work for one output only.
    for sizes in (None, ONE_OUTPUT) if asked.sizes is None else (asked.sizes,):
        try:
            first = construction_of(kind, name, sizes)
        except StudentError as error:
            errors.append(error)
        else:
            yield first, None, None
            yield from ((each, None, None) for each in _others(kind, first))
        by_words = _by_words(kind, sizes or USUAL_SIZES[:3])
        if by_words is not None and asked.sizes in (None, by_words.sizes):
            yield by_words, None, None


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
    words = {key: [value] * (len(sizes) - 1) for key, value in first.named.items() if value == WORD}
    if words:
        yield replace(first, named={**first.named, **words})  # an activation for each layer
    for word in OTHER_WORDS if WORD in first.named.values() else ():
        other = {key: word if value == WORD else value for key, value in first.named.items()}
        yield replace(first, named=other)
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


def _by_words(kind: Callable[..., Any], sizes: Sequence[int]) -> Construction | None:
    """Numbers of layers and of neurons by their names; None if an argument has no meaning."""
    needed = [name for name, (_, is_needed) in roles_in(kind).items() if is_needed]
    letters = any(map(VOCABULARY.fullmatch, needed))
    if letters:
        sizes = (sizes[0], *sizes[1:-1], sizes[0])
    meanings = {
        VOCABULARY: sizes[0],
        LAYERS: len(sizes) - 2,
        NEURONS: sizes[1],
        IN: sizes[0],
        OUT: sizes[-1],
    }
    values: dict[str, Any] = {}
    for name in needed:
        pattern = next((each for each in meanings if each.fullmatch(name)), None)
        value = constant_for(name, None) if pattern is None else meanings[pattern]
        if value is None:
            return None
        values[name] = value
    same = (sizes[0], *([sizes[1]] * (len(sizes) - 2)), sizes[-1])
    return Construction((), values, same) if values else None


def _with_examples(
    asked: Asked, needed: Sequence[str], x_name: str, y_name: str
) -> Iterator[tuple[Construction, Handover, MiniBatch]]:
    """A constructor that takes the examples themselves."""
    for sizes in (USUAL_SIZES[:3], ONE_OUTPUT) if asked.sizes is None else (asked.sizes,):
        yield from _with_examples_of(sizes, asked, needed, x_name, y_name)


def _with_examples_of(
    sizes: tuple[int, ...], asked: Asked, needed: Sequence[str], x_name: str, y_name: str
) -> Iterator[tuple[Construction, Handover, MiniBatch]]:
    """The same with examples of some sizes."""
    batch = asked.mini_batch(sizes)
    rest = [each for each in needed if each not in (x_name, y_name)]
    hidden = [*sizes[1:-1]] or [USUAL_SIZES[1]]
    forms: list[Any] = [hidden, hidden[0], [*sizes], [{"size": each} for each in hidden]]
    for way in (each for each in HANDOVERS if not each.is_list):
        for form in forms if rest else forms[:1]:
            if way.whole:
                ((x, y),) = way.pieces(batch)
                named = {each: constant_for(each, form) for each in rest}
                yield Construction((), {x_name: x, y_name: y, **named}, sizes), way, batch
