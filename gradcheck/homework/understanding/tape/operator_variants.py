"""The operators of an engine with other shapes and arguments than the usual ones.

Not every engine allows all of them. What raises an error is left out.
"""

import inspect
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.homework.understanding.tape.call_forms import (
    FORMS,
    CallForm,
    named_arguments,
    plain_name,
)
from gradcheck.homework.understanding.tape.function_classes import APPLY
from gradcheck.homework.understanding.tape.operators import Operator

__all__ = ["variants_of"]

Shapes = tuple[tuple[int, ...], ...]
FLAT, DEEP = (3, 4), (2, 3, 4)
# Pairs of shapes that NumPy broadcasts.
BROADCAST: tuple[Shapes, ...] = (
    *((FLAT, small) for small in ((4,), (1, 4), (3, 1), (1, 1), ())),
    *((small, FLAT) for small in ((4,), (1, 4), (3, 1), ())),
    ((3, 1), (4,)),
    ((3, 1), (1, 4)),
    (DEEP, (3, 1)),
    (DEEP, (2, 1, 4)),
)
OF_ENTRIES: tuple[tuple[str, str, Callable[[Any, Any], Any]], ...] = (
    ("__add__", "+", operator.add),
    ("__sub__", "-", operator.sub),
    ("__mul__", "*", operator.mul),
    ("__truediv__", "/", operator.truediv),
)
OF_MATRICES: tuple[Shapes, ...] = (
    (DEEP, (4, 2)),
    (DEEP, (2, 4, 2)),
    (FLAT, (2, 4, 2)),
    (FLAT, (4,)),
    ((4,), (4, 2)),
    ((4,), (4,)),
)
# Some entries twice, some never.
ROWS, COLUMNS = np.array([0, 2, 0, 0]), np.array([1, 3, 1, 2])
MASK = np.array([[True, False, False, True], [False] * 4, [True, True, False, False]])
INDICES: tuple[tuple[str, Any], ...] = (
    ("0:2", slice(0, 2)),
    (":, 1:3", (slice(None), slice(1, 3))),
    ("::2", slice(None, None, 2)),
    ("1, 2", (1, 2)),
    ("indices", ROWS),
    ("list of indices", ROWS.tolist()),
    ("rows, columns", (ROWS, COLUMNS)),
    (":, columns", (slice(None), COLUMNS)),
    ("mask", MASK),
)


def variants_of(kind: type, functions: Mapping[str, Callable[..., Any]]) -> Iterator[Operator]:
    """Further forms of the operators that an engine of arrays has.

    Args:
        kind: the engine.
        functions: of the student's module, that may be operators too.

    """
    for method, symbol, apply in OF_ENTRIES:
        if _has(kind, method):
            yield from (_pair(symbol, apply, shapes) for shapes in BROADCAST)
            yield from _with_arrays(symbol, apply)
    if _has(kind, "__matmul__"):
        yield from (_pair("@", operator.matmul, shapes) for shapes in OF_MATRICES)
    if _has(kind, "__pow__"):
        yield from (_power(number) for number in (2, 0.5, -0.5))
        yield _one("**", "a ** 2, of both signs", lambda a: a**2)
    if _has(kind, "__getitem__"):
        yield from (_item(text, index) for text, index in INDICES)
    for form in FORMS:
        yield from _called(kind, functions, form)


def _has(kind: type, name: str) -> bool:
    return callable(getattr(kind, name, None))


def _one(
    family: str, name: str, apply: Callable[..., Any], shapes: Shapes = (FLAT,), **more: Any
) -> Operator:
    return Operator(
        name, (apply,), shapes, of_arrays=True, is_optional=True, variant_of=family, **more
    )


def _pair(symbol: str, apply: Callable[..., Any], shapes: Shapes) -> Operator:
    return _one(symbol, f"a {symbol} b of shapes {shapes[0]} and {shapes[1]}", apply, shapes)


def _with_arrays(symbol: str, apply: Callable[[Any, Any], Any]) -> Iterator[Operator]:
    """An operator of a node and an array that is no node."""
    for shape in (FLAT, (4,)):
        array = np.linspace(0.5, 1.5, int(np.prod(shape))).reshape(shape)
        yield _one(
            symbol,
            f"a {symbol} array of shape {shape}",
            lambda a, array=array: apply(a, array.copy()),
        )
        yield _one(
            symbol,
            f"array {symbol} a, array of shape {shape}",
            lambda a, array=array: apply(array.copy(), a),
        )


def _power(number: float) -> Operator:
    return _one("**", f"a ** {number}", lambda a: a**number, positive=True)


def _item(text: str, index: Any) -> Operator:
    return _one("a[]", f"a[{text}]", lambda a: a[index], may_be_detached=True)


def _called(
    kind: type, functions: Mapping[str, Callable[..., Any]], form: CallForm
) -> Iterator[Operator]:
    """A form of call for each method and function that has one of its names."""
    members = {name: getattr(kind, name) for name in dir(kind) if not name.startswith("_")}
    for name, member in members.items():
        if plain_name(name) in form.names and callable(member):
            bound = isinstance(inspect.getattr_static(kind, name), staticmethod | classmethod)
            yield from _form_of(f"{kind.__name__}.{name}" if bound else f"a.{name}", member, form)
    for name, function in functions.items():
        if plain_name(name.removesuffix(APPLY)) in form.names:
            yield from _form_of(name, function, form)


def _form_of(name: str, function: Callable[..., Any], form: CallForm) -> Iterator[Operator]:
    named = named_arguments(function, form.keywords)
    if named is None:
        return

    def apply(*nodes: Any) -> Any:
        return function(*([list(nodes)] if form.as_list else nodes), *form.after, **named)

    def joined(first: Any, *others: Any) -> Any:
        return function(first, list(others), **named)

    def separate(*nodes: Any) -> Any:
        return function(*nodes, **named)

    said = [*map(str, form.after), *(f"{key}={value}" for key, value in named.items())]
    shapes = " and ".join(map(str, form.shapes))
    one = _one(
        name,
        f"{name}({', '.join(said)}) of shape {shapes}",
        apply,
        form.shapes,
        positive=form.positive,
        may_be_detached=form.may_be_detached,
    )
    yield replace(one, apply=(apply, joined, separate)) if form.as_list else one
