"""Regularisation of a layer: its strengths, and the method of the file that gives its cost.

A layer adds the gradient of the regularisation to its own. The output of the layer does not show
that cost. It is known if a class of the file has ``regularization_loss(layer)``; then it is a part
of the layer's cost. Else the strengths are 0 in the check.
"""

import copy
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.student_code import Caller, StudentError, required_arguments
from gradcheck.homework.understanding.layers.arrays_inside import arrays_in_object
from gradcheck.homework.understanding.layers.chain_members import layers_in
from gradcheck.homework.understanding.layers.methods import layer_methods
from gradcheck.homework.understanding.members import attributes_used

__all__ = ["Regularised", "regularised"]

STRENGTH = re.compile(
    r".*reg(ulari[sz](er|ation))?(_?(l1|l2|strength|rate|lambda|param))?|.*lambda.*|lmbda|"
    r"weight_?decay|(.*_)?l[12](_?(reg.*|lambda|strength|penalty|rate))?",
    re.IGNORECASE,
)
PENALTIES = re.compile(r"(get_|compute_|calc_)?regulari[sz]ation(_?(loss|cost|term))?|"
                       r"(get_|compute_|calc_)?reg_?(loss|cost|term)", re.IGNORECASE)  # fmt: skip
# Without unit: so large that a wrong gradient of the regularisation shows, and as small as the
# gradient of the output. All different, so that exchanged strengths show.
STRENGTHS = (0.3, 0.2, 0.4, 0.1)


@dataclass(frozen=True)
class Regularised:
    """A layer with the strengths of its regularisation for the check.

    Attributes:
        own: the layer, or a copy of it with other strengths.
        penalty: the cost of the regularisation of such an object; None if there is none.
        zeroed: whether strengths were set to 0.

    """

    own: Any = field(repr=False)
    penalty: Callable[[Any], float] | None = None
    zeroed: bool = False


def regularised(own: Any, caller: Caller) -> Regularised:
    """A layer with strengths that suit what is known of its cost.

    Args:
        own: the student's layer, or a chain of layers.
        caller: guards the calls.

    """
    held = [(each, _strengths(each)) for each in (own, *layers_in(own))]
    if not any(names for _, names in held):
        return Regularised(own)
    zeroed = copy.deepcopy(own)
    changed = False
    for each in (zeroed, *layers_in(zeroed)):
        for name in _strengths(each):
            changed = changed or bool(getattr(each, name))
            setattr(each, name, 0.0)
    for kind, method in _penalties(own):
        found = _with_penalty(zeroed, held[0][1], kind, method, caller)
        if found is not None:
            return found
    return Regularised(zeroed, None, zeroed=True) if changed else Regularised(own)


def _strengths(own: Any) -> list[str]:
    """The attributes that are strengths of a regularisation.

    A number of an activation is none, such as the lambda of SELU, nor is one that forward reads.
    """
    if not arrays_in_object(own):
        return []
    methods = layer_methods(own)
    forward = getattr(getattr(own, methods.forward), "__code__", None) if methods else None
    read = () if forward is None else forward.co_names
    return [
        name
        for name, value in attributes_of(own).items()
        if STRENGTH.fullmatch(name)
        and name not in read
        and isinstance(value, int | float)
        and not isinstance(value, bool)
        and (isinstance(value, float) or value == 0)
    ]


def _penalties(own: Any) -> Iterator[tuple[type, str]]:
    """The classes of the layer's file that give the cost of a layer's regularisation."""
    spaces: list[Mapping[str, Any]] = [
        value.__globals__
        for each in type(own).__mro__[:-1]
        for value in vars(each).values()
        if inspect.isfunction(value)
    ]
    for kind in spaces[0].values() if spaces else ():
        if not isinstance(kind, type):
            continue
        for name in dir(kind):
            method = getattr(kind, name, None)
            if PENALTIES.fullmatch(name) and inspect.isfunction(method):
                wanted = [each for each in required_arguments(method) or [] if each != "self"]
                if len(wanted) == 1:
                    yield kind, name


def _with_penalty(
    zeroed: Any, strengths: list[str], kind: type, method: str, caller: Caller
) -> Regularised | None:
    """The layer with strengths that are not 0, if the method gives the cost of each of them."""
    used = attributes_used(kind)
    names = [name for name in strengths if name in used]
    if not names:
        return None
    own = copy.deepcopy(zeroed)
    for name, strength in zip(names, STRENGTHS * len(names), strict=False):
        setattr(own, name, strength)
    penalty = partial(_penalty, kind, method, caller)
    try:
        costs = penalty(zeroed), penalty(own)
    except StudentError:
        return None
    return Regularised(own, penalty) if costs[0] == 0.0 and costs[1] != 0.0 else None


def _penalty(kind: type, method: str, caller: Caller, own: Any) -> float:
    """The cost of the regularisation of a layer.

    Raises:
        StudentError: the method raised something, or returned no number.

    """
    with caller.calling(f"{kind.__name__}.{method}(layer)", quietly=True):
        found = getattr(object.__new__(kind), method)(own)
    if np.ndim(found) or not isinstance(found, int | float | np.floating):
        raise StudentError(f"{kind.__name__}.{method} returned no number")
    return found  # type: ignore[return-value]
