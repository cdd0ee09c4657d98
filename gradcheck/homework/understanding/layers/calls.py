"""How a layer's forward and backward pass are called."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, required_arguments
from gradcheck.homework.understanding.layers.call_arguments import (
    Given,
    Passing,
    backward_of_layer,
    backward_of_loss,
    forward_arguments,
)
from gradcheck.homework.understanding.layers.methods import OF_PARAMETERS, LayerMethods
from gradcheck.homework.understanding.layers.penalty import Regularised
from gradcheck.homework.understanding.layers.plain_lists import arrays_of, lists_of
from gradcheck.homework.understanding.layers.returned import output_and_cache
from gradcheck.homework.understanding.members import first_of
from nets.arrays import HostArray

__all__ = ["LayerCalls"]


@dataclass(frozen=True)
class LayerCalls:
    """The calls of one layer.

    Attributes:
        own: the student's object as it was built; each call works on a copy of it.
        methods: its forward and backward.
        targets: what a loss compares with; None for other layers.
        seed: set before each call, so that dropout draws the same mask each time.
        caller: guards the calls.
        regularised: the object, with what is known of its regularisation.
        in_lists: whether its passes take and return lists of floats, and not arrays.

    """

    own: Any = field(repr=False)
    methods: LayerMethods
    targets: Any = field(repr=False)
    seed: int
    caller: Caller
    regularised: Regularised | None = None
    in_lists: bool = False

    @property
    def name(self) -> str:
        """The class."""
        return type(self.own).__name__

    @property
    def backward_name(self) -> str:
        """Such as ``Dense.backward``."""
        return f"{self.name}.{self.methods.backward}"

    def fresh(self) -> Any:
        """A copy of the object; the object itself where it cannot be copied."""
        try:
            return copy.deepcopy(self.own)
        except Exception:  # whatever a student's object raises
            return self.own

    def forward(self, own: Any, x: HostArray, *, quietly: bool = True) -> Any:
        """What the forward pass returned or left behind: an array or a number; and the cache.

        Args:
            own: the object to use.
            x: the input, of any shape; the call may change it.
            quietly: whether to announce nothing.

        Returns:
            The output, and whatever was returned after it.

        """
        function = getattr(own, self.methods.forward)
        positional, named = forward_arguments(
            function,
            Passing(x, _examples_in(x, self.own)),
            self.targets if self.methods.is_loss else None,
        )
        seed_generators(self.seed)
        # The object itself is called if its class prepares something in __call__.
        called = own if self._is_called(function) else function
        with self.caller.calling(f"{self.name}.{self.methods.forward}(x)", quietly=quietly):
            returned = self._call(called, (positional, named))
        return output_and_cache(own, returned)

    def backward(self, own: Any, x: HostArray, cache: Any, arriving: Any) -> Any:
        """What the backward pass returned, after a forward pass of the same object.

        Args:
            own: the object.
            x: the input, of any shape.
            cache: what forward returned beside the output.
            arriving: the gradient of the output, in its shape.

        """
        function = getattr(own, self.methods.backward)
        if self.methods.is_derivative:
            at = self.forward(own, x)[0] if self.methods.is_of_output else x
            with self.caller.calling(f"{self.backward_name}(x)"):
                return arriving * self._call(function, ([at.copy()], {}))
        beside = first_of(OF_PARAMETERS, own)
        for name in (beside,) if beside else ():
            given = self._backward_arguments(own, x, cache, arriving)
            with self.caller.calling(f"{self.name}.{name}(gradient)"):
                self._call(getattr(own, name), given)
        given = self._backward_arguments(own, x, cache, arriving)
        with self.caller.calling(f"{self.backward_name}(gradient)"):
            return self._call(function, given)

    def _call(self, function: Callable[..., Any], given: Given) -> Any:
        """What a pass returned; a layer without NumPy takes and returns lists."""
        positional, named = given
        if not self.in_lists:
            return function(*positional, **named)
        taken = {name: lists_of(value) for name, value in named.items()}
        return arrays_of(function(*map(lists_of, positional), **taken))

    def _backward_arguments(self, own: Any, x: HostArray, cache: Any, arriving: Any) -> Given:
        function = getattr(own, self.methods.backward)
        passing = Passing(x, _examples_in(x, self.own), cache)
        if self.methods.is_loss or self.targets is not None:
            return backward_of_loss(function, passing, self.targets, _predicted(own, x))
        return backward_of_layer(function, passing, arriving)

    def _is_called(self, function: Callable[..., Any]) -> bool:
        """Whether the class's own ``__call__`` does more than forward."""
        defined = {name for each in type(self.own).__mro__[:-1] for name in vars(each)}
        return (
            "__call__" in defined
            and self.methods.forward == "forward"
            and bool(required_arguments(function))
        )


def _predicted(own: Any, x: HostArray) -> HostArray:
    """What a loss gives to its backward beside the targets: its own softmax, if it has one."""
    held = getattr(own, "output", None)
    return held if isinstance(held, np.ndarray) and held.shape == x.shape else x


def _examples_in(x: HostArray, own: Any) -> int:
    """How many examples an input holds: its columns, if its rows fit an array of the layer."""
    held = {
        n
        for value in attributes_of(own).values()
        if isinstance(value, np.ndarray)
        for n in value.shape
    }
    in_columns = x.ndim == 2 and x.shape[0] in held and x.shape[1] not in held
    return int(x.shape[1] if in_columns else x.shape[0])
