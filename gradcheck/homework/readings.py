"""What a student's ``backprop`` returned: which gradient is whose, by shape."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from gradcheck.homework.forms import (
    COLUMN,
    FORMS,
    Form,
    called_by_example,
    copied,
    required_arguments,
)
from gradcheck.homework.parameters import Parameters, Slot, numbers, shape_text
from gradcheck.homework.source import Caller, StudentError
from nets.arrays import HostArray

__all__ = ["Backprop", "Notes", "Reading", "mean_gradients", "recognise"]

# Where the arrays of layer 1 weights, layer 1 biases, layer 2 weights, ... stand among 2n of them.
ORDERS: dict[str, Callable[[int], list[int]]] = {
    "biases first, then weights": lambda n: [i for k in range(n) for i in (n + k, k)],
    "weights first, then biases": lambda n: [i for k in range(n) for i in (k, n + k)],
    "layer by layer, weights before biases": lambda n: list(range(2 * n)),
    "layer by layer, biases before weights": lambda n: [
        i for k in range(n) for i in (2 * k + 1, 2 * k)
    ],
}

# A third argument of backprop that is the number of examples, by its name.
COUNT = re.compile(r"batch|size|count|num|len|examples|samples|^[nmNMbBkK]$")


@dataclass(frozen=True)
class Reading:
    """One way to understand what backprop returned.

    Attributes:
        order: a name in ``ORDERS``.
        transposed: whether the gradients of the weights are taken as transposes.

    """

    order: str
    transposed: bool

    @property
    def text(self) -> str:
        """In words."""
        return self.order + (", each weight gradient transposed" if self.transposed else "")


@dataclass(frozen=True)
class Backprop:
    """How a student's backprop is called and understood.

    Attributes:
        form: how examples are handed over.
        extra: further arguments: the number of examples, where it is asked for.
        readings: all that fit by shape, at least one.
        notes: what was met on the way.

    """

    form: Form
    extra: tuple[int, ...]
    readings: tuple[Reading, ...]
    notes: "Notes"


@dataclass
class Notes:
    """What was met while gradients were read.

    Attributes:
        left_per_example: names of the bias gradients with a column for each example.
        oddities: such as ``float32``, with the names of the arrays.

    """

    left_per_example: list[str]
    oddities: dict[str, list[str]]

    @classmethod
    def none(cls) -> "Notes":
        """Nothing yet."""
        return cls([], {})


class Unfit(StudentError):
    """A reading does not fit by shape; so many arrays before the first that does not, did."""

    def __init__(self, line: str, fitting: int) -> None:
        """Keep how far it came."""
        super().__init__(line)
        self.fitting = fitting


def recognise(
    build: Callable[[], tuple[Any, Parameters]],
    inputs: HostArray,
    targets: HostArray,
    caller: Caller,
) -> Backprop:
    """Find out how backprop wants its examples and what it returns.

    Args:
        build: builds a network anew, so that no attempt leaves its traces in the next.
        inputs: (n_input, batch).
        targets: (n_output, batch).
        caller: guards the calls.

    Raises:
        StudentError: in no way that is understood; what is told is how it fails on one example
            at a time as column vectors, the book's way, or else in the way that it came
            furthest.

    """
    network, parameters = build()
    arguments = required_arguments(_backprop_of(network))
    if arguments is not None and not 2 <= len(arguments) <= 3:
        raise StudentError(
            f"backprop takes ({', '.join(arguments)}); wanted is backprop(x, y), or "
            "backprop(x, y, batch_size)"
        )
    counted = arguments is not None and len(arguments) == 3
    if arguments is not None and counted and not COUNT.search(arguments[2]):
        raise StudentError(
            f"backprop takes ({', '.join(arguments)}), and nothing tells what {arguments[2]} is "
            "to be; wanted is backprop(x, y), or backprop(x, y, batch_size)"
        )
    own_inputs, own_targets = inputs, targets
    if inputs.shape[1] == inputs.shape[0]:
        # One example more, or columns could not be told from rows.
        inputs, targets = (np.concatenate([m, m[:, :1]], axis=1) for m in (inputs, targets))
    errors: dict[str, StudentError] = {}
    fallback = None
    for form in FORMS:
        batch = inputs.shape[1] if form.whole else 1
        extra = (batch,) if counted else ()
        own_extra = (own_inputs.shape[1] if form.whole else 1,) if counted else ()
        mini_batch = inputs[:, :batch], targets[:, :batch]
        network, parameters = build()
        try:
            (returned,) = called_by_example(
                network.backprop, "backprop(x, y)", form, *mini_batch, caller, extra=extra
            )
            found = _fitting(returned, parameters.slots, form, own_extra, batch)
        except StudentError as error:
            errors[form.name] = error
            continue
        left = len(found.notes.left_per_example)
        if form.whole and not counted and 2 * left == len(parameters.slots):
            # The book's loop, given a matrix, does the same: one example at a time may be meant.
            fallback = fallback or found
            continue
        if fallback is not None and _divides_by_the_examples(
            build, fallback, found, own_inputs, own_targets, caller
        ):
            return fallback
        return found
    if fallback is not None:
        return fallback
    unfit = [error for error in errors.values() if isinstance(error, Unfit)]
    raise max(unfit, key=lambda error: error.fitting) if unfit else errors[COLUMN.name]


def _divides_by_the_examples(
    build: Callable[[], tuple[Any, Parameters]],
    whole: Backprop,
    one: Backprop,
    inputs: HostArray,
    targets: HostArray,
    caller: Caller,
) -> bool:
    """Whether some array of a mini-batch's is the mean of what its examples give one by one.

    That takes a number of examples in the code, which must be meant for mini-batches, then.
    """
    batch = inputs.shape[1]
    gradients = []
    for backprop in (whole, one):
        form, (network, parameters) = backprop.form, build()
        backprop_copied = copied(network.backprop)
        place = partial(parameters.place, parameters.values())
        reading = backprop.readings[0]
        try:
            returned = called_by_example(
                backprop_copied, "backprop(x, y)", form, inputs, targets, caller, before=place
            )
            gradients.append(mean_gradients(backprop, reading, returned, parameters.slots, batch))
        except StudentError:
            return False  # which will be said where it is called to be checked
    return batch > 1 and any(
        bool(np.any(mean)) and np.allclose(whole_array, mean, rtol=1e-6, atol=0.0)
        for whole_array, mean in zip(*gradients, strict=True)
    )


def _backprop_of(network: Any) -> Callable[..., Any]:
    backprop = getattr(network, "backprop", None)
    if callable(backprop):
        found: Callable[..., Any] = backprop
        return found
    methods = [
        name
        for name in dir(type(network))
        if not name.startswith("_") and callable(getattr(type(network), name, None))
    ]
    there = ", ".join(methods[:8]) or "none"
    raise StudentError(
        f"{type(network).__name__} has no method backprop; it has {there}; wanted is "
        "backprop(x, y) that returns the gradients of the weights and of the biases"
    )


def _fitting(
    returned: Any, slots: Sequence[Slot], form: Form, extra: tuple[int, ...], batch: int
) -> Backprop:
    """All readings that fit what one call returned.

    Raises:
        Unfit: none does.

    """
    fitting: dict[tuple[bool, tuple[int, ...]], tuple[Reading, Notes]] = {}
    unfit: list[Unfit] = []
    for transposed in (False, True):
        for order, places in ORDERS.items():
            reading, notes = Reading(order, transposed), Notes.none()
            try:
                _read(returned, reading, slots, form, batch, notes)
            except Unfit as error:
                if not transposed:
                    unfit.append(error)
            else:
                fitting.setdefault((transposed, tuple(places(len(slots) // 2))), (reading, notes))
    if not fitting:
        raise max(unfit, key=lambda error: error.fitting)
    readings = tuple(reading for reading, _ in fitting.values())
    return Backprop(form, extra, readings, next(iter(fitting.values()))[1])


def mean_gradients(
    backprop: Backprop, reading: Reading, returned: Sequence[Any], slots: Sequence[Slot], batch: int
) -> list[HostArray]:
    """The gradients of a mini-batch as one reading has them, in float64.

    Of one example at a time, the mean; of a whole mini-batch, as they came, sum or mean.

    Args:
        backprop: how it was called.
        reading: how it is understood.
        returned: what each call returned.
        slots: of the parameter arrays.
        batch: examples in the mini-batch.

    Raises:
        StudentError: a later call returned other shapes than the first.

    """
    in_a_call = batch if backprop.form.whole else 1
    each = [_read(one, reading, slots, backprop.form, in_a_call, Notes.none()) for one in returned]
    return [
        np.asarray(np.sum(np.stack(gradients), axis=0, dtype=np.float64) / len(returned))
        for gradients in zip(*each, strict=True)
    ]


def _read(
    returned: Any, reading: Reading, slots: Sequence[Slot], form: Form, batch: int, notes: Notes
) -> list[HostArray]:
    """The gradients that one call returned, in the order of the slots and in their shapes."""
    items = _items(returned, len(slots) // 2)
    places = ORDERS[reading.order](len(slots) // 2)
    gradients = []
    for fitted, (slot, place) in enumerate(zip(slots, places, strict=True)):
        try:
            array = numbers(items[place], f"the gradient of {slot.name}")
        except StudentError as error:
            raise Unfit(error.line, fitted) from error
        oddity = array.dtype.name if isinstance(items[place], np.ndarray) else "lists"
        if oddity != "float64":
            notes.oddities.setdefault(oddity, []).append(slot.name)
        fitting = _fitted(np.asarray(array), slot, reading, form, batch, notes)
        if fitting is None:
            raise Unfit(
                f"the gradient of {slot.name} has shape {shape_text(array.shape)}, read as "
                f"{reading.order}; wanted is {shape_text(slot.shape)}, that of the {slot.name}",
                fitted,
            )
        gradients.append(np.asarray(fitting, dtype=np.float64))
    return gradients


def _fitted(
    array: HostArray, slot: Slot, reading: Reading, form: Form, batch: int, notes: Notes
) -> HostArray | None:
    """A gradient in the shape of its parameters; None if it does not fit."""
    if slot.parameter == "weights":
        if reading.transposed:
            array = array.T
        flat = 1 in (array.ndim, len(slot.shape))
        if array.shape == slot.shape or (flat and array.size == np.prod(slot.shape)):
            return array.reshape(slot.shape)
        return None
    if array.size == slot.n_down and max(array.shape) == slot.n_down:
        return array.reshape(slot.shape)
    per_example = form.columns(array) if array.ndim == 2 else array
    if batch > 1 and per_example.shape == (slot.n_down, batch):
        notes.left_per_example.append(slot.name)
        return np.sum(per_example, axis=1, dtype=np.float64).reshape(slot.shape)
    return None


def _items(returned: Any, layers: int) -> list[Any]:
    """What was returned as 2n arrays in a row, however they were packed.

    Raises:
        Unfit: there are more or fewer.

    """
    wanted = f"wanted are {layers} gradients of weights and {layers} of biases, in two lists"
    if returned is None:
        raise Unfit(f"backprop returned None (did it forget to return?); {wanted}", -1)
    packed = list(returned.values()) if isinstance(returned, dict) else returned
    if not isinstance(packed, list | tuple | np.ndarray):
        raise Unfit(f"backprop returned a {type(returned).__name__}; {wanted}", -1)
    packed = list(packed)
    groups = [_group(item) for item in packed]
    if len(packed) == 2 and all(len(group) in (layers, layers + 1) for group in groups):
        # What stands first in a longer list belongs to the inputs.
        return [item for group in groups for item in group[-layers:]]
    if len(packed) == 2 * layers:
        return packed
    if len(packed) == layers and all(len(group) == 2 for group in groups):
        return [item for group in groups for item in group]
    inside = ", ".join(map(_kind, packed[:6])) + (", ..." if len(packed) > 6 else "")
    raise Unfit(f"backprop returned {len(packed)} things ({inside}); {wanted}", -1)


def _kind(item: Any) -> str:
    """What was returned, in a few words: an array with its shape, or a list with its length."""
    if _group(item):
        return f"a list of {len(_group(item))}"
    if isinstance(item, np.ndarray):
        return f"an array {shape_text(item.shape)}"
    return f"a {type(item).__name__}"


def _group(item: Any) -> list[Any]:
    """The arrays in a list of arrays; none in an array of numbers."""
    is_list = isinstance(item, list | tuple) or (
        isinstance(item, np.ndarray) and (item.dtype == object or item.ndim == 3)
    )
    return list(item) if is_list else []
