"""Find ``weights`` and ``biases`` in a student's network, and understand them by their shapes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.homework.finding import Finding, guess, oddity
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.parameters import Parameters
from gradcheck.homework.understanding.slots import Slot, real_numbers, slots_of
from nets.arrays import HostArray

__all__ = ["find_parameters"]

ATTRIBUTES_LISTED = 8  # in a message, at most


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
        found[name] = _understood(name, *_values(network, name, len(own), caller), own)
    arrays: list[HostArray] = []
    for slot in slots:
        array = found[slot.parameter].arrays[slot.layer - 1]
        # Two names of one array, as in [zeros] * 2, would move together.
        shared = any(np.may_share_memory(array, other) for other in arrays)
        arrays.append(np.array(array, subok=True) if shared else array)
    parameters = Parameters(
        network,
        [replace(slot, shape=array.shape) for slot, array in zip(slots, arrays, strict=True)],
        arrays,
        {name: attribute.placeholders for name, attribute in found.items()},
        tuple(finding for attribute in found.values() for finding in attribute.findings),
    )
    parameters.install()
    return parameters


@dataclass(frozen=True)
class _Attribute:
    """The arrays under one name, a float64 array for each layer, and what was odd about them."""

    placeholders: list[Any]
    arrays: list[HostArray]
    findings: list[Finding]


def _values(
    network: Any, attribute: str, count: int, caller: Caller
) -> tuple[list[Any], list[Any]]:
    """What stands in a student's list before the arrays of the layers, and these arrays."""
    kind = type(network).__name__
    should = f"it should be a list of {count} arrays, one for each layer after the input"
    with caller.calling(f"reading {kind}.{attribute}"):
        is_there, value = hasattr(network, attribute), getattr(network, attribute, None)
    if not is_there:
        names = [name for name in getattr(network, "__dict__", {}) if not name.startswith("_")]
        listed = f"; it has {', '.join(names[:ATTRIBUTES_LISTED])}" if names else ""
        raise StudentError(
            f"{kind} has no attribute {attribute}{listed}. Add {attribute}: {should}. For other "
            "names use gradcheck.check_gradients"
        )
    if not isinstance(value, list | tuple | np.ndarray):
        raise StudentError(f"{kind}.{attribute} is of type {type(value).__name__}; {should}")
    values = list(value)
    if len(values) == count + 1 and _is_placeholder(values[0]):
        return values[:1], values[1:]
    if len(values) != count:
        raise StudentError(f"{kind}.{attribute} has {len(values)} entries; {should}")
    return [], values


def _is_placeholder(value: Any) -> bool:
    """Whether it only fills the place of the input layer, which has no weights and no biases."""
    return value is None or np.size(value) == 0 or (np.ndim(value) == 0 and value == 0)


def _understood(
    attribute: str, placeholders: list[Any], values: list[Any], slots: list[Slot]
) -> _Attribute:
    """The arrays in float64, and findings about their dtypes and layouts."""
    arrays, unusual, layouts = [], dict[str, list[str]](), set()
    for value, slot in zip(values, slots, strict=True):
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
    return _Attribute(placeholders, arrays, findings)


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
