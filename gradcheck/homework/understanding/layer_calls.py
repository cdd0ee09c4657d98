"""How a layer's forward and backward pass are called, and what they return or leave behind."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError, required_arguments
from gradcheck.homework.understanding.any_optimizer import AnyOptimizer
from gradcheck.homework.understanding.layer_arguments import LEARNING_RATE
from gradcheck.homework.understanding.layer_convention import sums_to_one
from gradcheck.homework.understanding.layer_methods import Argument, LayerMethods, argument_kind
from gradcheck.homework.understanding.loss_calls import LOSS_NAMES
from gradcheck.homework.understanding.members import all_arguments, first_of
from nets.arrays import HostArray

__all__ = ["SEPARATE_LOSSES", "LayerCalls"]

# Methods of a loss that give its number, where forward does not.
SEPARATE_LOSSES = ("get_loss", "calculate", *LOSS_NAMES)

# Attributes in which a forward pass that returns nothing leaves its output.
OUTPUT_NAMES = (
    *("output", "outputs", "out", "result", "a", "A", "y", "z", "Z", "activation", "loss"),
    *("output_data", "activations", "forward_output"),
)
# Attributes in which a backward pass that returns nothing leaves the gradient of its input.
INPUT_GRADIENT_NAMES = (
    *("dinputs", "dinput", "dx", "dX", "dinp", "dA_prev", "grad_input", "gradInput"),
    *("input_grad", "input_gradient", "grad_inputs", "d_input", "d_inputs", "dvalues_in"),
    *("grad_x", "dL_dx", "dA", "delta", "grad", "gradient", "dz", "dZ"),
)
LOSS_KEYS = ("loss", "cost", "Loss")


# These are given even where they have a default.
ALWAYS_GIVEN = (Argument.LEARNING_RATE, Argument.TRAINING, Argument.BATCH_SIZE)
_Given = tuple[list[Any], dict[str, Any]]  # arguments by position and by name


@dataclass(frozen=True)
class LayerCalls:
    """The calls of one layer.

    Attributes:
        own: the student's object as it was built; each call works on a copy of it.
        methods: its forward and backward.
        targets: what a loss compares with; None for other layers.
        seed: set before each call, so that dropout draws the same mask each time.
        caller: guards the calls.

    """

    own: Any = field(repr=False)
    methods: LayerMethods
    targets: Any = field(repr=False)
    seed: int
    caller: Caller

    @property
    def name(self) -> str:
        """The class."""
        return type(self.own).__name__

    @property
    def backward_name(self) -> str:
        """Such as ``Dense.backward``."""
        return f"{self.name}.{self.methods.backward}"

    @property
    def takes_rate(self) -> bool:
        """Whether backward takes a learning rate, or an optimizer."""
        names = all_arguments(getattr(self.own, self.methods.backward))
        kinds = {argument_kind(name) for name in names}
        return bool(kinds & {Argument.LEARNING_RATE, Argument.OPTIMIZER})

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
            x: the input; the call may change it.
            quietly: whether to announce nothing.

        Returns:
            The output, and whatever was returned after it.

        """
        function = getattr(own, self.methods.forward)
        given = self._forward_arguments(function, x)
        seed_generators(self.seed)
        # Through the object itself, where its class prepares something in __call__.
        called = own if self._is_called(function) else function
        with self.caller.calling(f"{self.name}.{self.methods.forward}(x)", quietly=quietly):
            returned = called(*given[0], **given[1])
        return self._output(own, returned)

    def backward(self, own: Any, x: HostArray, cache: Any, arriving: Any) -> Any:
        """What the backward pass returned, after a forward pass of the same object."""
        function = getattr(own, self.methods.backward)
        if self.methods.is_derivative:
            with self.caller.calling(f"{self.backward_name}(x)"):
                return arriving * function(x.copy())
        positional, named = self._backward_arguments(own, x, cache, arriving)
        with self.caller.calling(f"{self.backward_name}(gradient)"):
            return function(*positional, **named)

    def loss_of(self, own: Any, x: HostArray, output: Any) -> Any:
        """The loss, where a second method gives it: ``calculate(output, y)`` or ``loss(t)``.

        Args:
            own: the object, after its forward pass.
            x: the input.
            output: of the forward pass.

        """
        name = first_of(SEPARATE_LOSSES, own)
        if self.targets is None or (self.methods.is_loss and np.ndim(output) == 0):
            return output
        if name is None:
            return output if self.methods.is_loss else self._cross_entropy(output)
        function = getattr(own, name)
        count = len(required_arguments(function) or [])
        predicted = x.copy() if self.methods.is_loss else output
        given = (predicted, self.targets)[-count:] if count in (1, 2) else ()
        with self.caller.calling(f"{self.name}.{name}(...)", quietly=True):
            return function(*given)

    def _is_called(self, function: Callable[..., Any]) -> bool:
        """Whether the class's own ``__call__`` does more than forward."""
        kind = type(self.own)
        return (
            "__call__" in _defined(kind)
            and self.methods.forward == "forward"
            and bool(required_arguments(function))
        )

    @property
    def is_fused(self) -> bool:
        """Whether backward is that of a softmax and a cost together, and no method has the cost."""
        no_cost = first_of(SEPARATE_LOSSES, self.own) is None
        return self.targets is not None and not self.methods.is_loss and no_cost

    def _cross_entropy(self, output: Any) -> Any:
        """The cross-entropy of a softmax for each example, (m,).

        Raises:
            StudentError: the output is no softmax.

        """
        array = np.asarray(output)
        if not sums_to_one(array) or array.ndim != 2:
            raise StudentError(
                f"{self.backward_name} takes targets, but no method of {self.name} gives a cost of "
                "them. Add a method loss(y)"
            )
        targets = self.targets
        if np.ndim(targets) == 1:
            targets = np.eye(array.shape[1])[targets]
        return -np.sum(targets * np.log(array), axis=1)

    def _forward_arguments(self, function: Callable[..., Any], x: HostArray) -> _Given:
        """The arguments of the forward pass."""
        data = _data_of(function)
        meant: dict[str, Any] = dict.fromkeys(data, x)
        if self.methods.is_loss and len(data) == 2:
            kinds = [argument_kind(name) for name in data]
            first_is_targets = kinds[0] is Argument.TARGETS and kinds[1] is not Argument.TARGETS
            meant[data[0 if first_is_targets else 1]] = self.targets
        return self._given(function, meant, x, None)

    def _backward_arguments(self, own: Any, x: HostArray, cache: Any, arriving: Any) -> _Given:
        """The arguments of the backward pass."""
        function = getattr(own, self.methods.backward)
        data = _data_of(function)
        kinds = {name: argument_kind(name) for name in data}
        if self.methods.is_loss or self.targets is not None:
            main = self._prediction(own, x) if len(data) == 2 else 1.0
            if required_arguments(function) == []:
                data = []  # the gradient of the cost itself has a default
            is_targets = [kinds[name] is Argument.TARGETS for name in data]
            meant = {
                name: self.targets if is_target else main
                for name, is_target in zip(data, is_targets, strict=True)
            }
        elif len(data) == 2:
            gradient = next((each for each in data if kinds[each] is Argument.OTHER), data[-1])
            meant = {name: arriving if name == gradient else x for name in data}
        else:
            meant = dict.fromkeys(data, arriving)
        return self._given(function, meant, x, cache)

    def _prediction(self, own: Any, x: HostArray) -> HostArray:
        """What a loss hands to its backward beside the targets: its own softmax, if it has one."""
        held = getattr(own, "output", None)
        return held if isinstance(held, np.ndarray) and held.shape == x.shape else x

    def _given(
        self, function: Callable[..., Any], meant: Mapping[str, Any], x: HostArray, cache: Any
    ) -> _Given:
        """All arguments by position and by name; those that are not meant are told by their kind.

        Raises:
            StudentError: one of them has no known meaning.

        """
        told: dict[Argument, Any] = {
            Argument.LEARNING_RATE: LEARNING_RATE,
            Argument.OPTIMIZER: AnyOptimizer(LEARNING_RATE),
            Argument.TRAINING: True,
            Argument.CACHE: cache,
            Argument.BATCH_SIZE: _examples_in(x, self.own),
        }
        required = required_arguments(function) or []
        if not required and not all_arguments(function):
            return [_copied(value) for value in meant.values()], {}
        positional = [
            _copied(meant[name]) if name in meant else told[argument_kind(name)]
            for name in required
        ]
        named = {name: _copied(meant[name]) for name in meant if name not in required}
        for name in all_arguments(function):
            kind = argument_kind(name)
            if name not in required and kind in ALWAYS_GIVEN:
                named[name] = told[kind]
        return positional, named

    def _output(self, own: Any, returned: Any) -> tuple[Any, Any]:
        """The output in what a forward pass returned, and the cache."""
        if returned is None:
            found = next((vars(own)[each] for each in OUTPUT_NAMES if _is_set(own, each)), None)
            return found, None
        if isinstance(returned, Mapping):
            key = next((each for each in LOSS_KEYS if each in returned), None)
            return (returned[key] if key is not None else None), None
        if isinstance(returned, list) and returned and isinstance(returned[-1], np.ndarray):
            return (returned[-1], None) if len(returned) > 1 else (returned[0], None)
        if isinstance(returned, tuple) and returned:
            rest = returned[1:]
            return returned[0], rest[0] if len(rest) == 1 else rest
        return returned, None

    def input_gradient(self, own: Any, returned: Any, shape: tuple[int, ...]) -> Any:
        """The gradient of the input, in what backward returned or left behind; None if nowhere.

        Raises:
            StudentError: what was returned has another shape.

        """
        first = returned
        if isinstance(returned, tuple | list) and returned and np.ndim(returned[0]):
            first = returned[0]
        if first is None or isinstance(first, Mapping):
            found = [vars(own)[each] for each in INPUT_GRADIENT_NAMES if _is_set(own, each)]
            return next((each for each in found if np.shape(each) == shape), None)
        if not isinstance(first, np.ndarray):
            return None
        if [n for n in first.shape if n != 1] == [n for n in shape if n != 1]:
            return first.reshape(shape)  # (1, m, n) holds the same numbers as (m, n)
        if first.shape != shape:
            raise StudentError(
                f"For the input {self.backward_name} returned shape {first.shape}; it should be "
                f"{shape}"
            )
        return first


def _examples_in(x: HostArray, own: Any) -> int:
    """How many examples an input holds: its columns, if its rows fit an array of the layer."""
    held = {n for value in vars(own).values() if isinstance(value, np.ndarray) for n in value.shape}
    in_columns = x.ndim == 2 and x.shape[0] in held and x.shape[1] not in held
    return int(x.shape[1] if in_columns else x.shape[0])


def _data_of(function: Callable[..., Any]) -> list[str]:
    """The arguments that are data: inputs, targets, or an arriving gradient."""
    names = required_arguments(function) or []
    kinds = (Argument.OTHER, Argument.INPUTS, Argument.TARGETS)
    data = [name for name in names if argument_kind(name) in kinds]
    if data:
        return data
    return [name for name in all_arguments(function) if argument_kind(name) in kinds][:1]


def _defined(kind: type) -> set[str]:
    return {name for each in kind.__mro__[:-1] for name in vars(each)}


def _is_set(own: Any, name: str) -> bool:
    return isinstance(vars(own).get(name), np.ndarray | float | np.floating)


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value
