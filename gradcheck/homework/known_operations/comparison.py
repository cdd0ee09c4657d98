"""Whether a forward function computes what its name says."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np

from gradcheck.homework.argument_names import ROLES, is_auxiliary
from gradcheck.homework.known_operations.elementwise import ELEMENTWISE
from gradcheck.homework.known_operations.forward_call import ForwardCall
from gradcheck.homework.known_operations.images import IMAGES
from gradcheck.homework.known_operations.layers import LAYERS
from gradcheck.homework.known_operations.losses import LOSSES
from gradcheck.homework.known_operations.operation import Given, Operation
from nets.arrays import HostArray

__all__ = ["RightOperation", "right_operations", "roles_named", "unlike_its_name"]

OPERATIONS = (*ELEMENTWISE, *LAYERS, *IMAGES, *LOSSES)
VERSIONS = re.compile(r"_?(naive|fast|alt|vectori[sz]ed|layer|im2col|loop|v2)(?=_|$)")


@dataclass(frozen=True)
class RightOperation:
    """An operation that gave the output of a student's function.

    Attributes:
        formula: what it computes.
        close: see ``Operation``.
        output_of: its output, for arrays by the names of the function's arguments.

    """

    formula: str
    close: float
    output_of: Callable[[Mapping[str, HostArray]], HostArray]


def right_operations(call: ForwardCall) -> list[RightOperation]:
    """Each operation that the function is named after and that gives its output."""
    found = []
    for operation in _operations_named(call.stem):
        arrays = _by_role(call.given, operation.roles)
        if arrays is None:
            continue
        with np.errstate(all="ignore"):
            right = list(operation.outputs(Given(arrays, call.settings, call.output)))
        found += [
            RightOperation(
                operation.formula, operation.close, partial(_output_of, call, operation, position)
            )
            for position, each in enumerate(right)
            if _is_close(call.output, each, operation)
        ]
    return found


def _output_of(
    call: ForwardCall, operation: Operation, position: int, given: Mapping[str, HostArray]
) -> HostArray:
    """One of the outputs that are right for an operation, for other numbers in its arrays."""
    arrays = _by_role(given, operation.roles)
    assert arrays is not None
    outputs = operation.outputs(Given(arrays, call.settings, call.output))
    with np.errstate(all="ignore"):
        return next(islice(outputs, position, None))


def unlike_its_name(call: ForwardCall) -> str:
    """Why a function does not compute what its name says; empty if it does, or if that is unclear.

    Args:
        call: of the function.

    """
    for operation in _operations_named(call.stem):
        arrays = _by_role(call.given, operation.roles)
        if arrays is None:
            continue
        with np.errstate(all="ignore"):
            right = list(operation.outputs(Given(arrays, call.settings, call.output)))
        if right and not any(_is_close(call.output, each, operation) for each in right):
            return _difference(call, operation, right)
    return ""


def roles_named(name: str) -> tuple[str, ...]:
    """The roles of the arrays of a function, as far as its name says them.

    >>> roles_named("affine_forward"), roles_named("my_layer")
    (('x', 'w', 'b'), ())
    """
    found = _operations_named(re.sub("_?(forward|backward)_?", "", name))
    return found[0].roles if found else ()


def _operations_named(stem: str) -> list[Operation]:
    stems = (stem, VERSIONS.sub("", stem).strip("_"))
    return [each for each in OPERATIONS if any(re.fullmatch(each.stem, name) for name in stems)]


def _by_role(given: Mapping[str, HostArray], roles: Sequence[str]) -> dict[str, HostArray] | None:
    """The arrays by their roles, which their names show, or else their order.

    None if there are more or fewer arrays than roles.
    """
    given = {name: value for name, value in given.items() if not is_auxiliary(name)}
    if len(given) != len(roles):
        return None
    found: dict[str, HostArray] = {}
    for name, value in given.items():
        fitting = [each for each in roles if re.fullmatch(ROLES[each], name, re.IGNORECASE)]
        free = [each for each in fitting if each not in found]
        if not free:
            return dict(zip(roles, given.values(), strict=True))
        found[free[0]] = value
    return found


def _is_close(found: HostArray, right: HostArray, operation: Operation) -> bool:
    """Whether two outputs are the same, but for rounding and axes of length 1."""
    if found.size != right.size or _long_axes(found) != _long_axes(right):
        return False
    largest = float(np.max(np.abs(right), initial=0.0))
    off = np.abs(found.reshape(-1) - right.reshape(-1))
    return bool(np.all(off <= operation.close * largest))


def _long_axes(array: HostArray) -> list[int]:
    return [n for n in array.shape if n != 1]


def _difference(call: ForwardCall, operation: Operation, right: Sequence[HostArray]) -> str:
    """The largest difference to the output that is nearest."""
    begins = f"the output of {call.name} is not {operation.formula}"
    fitting = [each for each in right if _long_axes(each) == _long_axes(call.output)]
    if not fitting:
        return f"{begins}: it has shape {call.output.shape}, and should have {right[0].shape}"
    output = call.output.reshape(-1)
    nearest = min(fitting, key=lambda each: float(np.max(np.abs(output - each.reshape(-1)))))
    at = int(np.argmax(np.abs(output - nearest.reshape(-1))))
    place = np.unravel_index(at, call.output.shape)
    entry = f"entry ({', '.join(map(str, place))})" if place else "it"
    return f"{begins}: {entry} is {output[at]:.4g}, and should be {nearest.reshape(-1)[at]:.4g}"
