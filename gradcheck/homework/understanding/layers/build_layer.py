"""Build a layer, or a chain of layers, from a class or a function of a student's."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError, required_arguments
from gradcheck.homework.understanding.constructor import construction_of
from gradcheck.homework.understanding.layers.constructor_arguments import (
    layer_arguments,
    takes_layers,
)
from gradcheck.homework.understanding.layers.methods import is_layer, layer_methods
from gradcheck.homework.understanding.layers.sizes import LayerSizes, sizes_of
from gradcheck.homework.understanding.members import attributes_used

__all__ = ["DENSE", "build_layer", "build_sequence"]

# Methods by which some layers make their weights, after the constructor.
PREPARING = ("set_input_shape", "initialize", "init_weights", "initialize_weights", "init_params",
             "init", "build", "setup", "initialise")  # fmt: skip
DENSE = re.compile(r".*(dense|linear|affine|fully_?connected|fc).*|layer", re.IGNORECASE)
SEED = "seed"  # an attribute
ACTIVATION = re.compile(r".*(relu|sigmoid|tanh)", re.IGNORECASE)
BIAS = re.compile(r"b|bias(es)?", re.IGNORECASE)
USUAL = (6, 5, 3)  # sizes of a chain that is put together here


def build_layer(
    built: Callable[..., Any],
    name: str,
    asked: Asked,
    caller: Caller,
    sizes: LayerSizes | None = None,
) -> Any:
    """An object of a class, or what a function returns.

    Args:
        built: the class or the function.
        name: of it.
        asked: sizes and seed.
        caller: guards the calls.
        sizes: of a layer; None for those that were asked for.

    Raises:
        StudentError: an argument has no known meaning, or the constructor raised something.

    """
    sizes = sizes or sizes_of(asked)
    errors: list[StudentError] = []
    for arguments, named in _arguments(built, name, asked, sizes, errors):
        seed_generators(asked.seed)
        shown = ", ".join(map(repr, arguments))
        try:
            with caller.calling(f"{name}({shown})"):
                own = built(*arguments, **named)
        except StudentError as error:
            errors.append(error)
        else:
            _prepare(own, asked, caller)
            return own
    raise errors[0]


def _arguments(
    built: Callable[..., Any],
    name: str,
    asked: Asked,
    sizes: LayerSizes,
    errors: list[StudentError],
) -> list[tuple[Sequence[Any], Mapping[str, Any]]]:
    """The arguments to try: as of a layer, and as of a network."""
    found: list[tuple[Sequence[Any], Mapping[str, Any]]] = []
    try:
        found.append(layer_arguments(built, name, sizes))
    except StudentError as error:
        errors.append(error)
    try:
        given = construction_of(built, name, asked.sizes)
        found.append((given.arguments, given.named))
    except StudentError as error:
        errors.append(error)
    found = [*_single_array(built, sizes), *found]
    is_network = len(asked.sizes or ()) > 2 or len(required_arguments(built) or []) > 2
    if not isinstance(built, type) or (is_network and not _is_image(name)):
        found.reverse()
    return found


def _single_array(
    built: Callable[..., Any], sizes: LayerSizes
) -> list[tuple[Sequence[Any], Mapping[str, Any]]]:
    """An array for an operation that takes nothing else: a row for biases, else a matrix too."""
    required = required_arguments(built) or []
    if len(required) != 1:
        return []
    noted = inspect.signature(built).parameters[required[0]].annotation
    if noted is not np.ndarray and "ndarray" not in str(noted).lower():
        return []
    drawn = np.random.default_rng(4)
    matrix = drawn.standard_normal((sizes.n_in, sizes.n_out))
    row = drawn.standard_normal((1, sizes.n_in))
    arrays = [row] if BIAS.fullmatch(required[0]) else [matrix, row]
    return [((each,), {}) for each in arrays]


def _is_image(name: str) -> bool:
    return bool(re.search(r"conv|pool|2d", name, re.IGNORECASE))


def _prepare(own: Any, asked: Asked, caller: Caller) -> None:
    """Make the weights of a layer that makes them in a method of their own.

    A seed that a network gives to its layers is given here.
    """
    if SEED in attributes_used(type(own)) and not hasattr(own, SEED):
        own.seed = asked.seed
    if any(isinstance(each, np.ndarray) for each in attributes_of(own).values()):
        return
    sizes = sizes_of(asked)
    for name in PREPARING:
        method = getattr(own, name, None)
        if not callable(method):
            continue
        try:
            arguments, named = layer_arguments(method, type(own).__name__, sizes)
            with caller.calling(f"{type(own).__name__}.{name}(...)"):
                method(*arguments, **named)
        except StudentError:
            continue


def build_sequence(
    built: Callable[..., Any],
    name: str,
    classes: Mapping[str, type],
    asked: Asked,
    caller: Caller,
) -> Any | None:
    """A small chain of a file's own layers, in the class that it has for chains.

    Args:
        built: the class, which takes a list of layers, or has a method ``add``.
        name: of it.
        classes: of the file, and those that it imports.
        asked: sizes and seed.
        caller: guards the calls.

    Returns:
        None if the file has no dense layer and no activation to put into it.

    """
    dense = next((n for n, each in classes.items() if DENSE.fullmatch(n) and is_layer(each)), None)
    activation = next(
        (n for n, each in classes.items() if ACTIVATION.fullmatch(n) and is_layer(each)), None
    )
    if dense is None:
        return None
    asked_sizes = asked.sizes or ()
    first, middle, last = asked_sizes if len(asked_sizes) == 3 else USUAL
    layers = [_one(classes[dense], dense, (first, middle), asked, caller)]
    if activation is not None:
        layers.append(build_layer(classes[activation], activation, asked, caller))
    layers.append(_one(classes[dense], dense, (middle, last), asked, caller))
    methods = layer_methods(built)
    if methods is not None and methods.is_loss:
        # Its forward takes targets, so the last of its layers is a loss.
        loss = next((n for n, each in classes.items() if _is_loss(each)), None)
        if loss is None:
            return None
        layers.append(build_layer(classes[loss], loss, asked, caller))
    with caller.calling(f"{name}([{dense}, ...])"):
        if takes_layers(built):
            starred = not required_arguments(built)
            return built(*layers) if starred and _has_star(built) else built(layers)
        own = built()
        for layer in layers:
            own.add(layer)
        return own


def _is_loss(kind: type) -> bool:
    methods = layer_methods(kind)
    return methods is not None and methods.is_loss and not takes_layers(kind)


def _one(kind: type, name: str, sizes: tuple[int, int], asked: Asked, caller: Caller) -> Any:
    return build_layer(kind, name, replace(asked, sizes=sizes), caller)


def _has_star(built: Callable[..., Any]) -> bool:
    return any(
        each.kind is each.VAR_POSITIONAL for each in inspect.signature(built).parameters.values()
    )
