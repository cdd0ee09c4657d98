"""A student's class with a dict of parameters, understood: its arrays, its loss, its gradients."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.bugs.backprop_step import MiniBatch
from gradcheck.homework.asked import Asked
from gradcheck.homework.contract import NamedArray, NamedGradients, Part, PartCost, Values
from gradcheck.homework.finding import Finding, guess
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.slots import Slot, real_numbers
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.constructor import Construction, construction_of
from gradcheck.homework.understanding.example_forms import (
    EXAMPLE_FORMS,
    SEQUENCE_FORMS,
    ExampleForm,
)
from gradcheck.homework.understanding.held_arrays import HeldArrays
from gradcheck.homework.understanding.image_network import image_constructions, image_forms
from gradcheck.homework.understanding.loss_calls import REGULARISATION, LossCalls
from gradcheck.homework.understanding.stores import DictItems
from gradcheck.homework.understanding.where_parameters_are import NUMBERED_NAMES
from nets.arrays import HostArray

__all__ = ["PARAMS_NAMES", "gradient_for", "read_params_class", "slots_by_name"]

PARAMS_NAMES = ("params", "parameters", "_params", "weights", "model")
FLOAT_KINDS = "f"  # NumPy's letter for real floating-point numbers


def read_params_class(built: Callable[..., Any], name: str, asked: Asked, caller: Caller) -> Part:
    """Build a class with a dict of parameters, and find out how it is called.

    Args:
        built: the class.
        name: of it.
        asked: sizes and mini-batch.
        caller: guards the calls.

    Raises:
        StudentError: it has no such dict, or its loss works in no form.

    """
    errors: list[StudentError] = []
    for given, shape in image_constructions(built, name) if asked.sizes is None else ():
        try:
            return _read_built(built, name, given, image_forms(shape), asked, caller)
        except StudentError as error:
            errors.append(error)
    if errors:
        raise errors[-1]
    given = construction_of(built, name, asked.sizes)
    return _read_built(built, name, given, (*EXAMPLE_FORMS, *SEQUENCE_FORMS), asked, caller)


def _read_built(
    built: Callable[..., Any],
    name: str,
    given: Construction,
    forms: Sequence[ExampleForm],
    asked: Asked,
    caller: Caller,
) -> Part:
    """The class built from these arguments.

    Raises:
        StudentError: it cannot be, or its loss works in none of the forms.

    """
    seed_generators(asked.seed)
    with caller.calling(f"{name}({given.text})"):
        own = built(*given.arguments, **given.named)
    attribute, keys = _params_of(own)
    held = HeldArrays(DictItems(own, attribute, keys), [f"{attribute}[{key!r}]" for key in keys])
    sizes = given.sizes or asked.sizes or _sizes_in(keys, held.values())
    batch = asked.mini_batch(sizes)
    calls = _in_a_form_that_works(own, held, keys, forms, batch, asked, caller)
    return _Read(name, held, keys, calls, batch).part()


def _params_of(own: Any) -> tuple[str, tuple[Any, ...]]:
    """The attribute that holds the dict of parameters, and the keys of its arrays.

    Raises:
        StudentError: there is none.

    """
    for attribute in PARAMS_NAMES:
        items = getattr(own, attribute, None)
        if not isinstance(items, Mapping):
            continue
        keys = tuple(
            key
            for key, value in items.items()
            if isinstance(value, np.ndarray) and value.dtype.kind in FLOAT_KINDS
        )
        if keys:
            return attribute, keys
    listed = ", ".join(name for name in vars(own) if not name.startswith("_")) or "nothing"
    raise StudentError(
        f"{type(own).__name__} has no dict of arrays such as params; it has {listed}"
    )


def _sizes_in(keys: Sequence[Any], values: Values) -> tuple[int, ...]:
    """The neurons in each layer, as the shapes of W1, W2, ... say it.

    Raises:
        StudentError: they do not.

    """
    slots = slots_by_name(keys, values)
    layers = [slot for slot in slots if slot is not None and slot.is_weights]
    if not layers:
        raise StudentError("The shapes of the parameters do not say the sizes; give --sizes")
    return layers[0].n_up, *(slot.n_down for slot in layers)


def _in_a_form_that_works(
    own: Any,
    held: HeldArrays,
    keys: Sequence[Any],
    forms: Sequence[ExampleForm],
    batch: MiniBatch,
    asked: Asked,
    caller: Caller,
) -> LossCalls:
    """The first form in which the loss is a number and the gradients fit.

    Raises:
        StudentError: there is none; the message is about the first form.

    """
    errors: list[StudentError] = []
    values = held.values()
    for form in forms:
        calls = LossCalls(own, form, batch, asked.seed, caller)
        held.place(values)
        try:
            calls.loss(quietly=False)
            found = calls.gradients()
            for key, value in zip(keys, values, strict=True):
                gradient_for(key, value.shape, found, calls.text)
        except StudentError as error:
            errors.append(error)
        else:
            held.place(values)
            return calls
    raise errors[0]


def gradient_for(key: Any, shape: tuple[int, ...], found: Any, text: str) -> HostArray:
    """The gradient of one parameter among those that were returned, in its shape.

    Args:
        key: of the parameter.
        shape: of the parameter.
        found: a dict by the same keys, or by others such as ``dW1``.
        text: the call that returned it, for messages.

    Raises:
        StudentError: it is not there, or has another shape.

    """
    if not isinstance(found, Mapping):
        raise StudentError(
            f"{text} returned an object of type {type(found).__name__} as gradients; it should be "
            "a dict with the keys of the parameters"
        )
    names = (key, f"d{key}", f"d_{key}", f"grad_{key}", f"{key}_grad", f"grad{key}")
    name = next((each for each in names if each in found), None)
    if name is None:
        keys = ", ".join(map(str, found)) or "none"
        raise StudentError(f"There is no gradient of {key}: the keys of the gradients are {keys}")
    array = np.asarray(real_numbers(found[name], f"the gradient of {key}"))
    if array.shape != shape:
        if array.size != np.prod(shape) or max(array.shape, default=1) != max(shape, default=1):
            raise StudentError(
                f"The gradient of {key} has shape {array.shape}; it should be {shape}"
            )
        array = array.reshape(shape)
    return array


def slots_by_name(names: Sequence[Any], values: Values) -> list[Slot | None]:
    """The place of each array in a fully connected network, where names and shapes say it.

    Args:
        names: such as ``W1`` and ``b1``.
        values: the arrays.

    """
    arrays = dict(zip(names, values, strict=True))
    found: list[Slot | None] = []
    for name, value in arrays.items():
        slot = None
        for parameter, pattern in NUMBERED_NAMES.items():
            match = pattern.fullmatch(name) if isinstance(name, str) else None
            if match is not None:
                slot = _slot(int(match[1]), parameter, value, arrays)
        found.append(slot)
    return found


def _slot(
    layer: int, parameter: str, value: HostArray, arrays: Mapping[Any, HostArray]
) -> Slot | None:
    """The place of one array; its biases say which side of the weights is downstream."""
    weights, biases = (
        next(
            (
                array
                for name, array in arrays.items()
                if isinstance(name, str)
                and (match := pattern.fullmatch(name))
                and int(match[1]) == layer
            ),
            None,
        )
        for pattern in NUMBERED_NAMES.values()
    )
    if weights is None or biases is None or weights.ndim != 2:
        return None
    if biases.size not in weights.shape:
        return None
    n_down = biases.size
    n_up = weights.shape[0] if weights.shape[1] == n_down else weights.shape[1]
    return Slot(layer, parameter, n_up, n_down, value.shape)


@dataclass(frozen=True)
class _Read:
    """A class that was understood."""

    name: str
    held: HeldArrays
    keys: tuple[Any, ...]
    calls: LossCalls
    batch: MiniBatch

    def part(self) -> Part:
        """The network as a part, its layers in their order."""
        values = self.held.values()
        slots = slots_by_name(self.keys, values)
        return Part(
            name=self.name,
            arrays=tuple(
                NamedArray(str(key), value, slot)
                for key, value, slot in zip(self.keys, values, slots, strict=True)
            ),
            cost=PartCost(self.calls.text, self._cost_at),
            claims_at=self._claims_at,
            backward=self.calls.gradient_name or self.calls.loss_name,
            current=self.held.current,
            batch=self.batch,
            batch_size=self.batch.size,
            findings=self._findings(),
        )

    def _cost_at(self, values: Values) -> Any:
        self.held.place(values)
        return self.calls.loss()

    def _claims_at(self, values: Values) -> list[NamedGradients]:
        self.held.place(values)
        found = copy.deepcopy(self.calls.gradients())
        arrays = [
            np.asarray(gradient_for(key, value.shape, found, self.calls.text), dtype=np.float64)
            for key, value in zip(self.keys, values, strict=True)
        ]
        return [NamedGradients("by the names of the parameters", False, arrays)]

    def _findings(self) -> tuple[Finding, ...]:
        calls = self.calls
        found = [
            guess(
                f"The cost is the class's own {calls.text}, held to the last factor; it takes "
                f"{calls.form.name}."
            )
        ]
        if calls.has_regularisation:
            found.append(guess(f"The strength of its regularisation was set to {REGULARISATION}."))
        return tuple(found)
