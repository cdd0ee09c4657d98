"""A cost as a function of one long vector: what its arguments are, and how it is called.

Optimisers such as those of SciPy want all parameters in one vector. So many courses have functions
like ``nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_)``.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role, role_of
from gradcheck.homework.understanding.by_trying.pool import roles_in
from gradcheck.homework.understanding.loss_calls import REGULARISATION
from gradcheck.homework.understanding.student_cost import one_number
from nets.arrays import HostArray

__all__ = ["FlatCalls", "TargetForm", "meanings_of", "size_meant", "target_forms", "vector_size"]

VECTOR = re.compile(
    r"(initial_?|all_?|flat_?|rolled_?|unrolled_?)?(nn_?)?(param(eter)?s?|thetas?|weights|vec(tor)?)"
    r"(_?(vec(tor)?|flat|unrolled|rolled|ravel(led)?|all|nn))?",
    re.IGNORECASE,
)
# A number of neurons; the name of an array of examples says no size.
COUNT = r"(n|num|no|size|dim)_?(of_?)?"
UNIT = r"(size|units|dim|nodes)"
ENDING = r"_?(layer)?_?(size|dim|n|num)"
SIZES = {
    "layers": r"(layer_?)?(dimensions|sizes|dims|layers|architecture|structure)",
    "input": rf"{COUNT}(in|inp|inputs?|input_?\w*|features|x)|input_?\w*{UNIT}"
    rf"|(in|inputs?|features){ENDING}|n_?x",
    "hidden": rf"{COUNT}(hid|h|hidden_?\w*)|(hid|hidden)_?\w*{UNIT}"
    rf"|(hid|hidden|h){ENDING}|n_?h|(nn_?)?h_?dim",
    "output": rf"{COUNT}(out|outputs?|output_?\w*|labels|class(es)?|y)"
    rf"|(output|label|class)_?\w*{UNIT}|(out|labels?|class(es)?){ENDING}|n_?y",
}


@dataclass(frozen=True)
class TargetForm:
    """A form of the targets.

    Attributes:
        name: in words.
        of: from one-hot targets (n_output, batch) to what the function takes.

    """

    name: str
    of: Callable[[HostArray], Any]


def _numbers(targets: HostArray, first: int, shape: tuple[int, ...]) -> HostArray:
    """The classes of the examples, counted from ``first``; the targets of a single output."""
    if len(targets) == 1:
        return np.array(targets[0]).reshape(shape)
    return np.asarray(np.argmax(targets, axis=0) + first).reshape(shape)


def target_forms() -> Sequence[TargetForm]:
    """The forms in which targets are tried, in this order."""
    found = [
        TargetForm(
            f"class numbers from {first}, {name}", partial(_numbers, first=first, shape=shape)
        )
        for first in (1, 0)
        for name, shape in (("in a column", (-1, 1)), ("in a flat array", (-1,)))
    ]
    return [
        *found[:2],
        TargetForm("one-hot targets in rows", lambda y: y.T.copy()),
        *found[2:],
    ]


def meanings_of(function: Callable[..., Any]) -> dict[str, str | Role] | None:
    """What each argument is that must be given: the vector, a size, or a role.

    Args:
        function: a student's.

    Returns:
        ``vector``, a key of ``SIZES``, or a role, by name; None if it is no cost of a vector.

    """
    found: dict[str, str | Role] = {}
    for name, (_, needed) in roles_in(function).items():
        size = size_meant(name)
        role = role_of(name)
        if size is not None:
            found[name] = size
        elif VECTOR.fullmatch(name) and "vector" not in found.values():
            found[name] = "vector"
        elif role in (Role.INPUTS, Role.TARGETS, Role.STRENGTH, Role.RATE):
            found[name] = Role.STRENGTH if role is Role.RATE else role
        elif needed:
            return None
    meant = list(found.values())
    once = (meant.count(each) == 1 for each in ("vector", Role.INPUTS, Role.TARGETS))
    return found if all(once) and (set(SIZES) & set(map(str, meant))) else None


def size_meant(name: str) -> str | None:
    """Which number of neurons an argument is: a key of ``SIZES``; None if it is none.

    >>> [size_meant(name) for name in ("hidden_layer_size", "num_labels", "nn_hdim", "X")]
    ['hidden', 'output', 'hidden', None]
    """
    for key, pattern in SIZES.items():
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return key
    return None


def vector_size(sizes: Sequence[int]) -> int:
    """The numbers in all weights and biases of a network of these sizes."""
    return sum((up + 1) * down for up, down in pairwise(sizes))


@dataclass(frozen=True)
class FlatCalls:
    """The calls of a cost of one vector, in one form.

    Attributes:
        functions: the module's.
        names: of the function that gives the cost, and of the one that gives the gradient.
        sizes: neurons in each layer.
        batch: the mini-batch.
        form: of the targets.
        is_column: whether the vector is a column (n, 1), and not flat.
        caller: guards the calls.

    """

    functions: Mapping[str, Callable[..., Any]]
    names: tuple[str, str]
    sizes: tuple[int, ...]
    batch: MiniBatch
    form: TargetForm
    is_column: bool
    caller: Caller

    def cost(self, vector: HostArray) -> Any:
        """The cost, a number.

        Raises:
            StudentError: the function raised something, or returned no number.

        """
        returned = self._called(self.names[0], vector)
        first = returned[0] if isinstance(returned, tuple | list) and returned else returned
        return one_number(first, self.names[0])

    def gradient(self, vector: HostArray) -> HostArray:
        """The gradient (n,), in the order of the vector.

        Raises:
            StudentError: there is none of this size.

        """
        returned = self._called(self.names[1], vector)
        several = isinstance(returned, tuple | list)
        is_cost_too = several and len(returned) > 1 and np.size(returned[0]) == 1
        found = list(returned[1:] if is_cost_too else returned) if several else [returned]
        arrays = [array for each in found for array in _arrays_in(each)]
        size = sum(array.size for array in arrays)
        if size != vector.size:
            raise StudentError(
                f"{self.names[1]} returned a gradient of {size} numbers; the vector has "
                f"{vector.size}"
            )
        return np.concatenate([array.reshape(-1) for array in arrays]).astype(np.float64)

    def _called(self, name: str, vector: HostArray) -> Any:
        function = self.functions[name]
        meanings = meanings_of(function) or {}
        told: dict[Any, Any] = {
            "vector": vector.reshape(-1, 1) if self.is_column else vector.copy(),
            "layers": [*self.sizes],
            "input": self.sizes[0],
            "hidden": self.sizes[1],
            "output": self.sizes[-1],
            Role.INPUTS: self.batch.inputs.T.copy(),
            Role.TARGETS: self.form.of(self.batch.targets),
            Role.STRENGTH: REGULARISATION,
        }
        given = {key: told[meaning] for key, meaning in meanings.items()}
        with self.caller.calling(f"{name}({', '.join(given)})", quietly=True):
            return function(**given)


def _arrays_in(value: Any) -> Iterator[HostArray]:
    if isinstance(value, list | tuple):
        for each in value:
            yield from _arrays_in(each)
    elif isinstance(value, np.ndarray) and value.dtype.kind == "f":
        yield np.asarray(value)
