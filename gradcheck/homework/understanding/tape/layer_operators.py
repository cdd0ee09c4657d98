"""Operators on images and rows that an engine may have: convolutions, pooling, biases, losses.

They are methods, functions, or classes with ``apply``. Their names tell which shapes suit them.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from gradcheck.homework.understanding.tape.call_forms import (
    ARGUMENTS,
    Keywords,
    named_arguments,
    plain_name,
)
from gradcheck.homework.understanding.tape.cost import is_loss
from gradcheck.homework.understanding.tape.engine import TapeEngine
from gradcheck.homework.understanding.tape.function_classes import APPLY
from gradcheck.homework.understanding.tape.operators import Operator

__all__ = ["layer_operators"]

Shapes = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class LayerRow:
    """A kind of layer.

    Attributes:
        stem: matches its plain name.
        shapes: of the nodes, in each form.
        settings: further arguments, by what they are for; see ``ARGUMENTS``.

    """

    stem: re.Pattern[str]
    shapes: tuple[Shapes, ...]
    settings: tuple[Keywords, ...] = ((),)


END = r"(2d|fn|function|op|layer)*"
IMAGES, FILTERS = (2, 2, 5, 5), (3, 2, 3, 3)
STRIDES: tuple[Keywords, ...] = (
    (),
    (("stride", 1), ("padding", 0)),
    (("stride", 2),),
    (("padding", 1),),
    (("stride", 2), ("padding", 1)),
)
SIZES: tuple[Keywords, ...] = (
    (),
    (("size", 2),),
    (("size", 2), ("stride", 2)),
    (("size", 2), ("stride", 1)),
    (("size", (2, 2)),),
    (("size", 2), ("stride", 2), ("padding", 0)),
)
ROWS = (
    LayerRow(
        re.compile(rf"(conv|convolution|convolve){END}"),
        ((IMAGES, FILTERS), (IMAGES, FILTERS, (3,))),
        STRIDES,
    ),
    LayerRow(
        re.compile(r"(conv|convolution)1d(fn|function|op|layer)?"),
        (((2, 2, 5), (3, 2, 3)), ((2, 2, 5), (3, 2, 3), (3,))),
        STRIDES,
    ),
    LayerRow(
        re.compile(rf"(max|avg|average|mean)?pool(ing)?{END}(2x2)?"),
        (((2, 2, 4, 4),),),
        SIZES,
    ),
    LayerRow(re.compile(rf"(add)?bias(add)?{END}"), (((3, 4), (4,)),)),
    LayerRow(
        re.compile(rf"(linear|affine|dense|fc|fullyconnected){END}"),
        (
            ((3, 4), (4, 2), (2,)),
            ((3, 4), (2, 4), (2,)),
            ((3, 4), (4, 2)),
            ((3, 4), (2, 4)),
        ),
    ),
)
OPTIONAL_NODE = re.compile(r"b|bias|biases", re.IGNORECASE)
TARGET = re.compile(
    r"(y|t)(_?true)?|(y_)?(targets?|labels?|truth|true|gt)|ground_truth", re.IGNORECASE
)
# Classes whose gradients are no slopes on purpose, or whose outputs are random.
ON_PURPOSE = re.compile(
    r".*(straight|ste|through|round|sign|floor|ceil|quant|binar|revers|grl|detach|stop|drop|noise|"
    r"random|grad|spike|surrogate).*"
)
LABELS = np.array([0, 3, 1])


def layer_operators(
    engine: TapeEngine, functions: Mapping[str, Callable[..., Any]]
) -> Iterator[Operator]:
    """The layers and losses of an engine's arrays.

    All of them become parts only if a quick look finds them in doubt. A class with ``apply`` of
    any other name is applied to one node.

    Args:
        engine: the student's.
        functions: of the student's module, classes with ``apply`` included.

    """
    members = {
        f"a.{name}": getattr(engine.kind, name)
        for name in dir(engine.kind)
        if not name.startswith("_") and inspect.isfunction(getattr(engine.kind, name))
    }
    for name, function in (members | dict(functions)).items():
        plain = plain_name(name.removeprefix("a.").removesuffix(APPLY))
        rows = [row for row in ROWS if row.stem.fullmatch(plain)]
        for row in rows:
            yield from _forms_of(name, function, row)
        if is_loss(plain):
            yield from _loss(name, function, engine)
        elif name.endswith(APPLY) and not rows and not ON_PURPOSE.fullmatch(plain):
            yield from _of_one_node(name, function)


def _forms_of(name: str, function: Callable[..., Any], row: LayerRow) -> Iterator[Operator]:
    purposes = {purpose for setting in row.settings for purpose, _ in setting}
    counts = _node_counts(function, purposes)
    for setting in row.settings:
        named = named_arguments(function, setting)
        for shapes in row.shapes:
            if named is None or (counts is not None and len(shapes) not in counts):
                continue
            said = "".join(f", {key}={value}" for key, value in named.items())
            yield Operator(
                f"{name} of shapes {' and '.join(map(str, shapes))}{said}",
                (partial(function, **named),),
                shapes,
                of_arrays=True,
                is_optional=True,
                variant_of=name,
            )


def _of_one_node(name: str, function: Callable[..., Any]) -> Iterator[Operator]:
    counts = _node_counts(function, set())
    if counts is None or 1 not in counts:
        return
    for shape in ((3, 4), (2, 2, 4, 4)):
        yield Operator(
            f"{name} of shape {shape}",
            (function,),
            (shape,),
            of_arrays=True,
            is_optional=True,
            may_be_detached=True,
            variant_of=name,
        )


def _node_counts(function: Callable[..., Any], purposes: set[str]) -> range | None:
    """How many nodes a function may take; None if its signature does not tell."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return None
    if any(each.kind is each.VAR_POSITIONAL for each in parameters):
        return None
    settings = {name for purpose in purposes for name in ARGUMENTS[purpose]}
    needed = [p for p in parameters if p.default is p.empty and p.name not in settings]
    needed = [p for p in needed if p.kind is not p.VAR_KEYWORD]
    more = [p for p in parameters if p.default is not p.empty and OPTIONAL_NODE.fullmatch(p.name)]
    return range(len(needed), len(needed) + len(more) + 1)


def _loss(name: str, function: Callable[..., Any], engine: TapeEngine) -> Iterator[Operator]:
    """A loss of outputs and targets, which are labels or have a 1 for each label."""
    counts = _node_counts(function, set())
    if counts is None or 2 not in counts:
        return
    first = next(iter(inspect.signature(function).parameters))
    if TARGET.fullmatch(first):
        return
    wanted = np.eye(4)[LABELS]
    for text, values in (("labels", LABELS), ("targets", wanted)):
        forms = [lambda a, y=values: function(a, y.copy())]
        forms += [lambda a, y=values: function(a, engine.node(y))]
        yield Operator(
            f"{name}(a, {text})",
            tuple(forms),
            of_arrays=True,
            is_optional=True,
            positive=True,
            may_be_detached=True,
            variant_of=name,
        )
