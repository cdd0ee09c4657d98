"""Other arguments of a student's constructor: sizes in other forms, or numbers by their names."""

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.constructor import Construction
from gradcheck.homework.understanding.constructor_names import Role, constant_for, role_of
from gradcheck.homework.understanding.student_words import in_english

__all__ = ["by_words", "counted", "other_forms"]

# The number of hidden layers, and the neurons in each.
LAYERS = re.compile(r"(n|num|number)?_?(of_?)?(hidden_?)?layers?(_?num|_?count)?", re.IGNORECASE)
NEURONS = re.compile(r".*(hid|units|neurons|nodes|width).*", re.IGNORECASE)
IN = re.compile(r".*(in|inputs?|features?)(_?(layer|size|dim|units|nodes))?", re.IGNORECASE)
OUT = re.compile(r".*(out|outputs?|class(es)?|labels?)(_?(layer|size|dim|units|nodes))?", re.I)
# The vocabulary of a text: its letters or words are both inputs and outputs.
VOCABULARY = re.compile(r"(n_?)?(vocab(ulary)?|chars|words)_?(size|dim|len)?", re.IGNORECASE)
WORD = "sigmoid"
OTHER_WORDS = ("tanh", "relu", "sig")  # for classes that call their activations otherwise


def other_forms(kind: Callable[..., Any], first: Construction) -> Iterator[Construction]:
    """The same sizes in other forms.

    These forms are tried: a number in place of a list with one item, and a list in place of the
    number of hidden neurons; other names of activations, or one for each layer; the number of
    inputs alone; the hidden layers alone; each size by itself; and the numbers of inputs, of hidden
    layers, of neurons in each, and of outputs.

    Args:
        kind: the class.
        first: the arguments in the likeliest form.

    """
    listed = {
        key: value[0]
        for key, value in first.named.items()
        if isinstance(value, list) and len(value) == 1
    }
    if listed:
        yield replace(first, named={**first.named, **listed})
    hidden = {key: [value] for key, value in first.named.items() if role_of(key) is Role.HIDDEN}
    if len(hidden) == 1:
        yield replace(first, named={**first.named, **hidden})
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


def counted(kind: Callable[..., Any], sizes: Sequence[int]) -> Iterator[Construction]:
    """The number of layers beside a list of their sizes.

    The number is that of the layers with weights, of all layers, or of the hidden ones; the list
    holds the sizes of all layers, or of the hidden ones.

    Args:
        kind: the class.
        sizes: neurons in each layer.

    """
    needed = [name for name, (_, is_needed) in roles_in(kind).items() if is_needed]
    count = next((name for name in needed if LAYERS.fullmatch(in_english(name))), None)
    rest = [name for name in needed if name != count]
    listed = next((name for name in rest if NEURONS.fullmatch(in_english(name))), None)
    others = {name: constant_for(name, None) for name in rest if name != listed}
    if count is None or listed is None or None in others.values():
        return
    for number in (len(sizes) - 1, len(sizes)):
        yield Construction((), {count: number, listed: [*sizes], **others}, tuple(sizes))
    hidden = {count: len(sizes) - 2, listed: [*sizes[1:-1]], **others}
    yield Construction((), hidden, tuple(sizes))


def by_words(kind: Callable[..., Any], sizes: Sequence[int]) -> Construction | None:
    """Numbers of layers and of neurons by the names of the arguments that must be given.

    Args:
        kind: the class.
        sizes: neurons in each layer; all hidden layers have as many as the first one.

    Returns:
        None if some argument has no known meaning, or if none must be given.

    """
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
        pattern = next((each for each in meanings if each.fullmatch(in_english(name))), None)
        value = constant_for(name, None) if pattern is None else meanings[pattern]
        if value is None:
            return None
        values[name] = value
    same = (sizes[0], *([sizes[1]] * (len(sizes) - 2)), sizes[-1])
    return Construction((), values, same) if values else None
