"""The gradients in what a student's backprop returned, for each reading that fits their shapes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.homework.slots import Slot, real_numbers
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.forms import Form
from gradcheck.homework.understanding.readings import ORDERS, Reading
from gradcheck.homework.understanding.returned_arrays import Unfit, arrays_in
from gradcheck.homework.unusable_gradient import in_its_place
from nets.arrays import HostArray

__all__ = ["ReadGradients", "mean_gradients", "read_gradients", "readings_that_fit"]


@dataclass(frozen=True)
class ReadGradients:
    """The gradients that one call returned, as one reading has them.

    Attributes:
        gradients: float64, in the order of the slots and in their shapes.
        left_per_example: names of the bias gradients that had a column for each example.
        unusual: such as ``float32`` or ``lists``, with the names of the arrays.
        unusable: a line on each gradient that has another shape than its array.

    """

    gradients: list[HostArray] = field(default_factory=list)
    left_per_example: list[str] = field(default_factory=list)
    unusual: dict[str, list[str]] = field(default_factory=dict)
    unusable: list[str] = field(default_factory=list)


def readings_that_fit(
    returned: Any, slots: Sequence[Slot], form: Form, examples: int, *, each_array: bool = False
) -> dict[Reading, ReadGradients]:
    """All readings whose shapes fit what one call returned, with the gradients they give.

    Args:
        returned: what the call returned.
        slots: of the parameter arrays.
        form: in which the examples were handed over.
        examples: how many of them went into the call.
        each_array: whether, if none fits, the one is taken in which most arrays do.

    Returns:
        At least one reading. Of two that read the same arrays in the same way, the first.

    Raises:
        Unfit: no reading fits; the message is that of the one in which most arrays do.

    """
    fitting: dict[tuple[bool, tuple[int, ...]], tuple[Reading, ReadGradients]] = {}
    unfit: list[tuple[Unfit, Reading]] = []
    for transposed in (False, True):
        for order in ORDERS:
            reading = Reading(order, transposed)
            try:
                read = read_gradients(returned, reading, slots, form, examples)
            except Unfit as error:
                if not transposed:
                    unfit.append((error, reading))
            else:
                key = transposed, tuple(order.places(len(slots) // 2))
                fitting.setdefault(key, (reading, read))
    if not fitting:
        nearest, reading = max(unfit, key=lambda each: each[0].fitting)
        if not each_array or nearest.fitting < 1:
            raise nearest
        read = read_gradients(returned, reading, slots, form, examples, each_array=True)
        return {reading: read}
    return dict(fitting.values())


def read_gradients(
    returned: Any,
    reading: Reading,
    slots: Sequence[Slot],
    form: Form,
    examples: int,
    *,
    each_array: bool = False,
) -> ReadGradients:
    """What one call returned, in one reading; see ``readings_that_fit``.

    Raises:
        Unfit: some array does not fit, and not each counts by itself.

    """
    items = arrays_in(returned, len(slots) // 2)
    places = reading.order.places(len(slots) // 2)
    read, problems = ReadGradients(), []
    for slot, place in zip(slots, places, strict=True):
        try:
            array = real_numbers(items[place], f"the gradient of {slot.in_words}")
        except StudentError as error:
            problems.append(error.line)
            read.gradients.append(in_its_place(slot.shape))
            continue
        kind = array.dtype.name if isinstance(items[place], np.ndarray) else "lists"
        if kind != "float64":
            read.unusual.setdefault(kind, []).append(slot.name)
        if not slot.is_weights and _is_per_example(np.asarray(array), slot, form, examples):
            read.left_per_example.append(slot.name)
        gradient = _in_shape(np.asarray(array), slot, reading, form, examples)
        if gradient is None:
            problems.append(
                f"For {slot.in_words} backprop returned shape {array.shape}; it should be "
                f"{slot.shape}"
            )
            read.gradients.append(in_its_place(slot.shape))
        else:
            read.gradients.append(np.asarray(gradient, dtype=np.float64))
    if problems and not each_array:
        raise Unfit(problems[0], len(slots) - len(problems))
    read.unusable.extend(problems)
    return read


def mean_gradients(
    returned: Sequence[Any],
    reading: Reading,
    slots: Sequence[Slot],
    form: Form,
    batch: int,
    *,
    each_array: bool = False,
) -> list[HostArray]:
    """The gradients of a mini-batch in one reading, float64, in the shapes of the slots.

    If examples were handed over one by one, this is their mean. If a whole mini-batch was, this
    is what backprop returned: the sum over the examples, or their mean.

    Args:
        returned: what each call returned.
        reading: which gradient belongs to which array.
        slots: of the parameter arrays.
        form: in which the examples were handed over.
        batch: examples in the mini-batch.
        each_array: whether gradients of other shapes are wrong by themselves.

    Raises:
        StudentError: a later call returned other shapes than the first.

    """
    examples = form.examples_in_a_call(batch)
    each = [
        read_gradients(one, reading, slots, form, examples, each_array=each_array).gradients
        for one in returned
    ]
    return [
        np.asarray(np.sum(np.stack(gradients), axis=0, dtype=np.float64) / len(returned))
        for gradients in zip(*each, strict=True)
    ]


def _in_shape(
    array: HostArray, slot: Slot, reading: Reading, form: Form, examples: int
) -> HostArray | None:
    """A gradient in the shape of its slot; None if it does not fit."""
    if slot.is_weights:
        if reading.transposed:
            array = array.T
        flat = 1 in (array.ndim, len(slot.shape))
        if array.shape == slot.shape or (flat and array.size == np.prod(slot.shape)):
            return array.reshape(slot.shape)
        return None
    if _is_vector(array, slot):
        return array.reshape(slot.shape)
    if _is_per_example(array, slot, form, examples):
        return np.sum(_columns_of(array, form), axis=1, dtype=np.float64).reshape(slot.shape)
    return None


def _is_vector(array: HostArray, slot: Slot) -> bool:
    """Whether it has one number for each neuron, as a column, a row or flat."""
    return array.size == slot.n_down and max(array.shape, default=1) == slot.n_down


def _is_per_example(array: HostArray, slot: Slot, form: Form, examples: int) -> bool:
    """Whether a bias gradient was not summed over the examples: it has a column for each."""
    return (
        examples > 1
        and not _is_vector(array, slot)
        and _columns_of(array, form).shape == (slot.n_down, examples)
    )


def _columns_of(array: HostArray, form: Form) -> HostArray:
    return form.columns(array) if array.ndim == 2 else array
