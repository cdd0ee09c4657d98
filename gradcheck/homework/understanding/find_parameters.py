"""Understand the weights and biases of a student's network by their shapes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.homework.finding import Finding, guess, oddity
from gradcheck.homework.slots import Slot, real_numbers, slots_of
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.parameters import Parameters
from gradcheck.homework.understanding.stores import Store
from gradcheck.homework.understanding.where_parameters_are import store_of
from nets.arrays import HostArray

__all__ = ["find_parameters", "sizes_held"]

MOST_LAYERS = 20  # of a network that is built without sizes


def find_parameters(network: Any, sizes: Sequence[int], caller: Caller) -> Parameters:
    """Find the parameter arrays of a student's network, and make them float64 there.

    Args:
        network: the student's object.
        sizes: neurons in each layer, which the object was built from.
        caller: guards the calls.

    Raises:
        StudentError: arrays are missing, or the sizes do not give their shapes.

    """
    slots = slots_of(sizes)
    found: dict[str, _Attribute] = {}
    for name in ("weights", "biases"):
        own = [slot for slot in slots if slot.parameter == name]
        store = store_of(network, name, len(own), caller)
        found[name] = _understood(name, store, own)
    arrays: list[HostArray] = []
    for slot in slots:
        array = found[slot.parameter].arrays[slot.layer - 1]
        # Two names of one array, as in [zeros] * 2, would change together.
        shared = any(np.may_share_memory(array, other) for other in arrays)
        arrays.append(np.array(array, subok=True) if shared else array)
    parameters = Parameters(
        network,
        [replace(slot, shape=array.shape) for slot, array in zip(slots, arrays, strict=True)],
        arrays,
        {name: attribute.store for name, attribute in found.items()},
        tuple(finding for attribute in found.values() for finding in attribute.findings),
    )
    parameters.install()
    return parameters


def sizes_held(network: Any, caller: Caller) -> tuple[int, ...]:
    """The neurons in each layer of a network whose class knows its own sizes.

    Args:
        network: the student's object.
        caller: guards the calls.

    Raises:
        StudentError: its arrays do not say it.

    """
    for layers in range(1, MOST_LAYERS + 1):
        try:
            weights = store_of(network, "weights", layers, caller).read()
            biases = store_of(network, "biases", layers, caller).read()
        except StudentError:
            continue
        n_down = [int(np.size(each)) for each in biases]
        return int(np.size(weights[0])) // n_down[0], *n_down
    # The message for one layer says what is missing.
    store_of(network, "weights", 1, caller)
    store_of(network, "biases", 1, caller)
    raise StudentError(f"{type(network).__name__} holds more than {MOST_LAYERS} layers")


@dataclass(frozen=True)
class _Attribute:
    """The arrays in one store, a float64 array for each layer, and what was odd about them."""

    store: Store
    arrays: list[HostArray]
    findings: list[Finding]


def _understood(attribute: str, store: Store, slots: list[Slot]) -> _Attribute:
    """The arrays in float64, and findings about their dtypes and layouts."""
    arrays, unusual, layouts = [], dict[str, list[str]](), set()
    for value, slot in zip(store.read(), slots, strict=True):
        array = _expect_fitting(real_numbers(value, slot.in_words), slot)
        layouts.add(slot.layouts[array.shape])
        if not isinstance(value, np.ndarray):
            unusual.setdefault("lists of numbers", []).append(str(slot.layer))
        elif array.dtype != np.float64:
            unusual.setdefault(f"{array.dtype}", []).append(str(slot.layer))
        if array is value and array.dtype == np.float64 and array.flags.writeable:
            arrays.append(array)  # not copied: the object may use it under another name too
        else:
            # A matrix stays a matrix: its * is the matrix product.
            arrays.append(np.array(array, dtype=np.float64, subok=True))
    findings = [
        oddity(
            f"The {attribute} of layer {', '.join(layers)} are {kind}. They were checked as "
            "float64 arrays of the same numbers."
        )
        for kind, layers in unusual.items()
    ]
    named = sorted(layout for layout in layouts if layout)
    if named:
        findings.append(guess(f"The {attribute} are stored as {' and as '.join(named)}."))
    return _Attribute(store, arrays, findings)


def _expect_fitting(array: HostArray, slot: Slot) -> HostArray:
    """The array, if its shape is one of its slot and its numbers are finite.

    Raises:
        StudentError: they are not.

    """
    if array.shape not in slot.layouts:
        shapes = " or ".join(str(shape) for shape in reversed(slot.layouts))
        raise StudentError(
            f"For {slot.in_words} the class holds shape {array.shape}; it should be {shapes}"
        )
    if not np.all(np.isfinite(array)):
        raise StudentError(f"Found NaN or infinity in {slot.in_words}; use finite numbers")
    return array
