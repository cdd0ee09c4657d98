"""Classes that are built without layers, such as ``Sequential``, filled with small layers.

The layers are those that the file defines or imports. ``add(Dense(6, 5))`` adds one. If there is no
such method, the list ``layers`` is set.
"""

import copy
import importlib
import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.leaves import arrays_of
from gradcheck.homework.understanding.by_trying.made_ready import made_ready
from gradcheck.homework.understanding.constructor import USUAL_NETWORKS
from gradcheck.homework.understanding.layers.activation_pairs import activation_pairs
from gradcheck.homework.understanding.layers.constructor_arguments import layer_arguments
from gradcheck.homework.understanding.layers.sizes import LayerSizes

__all__ = ["filled"]

ADDING = ("add", "add_layer", "addLayer", "append", "append_layer", "push", "add_module")
FORWARD = ("forward", "predict", "feed_forward", "feedforward", "forward_pass", "__call__")
LISTS = ("layers", "_layers", "modules", "model", "network")
# Classes of dense layers: those with a plain name first.
DENSE = (
    re.compile(r".*(dense|linear|affine|fully_?connected|fc).*", re.IGNORECASE),
    re.compile(r"(neural|nn|hidden)?_?layer", re.IGNORECASE),
)
# Activations as layers: those for one function first.
ACTIVATIONS = (
    re.compile(r".*(sigmoid|tanh|relu).*", re.IGNORECASE),
    re.compile(r"activation(_?layer)?|layer_?activation", re.IGNORECASE),
)
# Files of layers beside that of a network.
OF_LAYERS = re.compile(r".*(layer|dense|linear|activation|loss).*", re.IGNORECASE)
# Names of activations for layers that take one: of the hidden layer, and of the last one.
WORDS = ((None, None), ("sigmoid", "sigmoid"), ("relu", "sigmoid"), ("tanh", "softmax"))
# The first names for layers that have no activation by default. Two different functions show more
# than one: in a network without any, no derivative of an activation is computed.
MIXED = ("tanh", "sigmoid")
ACTIVATION_NAME = re.compile(
    r"act(ivation)?(_?(func(tion)?|fn|name|type))?|nonlin\w*", re.IGNORECASE
)

Filled = tuple[Any, tuple[int, ...]]


def filled(own: Any, asked: Asked, caller: Caller) -> Iterator[Filled]:
    """Copies of an empty object with two dense layers in it, and the sizes of these.

    Args:
        own: a student's object.
        asked: sizes and seed.
        caller: guards the calls.

    Returns:
        Nothing if the object holds arrays, or if there is no way to put layers into it.

    """
    if arrays_of(own) or not hasattr(own, "__dict__"):
        return
    put = _putter(own)
    names = _names_in_sight(own)
    dense = _first_of(names, DENSE, type(own))
    if put is not None and dense is None:
        names = {**_names_beside(own, caller), **names}
        dense = _first_of(names, DENSE, type(own))
    if put is None or dense is None:
        return
    for sizes in USUAL_NETWORKS if asked.sizes is None else (asked.sizes,):
        for words in (MIXED, *WORDS) if _is_linear_by_default(dense) else WORDS:
            with suppress(StudentError):
                seed_generators(asked.seed)
                with caller.calling(f"layers for {type(own).__name__}", quietly=True):
                    new = copy.deepcopy(own)
                    put(new, _layers(dense, names, sizes, words))
                    made_ready(new, names)
                    _go_forward_once(new, sizes[0])
                yield new, tuple(sizes)
            if not _takes_word(dense):
                break


def _go_forward_once(own: Any, n_in: int) -> None:
    """Call the forward pass: some layers make their weights when they first receive examples."""
    forward = next((name for name in FORWARD if callable(getattr(own, name, None))), None)
    if forward is not None and not arrays_of(own):
        getattr(own, forward)(np.random.default_rng(0).uniform(-1.0, 1.0, (2, n_in)))


def _putter(own: Any) -> Callable[[Any, list[Any]], None] | None:
    """How layers are put into an object: by a method or as a list; None if in no way."""
    method = next((name for name in ADDING if callable(getattr(own, name, None))), None)
    if method is not None:

        def add(new: Any, layers: list[Any]) -> None:
            for name in LISTS:  # a constructor that takes layers may have been given sizes
                if _is_empty_list(getattr(new, name, None)):
                    setattr(new, name, [])
            for layer in layers:
                getattr(new, method)(layer)

        return add
    held = next((name for name in LISTS if _is_empty_list(getattr(own, name, None))), None)
    if held is None:
        return None
    return lambda new, layers: setattr(new, held, layers)


def _is_empty_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, int) for each in value)


def _names_in_sight(own: Any) -> Mapping[str, Any]:
    """The names of the file that defines the class of an object."""
    functions = (each for each in vars(type(own)).values() if inspect.isfunction(each))
    first = next(functions, None)
    return {} if first is None else first.__globals__


def _names_beside(own: Any, caller: Caller) -> Mapping[str, Any]:
    """The names of files of layers in the folder of the class of an object."""
    found: dict[str, Any] = {}
    for file in sorted(caller.path.parent.glob("*.py")):
        if OF_LAYERS.fullmatch(file.stem) and file != caller.path:
            with suppress(StudentError), caller.calling(f"import {file.stem}", quietly=True):
                found |= vars(importlib.import_module(file.stem))
    return found


def _first_of(
    names: Mapping[str, Any], patterns: Sequence[re.Pattern[str]], but: type
) -> type | None:
    """The class of the first pattern that some class has."""
    found = (_first(names, each, but) for each in patterns)
    return next((kind for kind in found if kind is not None), None)


def _first(names: Mapping[str, Any], pattern: re.Pattern[str], but: type) -> type | None:
    """The first class of a matching name that no other class is made from."""
    classes = [each for each in names.values() if isinstance(each, type) and each is not but]
    found = [each for each in classes if pattern.fullmatch(each.__name__)]
    last = [each for each in found if not any(each in o.__mro__[1:] for o in classes)]
    return next(iter(last or found), None)


def _layers(
    dense: type, names: Mapping[str, Any], sizes: tuple[int, ...], words: tuple[Any, Any]
) -> list[Any]:
    """A dense layer for each two sizes, with activations of their own if the file has such."""
    between = None
    if not _takes_word(dense):
        between = _first_of(names, ACTIVATIONS, dense)
    found: list[Any] = []
    pairs: Sequence[tuple[Any, Any] | None] = activation_pairs(names) or (None,)
    for position, (up, down) in enumerate(pairwise(sizes)):
        is_last = len(found) // (1 if between is None else 2) == len(sizes) - 2
        found.append(_built(dense, up, down, words[is_last]))
        if between is not None:
            # Each function of the file has its turn.
            found.append(_built(between, down, down, None, pairs[position % len(pairs)]))
    return found


def _built(
    kind: type, n_in: int, n_out: int, word: Any, pair: tuple[Any, Any] | None = None
) -> Any:
    sizes = LayerSizes(n_in=n_in, n_out=n_out)
    arguments, named = layer_arguments(kind, kind.__name__, sizes, pair)
    more = dict(named)
    for each in inspect.signature(kind).parameters.values():
        if word is not None and ACTIVATION_NAME.fullmatch(each.name):
            more[each.name] = word
    positional = [
        each.name
        for each in inspect.signature(kind).parameters.values()
        if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD
    ]
    given = dict(zip(positional, arguments, strict=False)) | more
    return kind(**given)


def _takes_word(kind: type) -> bool:
    return any(map(ACTIVATION_NAME.fullmatch, inspect.signature(kind).parameters))


def _is_linear_by_default(kind: type) -> bool:
    """Whether a layer has an argument for its activation, which is None by default."""
    return any(
        each.default is None
        for each in inspect.signature(kind).parameters.values()
        if ACTIVATION_NAME.fullmatch(each.name)
    )
