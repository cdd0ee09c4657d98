"""A forward function and its backward: what they return, and the cost that checks them.

Forward may return any number of arrays. Each is multiplied by the gradient that arrives for it from
downstream, and all entries are added up. The result is one number: a cost. Its gradient is what
backward should return.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.engines.engine import CostFunction
from gradcheck.verdicts.checked_arrays import claim_of, promoted_array
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.functions.forward import Forward
from gradcheck.verdicts.functions.inputs import (
    Arguments,
    FunctionInputs,
    expect_callable_with,
    function_inputs,
)
from gradcheck.verdicts.functions.returned import returned_gradients
from nets.arrays import Array, array_namespace, to_numpy
from nets.errors import BadInput

__all__ = ["FunctionPair", "function_pair"]


@dataclass(frozen=True)
class FunctionPair:
    """A forward function and its backward.

    Attributes:
        forward: called with the inputs.
        backward: called with the arriving gradients and the cache, or the inputs without one.
        inputs: of forward.
        has_cache: whether forward returns a cache as its last result; None if it does so exactly
            where it returns a tuple.

    """

    forward: Callable[..., Any]
    backward: Callable[..., Any]
    inputs: FunctionInputs
    has_cache: bool | None = None

    def run(self, arrays: Sequence[Array] | None = None) -> Forward:
        """Call forward with copies of its inputs.

        Args:
            arrays: to take instead of the inputs that are checked, in their shapes.

        Raises:
            BadInput: it returns no arrays of real numbers, or no cache where it should.

        """
        arguments = self.inputs.fresh(arrays)
        result = self.forward(*arguments.by_position, **arguments.by_name)
        several = isinstance(result, tuple | list)
        if not (several if self.has_cache is None else self.has_cache):
            return Forward(arguments, tuple(result) if several else (result,), ())
        if not several or len(result) < 2:
            raise BadInput(
                f"forward returned {_kind(result)}; it should return its output and, last, the "
                "cache for backward (say cache=False if it returns outputs alone)"
            )
        return Forward(arguments, tuple(result[:-1]), (result[-1],))

    def outputs(self) -> list[Array]:
        """The output arrays, in their shapes, and a check that they are the same each time.

        Raises:
            BadInput: they are no arrays of real numbers, or differ from call to call.

        """
        first, second = self.run().arrays, self.run().arrays
        for position, (one, other) in enumerate(zip(first, second, strict=True)):
            name = "the output of forward" if len(first) == 1 else f"output {position} of forward"
            if not hasattr(one, "shape"):
                raise BadInput(f"{name} is {_kind(one)}; it should be an array of real numbers")
            a, b = to_numpy(promoted_array(name, one)), to_numpy(promoted_array(name, other))
            if a.shape != b.shape or not np.array_equal(a, b):
                raise BadInput(
                    f"{name} differs from call to call with the same input; make it the same each "
                    "time (no dropout, a fixed seed, no state)"
                )
        return first

    def cost(self, arriving: Sequence[Array]) -> CostFunction:
        """The sum of the outputs, each multiplied by the gradient that arrives for it.

        Args:
            arriving: one for each output array, in its shape.

        """

        def weighted_sum(arrays: Sequence[Array]) -> Array:
            outputs = self.run(arrays).arrays
            total: Array = 0.0
            for output, gradient in zip(outputs, arriving, strict=True):
                total = total + array_namespace(gradient).sum(output * gradient)
            return total

        return weighted_sum

    def backpropagated(self, done: Forward, arriving: Sequence[Array]) -> list[Array]:
        """Call backward, and give the gradients of the inputs that are checked, in their order.

        Args:
            done: the call of forward that it belongs to.
            arriving: one for each output array, in its shape.

        Raises:
            BadInput: it takes other arguments, or returns too few gradients.

        """
        arguments = Arguments(done.cache, {}) if done.cache else done.arguments
        packed = done.packed(arriving)
        expect_callable_with("backward", self.backward, arguments, packed)
        result = self.backward(*packed, *arguments.by_position, **arguments.by_name)
        return returned_gradients(result, self.inputs)

    def claims(self, gradients: Sequence[Array]) -> list[Claim]:
        """The gradients as claims.

        Args:
            gradients: of the inputs that are checked, each in the shape of its input.

        Raises:
            BadInput: one has another shape, or is no array of real numbers.

        """
        names, values = self.inputs.checked_names, self.inputs.checked_values
        return [
            claim_of(name, None, name, value, gradient)
            for name, value, gradient in zip(names, values, gradients, strict=True)
        ]


def function_pair(
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    arrays: Mapping[str, Any] | Sequence[Any] | Array,
    *,
    has_cache: bool | None = None,
) -> FunctionPair:
    """A forward function and its backward, with the inputs.

    Args:
        forward: as for ``FunctionPair``, as is the next.
        backward: its backward function.
        arrays: the inputs, of any shapes: a dict by name, a list or a tuple by position, or one
            array.
        has_cache: whether forward's last result is a cache; None if it is one in a tuple.

    Raises:
        BadInput: the inputs or ``has_cache`` cannot be used, or one of the two is no function.

    """
    inputs = function_inputs(forward, arrays)
    if not callable(backward):
        raise BadInput(f"backward is {_kind(backward)}; give a function")
    if not (has_cache is None or isinstance(has_cache, bool)):
        raise BadInput(f"cache is {_kind(has_cache)}; give True, False or None")
    return FunctionPair(forward, backward, inputs, has_cache)


def _kind(value: Any) -> str:
    if isinstance(getattr(value, "shape", None), tuple):
        return f"an array of shape {tuple(value.shape)}"
    return "None" if value is None else f"a {type(value).__name__}"
