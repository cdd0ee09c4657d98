"""A file of layers as a contract: the network that it puts together; else each of its layers."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import Contract, Part
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.student_code import Caller, StudentError, Unread, is_in
from gradcheck.homework.understanding.layers.arrays_inside import arrays_in_object
from gradcheck.homework.understanding.layers.build_layer import build_layer
from gradcheck.homework.understanding.layers.chain import read_chain
from gradcheck.homework.understanding.layers.chain_members import layers_in
from gradcheck.homework.understanding.layers.convention import LeftToCost
from gradcheck.homework.understanding.layers.fused_loss import is_of_scores
from gradcheck.homework.understanding.layers.layer_classes import is_chain_class
from gradcheck.homework.understanding.layers.layers_by_themselves import layers_by_themselves
from gradcheck.homework.understanding.layers.methods import is_layer
from gradcheck.homework.understanding.layers.open_layer import build_named, open_layer

__all__ = ["open_file_of_layers"]

# A part that is a softmax, alone or as a layer of a chain: ``layer 3 (Softmax)``.
SOFTMAX = re.compile(r"(layer \d+ \()?soft_?max(layer)?\)?", re.IGNORECASE)
BUILDERS = re.compile(
    r"(make|build|create|get|init|new)_?\w*(net|network|model|mlp|cnn|sequential)\w*",
    re.IGNORECASE,
)


def open_file_of_layers(
    module: StudentModule, layers: Mapping[str, type], asked: Asked, caller: Caller
) -> Contract:
    """The network that a file puts together; else each of its layers.

    Args:
        module: the file.
        layers: the classes of layers in it, by name.
        asked: sizes, seed and the size of the mini-batch.
        caller: guards the calls.

    Raises:
        Unread: it has several networks, and nothing else.
        StudentError: nothing in it can be checked.

    """
    if len(layers) == 1:
        return open_layer(module, next(iter(layers)), asked, caller)
    built: dict[str, Any] = {}
    for name in layers:
        with suppress(StudentError):
            built[name] = build_named(module, name, asked, caller)
    chains = {name: own for name, own in built.items() if _is_network(own, layers)}
    if len(chains) > 1 and len(chains) == len(layers):
        raise Unread(
            f"{module.path.name} has {len(chains)} networks of layers: {', '.join(chains)}. "
            f"Choose one, such as --net {module.path.name}:{next(iter(chains))}"
        )
    pieces = [type(own) for own in built.values() if not is_chain_class(type(own))]
    chains = chains or _made_elsewhere(module, pieces, asked, caller)
    if len(chains) == 1:
        ((name, own),) = chains.items()
        with suppress(StudentError):
            chain = read_chain(own, name, asked, caller)
            return _with_rest(chain, own, module, layers, asked, caller)
    return _library(module, list(layers), asked, caller)


def _is_network(own: Any, layers: Mapping[str, type]) -> bool:
    """Whether an object is a file's own network, and not one more piece of a library.

    A class that takes any layers is a piece. A softmax with its loss in one class is a piece too,
    if the file has layers with parameters.
    """
    inside = layers_in(own)
    if len(inside) < 2 or is_chain_class(type(own)):
        return False
    used = {type(own), *(type(each) for each in inside)}
    return bool(arrays_in_object(own)) or used >= set(layers.values())


def _with_rest(
    chain: Contract,
    own: Any,
    module: StudentModule,
    layers: Mapping[str, type],
    asked: Asked,
    caller: Caller,
) -> Contract:
    """A chain, and beside it the layers and losses of the file that are not in it."""
    used = {type(own), *(type(each) for each in layers_in(own))}
    rest = [name for name, kind in layers.items() if kind not in used and not is_chain_class(kind)]
    pieces, errors = layers_by_themselves(module, rest, asked, caller, chain.parts)
    parts = [part for piece in pieces for part in piece.parts]
    open_ones = [left for piece in pieces for left in piece.left_out]
    every = [*chain.parts, *parts]
    left_out = (*chain.left_out, *open_ones, *_left_out(module, every, errors, caller))
    return Contract((*chain.parts, *parts), chain.layers, left_out)


def _made_elsewhere(
    module: StudentModule, pieces: Sequence[type], asked: Asked, caller: Caller
) -> dict[str, Any]:
    """The chain that a function of the file makes, or that a variable of the file holds.

    A variable of one of the classes that are known to be pieces is none.
    """
    found: dict[str, Any] = {}
    for name, function in module.functions.items():
        if BUILDERS.fullmatch(name):
            try:
                own = build_layer(function, name, asked, caller)
            except StudentError:
                continue
            if is_layer(type(own)) and len(layers_in(own)) > 1:
                found[name] = own
    if found:
        return found
    return {
        name: value
        for name, value in module.names.items()
        if not isinstance(value, type)
        and is_layer(type(value))
        and type(value) not in pieces
        and len(layers_in(value)) > 1
    }


def _library(module: StudentModule, names: Sequence[str], asked: Asked, caller: Caller) -> Contract:
    """Each layer of a file as a part of its own."""
    pieces, errors = layers_by_themselves(module, names, asked, caller)
    if not pieces:
        raise next(iter(errors.values()))
    parts = tuple(part for piece in pieces for part in piece.parts)
    open_ones = [left for piece in pieces for left in piece.left_out]
    left_out = (*open_ones, *_left_out(module, parts, errors, caller))
    return Contract(parts, left_out=left_out)


def _left_out(
    module: StudentModule,
    parts: Sequence[Part],
    errors: Mapping[str, StudentError],
    caller: Caller,
) -> tuple[LeftOut, ...]:
    """What could not be checked. A softmax may leave its derivative to a loss that has it."""
    losses = [part.name for part in parts if is_of_scores(part)]
    has_derivative = bool(losses)
    twice = [part.name for part in parts if losses and SOFTMAX.fullmatch(part.name)]
    found = [
        LeftOut(
            f"{loss} after {softmax}",
            "both compute the derivative of the softmax, and only one of them should",
            is_open=True,
        )
        for loss in losses
        for softmax in twice
        if softmax not in losses
    ]
    for name, error in errors.items():
        is_open = _is_open(module.classes.get(name), caller.path, error)
        is_left = has_derivative and isinstance(error, LeftToCost)
        found.append(LeftOut(name, error.line, is_open=is_open and not is_left))
    return tuple(found)


def _is_open(kind: type | None, path: Path, error: StudentError) -> bool:
    """Whether a mistake may be in a class that could not be checked.

    A chain only calls its layers, which are parts of their own; what is not written yet has no
    mistakes.
    """
    if isinstance(error.__cause__, NotImplementedError) or not is_in(path, error):
        return False
    return kind is None or not is_chain_class(kind)
