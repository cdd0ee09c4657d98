"""What a layer's constructor receives: small numbers, by the names of its arguments."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.activation_pairs import activation_pairs
from gradcheck.homework.understanding.layers.any_optimizer import AnyOptimizer
from gradcheck.homework.understanding.layers.argument_meanings import (
    HEADS,
    PADDING,
    value_by_name,
)
from gradcheck.homework.understanding.layers.sizes import (
    LEARNING_RATE,
    LayerSizes,
    features,
    is_image,
    is_pool,
)

__all__ = ["layer_arguments", "takes_layers"]

DTYPE = "dtype"
WIDTH_OF_HEADS = 6  # of attention with two heads, which divide it
# The derivative of an activation among the arguments of a layer, and the activation.
PRIME = re.compile(r".*(prime|deriv|backward|grad).*|d_?(activation|act|func|f)", re.IGNORECASE)
FUNCTION = re.compile(r"(activation|act|func(tion)?|f|fn)(_?(function|func|fn|forward))?",
                      re.IGNORECASE)  # fmt: skip
# The network that a loss hands its gradient to.
MODEL = re.compile(r"model|net(work)?", re.IGNORECASE)
LOSS = re.compile(r"loss|cost|entropy|criterion", re.IGNORECASE)
LAYERS = re.compile(
    r"layers?(_?list)?|net|network|modules?|blocks?|sequence|model|list_?(of_)?layers|arch.*",
    re.IGNORECASE,
)


def takes_layers(built: Callable[..., Any]) -> bool:
    """Whether a constructor takes a list of layers, or layers one after another.

    Args:
        built: a class.

    """
    named = list(_parameters(built))
    if not named:
        return False
    return bool(LAYERS.fullmatch(named[0].name)) or (
        named[0].kind is named[0].VAR_POSITIONAL and named[0].name in ("args", "layers", "modules")
    )


def layer_arguments(
    built: Callable[..., Any],
    name: str,
    sizes: LayerSizes,
    pair: tuple[Any, Any] | None = None,
) -> tuple[tuple[Any, ...], Mapping[str, Any]]:
    """The arguments of a layer's constructor, by position and by name.

    Args:
        built: the class.
        name: of it.
        sizes: of the layer.
        pair: a function and its derivative, for a layer that takes both; None for those that stand
            beside the class, or else ours.

    Raises:
        StudentError: an argument has no known meaning.

    """
    required: list[str] = []
    named: dict[str, Any] = {}
    if any(re.fullmatch(HEADS, each.name, re.IGNORECASE) for each in _parameters(built)):
        sizes = replace(sizes, n_in=WIDTH_OF_HEADS)
    for each in _parameters(built):
        if each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD):
            continue
        if each.name == DTYPE:
            named[DTYPE] = np.float64
        elif MODEL.fullmatch(each.name) and LOSS.search(name):
            named[each.name] = AnyOptimizer(LEARNING_RATE)
        elif each.default is each.empty:
            required.append(each.name)
        elif each.default is None and each.name.lower() in ("in_features", "input_size", "n_in"):
            named[each.name] = sizes.n_in
        elif each.default == 0 and re.fullmatch(PADDING, each.name) and not is_pool(name):
            named[each.name] = sizes.padding
        elif each.default == 0 and re.search(r"drop|p|rate", each.name) and "drop" in name.lower():
            named[each.name] = 0.4
    beside = getattr(getattr(built, "__init__", None), "__globals__", {})
    pairs = [*([pair] if pair else activation_pairs(beside)), (np.tanh, _tanh_prime)]
    return tuple(_values(name, required, sizes, pairs[0])), named


def _values(
    name: str, required: Sequence[str], sizes: LayerSizes, pair: tuple[Any, Any]
) -> list[Any]:
    """The values of the arguments that must be given.

    Raises:
        StudentError: one of them has no known meaning.

    """
    function, prime = pair
    values = [value_by_name(each, name, sizes) for each in required]
    if any(PRIME.fullmatch(each) for each in required):
        # A layer for any activation takes the function and its derivative.
        values = [
            prime if PRIME.fullmatch(each) else function if FUNCTION.fullmatch(each) else value
            for each, value in zip(required, values, strict=True)
        ]
    unknown = [each for each, value in zip(required, values, strict=True) if value is None]
    if len(required) >= 2 and (len(unknown) == len(required) or _are_same(values, name)):
        # Several numbers without known names are the neurons before, between and after.
        first, last = sizes.n_in, sizes.n_out
        if is_image(name):
            first, last = sizes.channels_in, sizes.channels_out
        between = [first + last + each for each in range(len(required) - 2)]
        values, unknown = [first, *between, last], []
    elif len(required) == 2 and len(unknown) == 1 and any(isinstance(each, int) for each in values):
        values, unknown = [sizes.n_in, sizes.n_out], []
    if len(required) == 1 and unknown and not re.search(r"func|prime|layer|deriv", required[0]):
        values, unknown = [features(sizes, name)], []
    if unknown:
        raise StudentError(
            f"{name} is built from ({', '.join(required)}); no meaning is known for "
            f"{', '.join(unknown)}. Give {unknown[0]} a default, or write a function without "
            f"arguments that returns a {name}, and check that"
        )
    return values


def _are_same(values: list[Any], name: str) -> bool:
    """Whether two arguments are the same number, as of ``Dense(n, m)``."""
    is_pair = len(values) == 2 and isinstance(values[0], int) and values[0] == values[1]
    return is_pair and not is_pool(name)


def _parameters(built: Callable[..., Any]) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(built).parameters.values())
    except (TypeError, ValueError):
        return []


def _tanh_prime(x: Any) -> Any:
    return 1.0 - np.tanh(x) ** 2
