"""The inputs of a forward function: arrays that are checked, and what is held fixed."""

import copy
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradcheck.verdicts.checked_arrays import promoted_array
from nets.arrays import Array, array_namespace
from nets.errors import BadInput

__all__ = ["FunctionInputs", "expect_callable_with", "function_inputs"]


@dataclass(frozen=True)
class FunctionInputs:
    """What a forward function is called with.

    Attributes:
        names: of all inputs, in order.
        values: of all inputs; those that are checked are in float64.
        checked: the positions of the inputs that are checked: arrays of real numbers.
        by_name: whether the inputs are passed by name; if not, by position.

    """

    names: Sequence[str]
    values: Sequence[Any]
    checked: Sequence[int]
    by_name: bool

    @property
    def checked_values(self) -> list[Array]:
        """The arrays that are checked, in their own shapes."""
        return [self.values[position] for position in self.checked]

    @property
    def checked_names(self) -> list[str]:
        """The names of the arrays that are checked."""
        return [self.names[position] for position in self.checked]

    @property
    def remarks(self) -> tuple[str, ...]:
        """Which inputs are held fixed, a sentence; none if all are checked."""
        fixed = [
            f"{name} ({_kind(value)})"
            for position, (name, value) in enumerate(zip(self.names, self.values, strict=True))
            if position not in self.checked
        ]
        if not fixed:
            return ()
        return (f"held fixed, since a gradient needs real numbers: {', '.join(fixed)}.",)

    def fresh(self, arrays: Sequence[Array] | None = None) -> "Arguments":
        """Copies of all inputs, so that a function that changes them changes nothing here.

        Args:
            arrays: to use instead of those that are checked, in their order and shapes.

        Raises:
            BadInput: an input that is held fixed cannot be copied.

        """
        taken = self.checked_values if arrays is None else arrays
        values = list(self.values)
        for position, array in zip(self.checked, taken, strict=True):
            values[position] = array_namespace(array).asarray(array, copy=True)
        for position in set(range(len(values))) - set(self.checked):
            values[position] = _copied(self.names[position], values[position])
        if self.by_name:
            return Arguments((), dict(zip(self.names, values, strict=True)))
        return Arguments(tuple(values), {})


@dataclass(frozen=True)
class Arguments:
    """The arguments of one call."""

    by_position: tuple[Any, ...]
    by_name: Mapping[str, Any]

    @property
    def values(self) -> list[Any]:
        """All of them, in order."""
        return [*self.by_position, *self.by_name.values()]


def function_inputs(
    forward: Callable[..., Any], arrays: Mapping[str, Any] | Sequence[Any] | Array
) -> FunctionInputs:
    """Tell the arrays that are checked from what is held fixed.

    Args:
        forward: the function, whose parameters name the inputs that are given in a list.
        arrays: the inputs, of any shapes: a dict by name, a list or a tuple by position, or one
            array.

    Raises:
        BadInput: an input is no finite array, none is checked, or forward does not take them.

    """
    by_name = isinstance(arrays, Mapping)
    if isinstance(arrays, Mapping):
        names, values = [str(name) for name in arrays], list(arrays.values())
    elif hasattr(arrays, "shape"):
        values = [arrays]
        names = _parameter_names(forward, 1)
    elif isinstance(arrays, list | tuple):
        values = list(arrays)
        names = _parameter_names(forward, len(values))
    else:
        raise BadInput(
            f"the arrays are a {type(arrays).__name__}; give a dict of arrays, passed to forward "
            "by name, or a list or a tuple, passed in order"
        )
    checked = []
    for position, (name, value) in enumerate(zip(names, values, strict=True)):
        if isinstance(value, list):
            raise BadInput(f"{name} is a list; give an array (np.array makes one of it)")
        if _is_checked(value):
            values[position] = promoted_array(name, value)
            checked.append(position)
    if not checked:
        given = ", ".join(f"{n} ({_kind(v)})" for n, v in zip(names, values, strict=True))
        raise BadInput(
            f"there is nothing to check; give an array of real numbers (given: {given or 'nothing'}"
            ")"
        )
    inputs = FunctionInputs(names, values, checked, by_name)
    expect_callable_with("forward", forward, inputs.fresh())
    return inputs


def _copied(name: str, value: Any) -> Any:
    """A deep copy of an input that is held fixed."""
    try:
        return copy.deepcopy(value)
    except Exception as error:  # whatever an object raises
        raise BadInput(
            f"{name} is a {type(value).__name__}, which cannot be copied for each call: "
            f"{type(error).__name__}: {' '.join(str(error).split())}"
        ) from error


def _is_checked(value: Any) -> bool:
    if not hasattr(value, "shape") or not hasattr(value, "dtype"):
        return False
    try:
        xp = array_namespace(value)
    except TypeError:
        return False
    return not xp.isdtype(value.dtype, ("integral", "bool"))


def _kind(value: Any) -> str:
    """What sort of thing an input is, such as ``int64`` or ``dict``."""
    return str(value.dtype) if hasattr(value, "dtype") else type(value).__name__


def _parameter_names(function: Callable[..., Any], count: int) -> list[str]:
    """The names of the first parameters of a function; ``array 0``, ... where they have none."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        parameters = []
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [each.name for each in parameters if each.kind in positional][:count]
    return [*names, *(f"array {position}" for position in range(len(names), count))]


def expect_callable_with(
    what: str, function: Callable[..., Any], arguments: Arguments, before: Sequence[Any] = ()
) -> None:
    """Check that a function takes the arguments that it will be given.

    Args:
        what: what messages call the function.
        function: the function.
        arguments: of the call.
        before: further arguments by position, before those.

    Raises:
        BadInput: it is no function, or it takes other arguments.

    """
    if not callable(function):
        raise BadInput(f"{what} is a {type(function).__name__}; give a function")
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return  # a built-in function does not tell its parameters
    try:
        signature.bind(*before, *arguments.by_position, **arguments.by_name)
    except TypeError as error:
        count = len(before) + len(arguments.by_position)
        given = [f"{count} by position"] if count or not arguments.by_name else []
        if arguments.by_name:
            given.append(f"by name {', '.join(arguments.by_name)}")
        raise BadInput(
            f"{what} has the parameters {signature}, but it would be called with "
            f"{' and '.join(given)}: {error}"
        ) from error
