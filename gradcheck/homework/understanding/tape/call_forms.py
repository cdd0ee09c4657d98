"""Calls of known methods and functions with further arguments: an axis, an order, a list of nodes.

The names of the arguments differ from engine to engine, so the signature tells what they are
called here.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["ARGUMENTS", "FORMS", "CallForm", "named_arguments", "plain_name"]

# What an argument is for, and the names that it may have, the usual one first.
ARGUMENTS = {
    "axis": ("axis", "dim", "axes", "dims"),
    "keeps": ("keepdims", "keepdim", "keep_dims"),
    "stride": ("stride", "strides", "step"),
    "padding": ("padding", "pad", "p"),
    "size": ("kernel_size", "size", "pool_size", "kernel", "window", "k", "ks", "pool"),
}
Keywords = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class CallForm:
    """One way to call methods and functions of some names.

    Attributes:
        names: in lower case and without underscores.
        shapes: of the nodes.
        after: arguments by position, after the nodes.
        keywords: further arguments, by what they are for; see ``ARGUMENTS``.
        positive, may_be_detached: see ``Operator``.
        as_list: whether the nodes come in one list.

    """

    names: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]
    after: tuple[Any, ...] = ()
    keywords: Keywords = ()
    positive: bool = False
    may_be_detached: bool = False
    as_list: bool = False


REDUCTIONS = ("sum", "mean", "var", "std", "logsumexp", "prod", "norm")
EXTREMES = ("max", "min", "amax", "amin")
SOFT = ("softmax", "logsoftmax", "cumsum")
JOINS = ("concatenate", "concat", "cat", "stack", "hstack", "vstack")
ORDERS = ("transpose", "permute")
FLAT, DEEP = (3, 4), (2, 3, 4)
# Here a gradient along the wrong axis has the right shape.
SQUARE, CUBE = (3, 3), (3, 3, 3)
AXES: tuple[tuple[tuple[int, ...], Keywords], ...] = (
    (FLAT, (("axis", 0),)),
    (FLAT, (("axis", 1),)),
    (FLAT, (("axis", -1),)),
    (FLAT, (("axis", 0), ("keeps", True))),
    (FLAT, (("axis", 1), ("keeps", True))),
    (FLAT, (("keeps", True),)),
    (SQUARE, (("axis", 1),)),
    (DEEP, (("axis", 1),)),
    (DEEP, (("axis", (0, 2)),)),
)
# Names, a shape, and arguments by position.
WITH_PLACES: tuple[tuple[tuple[str, ...], tuple[int, ...], tuple[tuple[Any, ...], ...]], ...] = (
    (ORDERS, CUBE, ((1, 2, 0), ((1, 2, 0),), (0, 2, 1))),
    (("transpose", "swapaxes"), DEEP, ((0, 2),)),
    (("reshape", "view"), FLAT, ((2, 6), ((2, 6),), (-1,), (12,), (6, -1))),
    (("expanddims", "unsqueeze"), FLAT, ((0,), (1,))),
    (("squeeze",), (3, 1, 4), ((), (1,))),
    (("broadcastto", "expand"), (3, 1), (((3, 4),),)),
    (("clip", "clamp"), FLAT, ((-0.9, 0.9), (0.5, 1.0))),
)


def _forms() -> Iterator[CallForm]:
    for shape, keywords in AXES:
        yield CallForm(REDUCTIONS, (shape,), (), keywords)
        yield CallForm(EXTREMES, (shape,), (), keywords, may_be_detached=True)
    for shape, axis in ((FLAT, 0), (FLAT, 1), (FLAT, -1), (SQUARE, 0), (DEEP, 1)):
        yield CallForm(SOFT, (shape,), (), (("axis", axis),))
    for axis in (0, 1, -1):
        yield CallForm(JOINS, (FLAT, FLAT), (), (("axis", axis),), as_list=True)
    yield CallForm(JOINS, (FLAT, FLAT), as_list=True)
    yield CallForm(JOINS, (FLAT, (2, 4)), (), (("axis", 0),), as_list=True)
    for names, shape, several in WITH_PLACES:
        yield from (CallForm(names, (shape,), after) for after in several)
    yield CallForm(ORDERS, (CUBE,), (), (("axis", (1, 2, 0)),))
    for power in (2, 0.5, -2):
        yield CallForm(("pow", "power"), (FLAT,), (power,), positive=True)
    for shapes in ((DEEP, (4, 2)), (DEEP, (2, 4, 2)), (FLAT, (4,)), ((4,), (4, 2)), ((4,), (4,))):
        yield CallForm(("matmul", "dot", "mm", "bmm"), shapes)
    for function in ("relu", "leakyrelu", "elu", "abs", "square", "tanh", "sigmoid", "flatten"):
        yield CallForm((function,), (DEEP,))


FORMS = tuple(_forms())


def named_arguments(function: Callable[..., Any], keywords: Keywords) -> dict[str, Any] | None:
    """The keywords by the names that they have in a function; None if it does not take them all.

    >>> named_arguments(lambda x, dim=None: x, (("axis", 1),))
    {'dim': 1}
    >>> named_arguments(lambda x: x, (("axis", 1),)) is None
    True
    """
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return None
    takes_any = any(each.kind is each.VAR_KEYWORD for each in parameters.values())
    found = {}
    for purpose, value in keywords:
        usual = ARGUMENTS[purpose]
        name = next((each for each in usual if each in parameters), None)
        if name is None and not takes_any:
            return None
        found[name or usual[0]] = value
    return found


def plain_name(name: str) -> str:
    """A name in lower case, without underscores.

    >>> plain_name("LogSoftmax"), plain_name("log_softmax")
    ('logsoftmax', 'logsoftmax')
    """
    return re.sub(r"_", "", name).lower()
