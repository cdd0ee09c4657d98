"""A student's ``weights`` and ``biases``: found, understood by their shapes, and set anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from gradcheck.homework.source import Caller, StudentError
from nets.arrays import HostArray

__all__ = ["GUESS", "ODDITY", "Finding", "Parameters", "Slot", "numbers", "shape_text", "slots_of"]

GUESS, ODDITY = "guess", "oddity"


@dataclass(frozen=True)
class Finding:
    """Something about a student's class that a reader of the verdict must know.

    Attributes:
        kind: ``guess`` (how the class was understood) or ``oddity`` (what it does that it
            should not).
        text: a sentence.

    """

    kind: str
    text: str


@dataclass(frozen=True)
class Slot:
    """The place of one parameter array: its layer, counted from 1, and the sizes around it."""

    layer: int
    parameter: str  # weights or biases
    n_up: int
    n_down: int
    shape: tuple[int, ...] = ()  # of the student's own array, once it is known

    @property
    def name(self) -> str:
        """Such as ``layer 1 weights``."""
        return f"layer {self.layer} {self.parameter}"

    @property
    def book_shape(self) -> tuple[int, int]:
        """The shape that the book gives it."""
        return self.n_down, self.n_up if self.parameter == "weights" else 1

    @property
    def layouts(self) -> dict[tuple[int, ...], str]:
        """The shapes that are understood, and what each of them is called."""
        if self.parameter == "weights":
            return {
                (self.n_up * self.n_down,): "flat",
                (self.n_up, self.n_down): "(n_up, n_down), the transpose of the book's",
                (self.n_down, self.n_up): "",
            }
        return {(1, self.n_down): "rows", (self.n_down,): "flat", (self.n_down, 1): ""}


def slots_of(sizes: Sequence[int]) -> list[Slot]:
    """The arrays of a network in the order layer 1 weights, layer 1 biases, layer 2 weights, ..."""
    return [
        Slot(layer, parameter, n_up, n_down)
        for layer, (n_up, n_down) in enumerate(pairwise(sizes), start=1)
        for parameter in ("weights", "biases")
    ]


def shape_text(shape: Sequence[int]) -> str:
    """A shape as Python writes it."""
    return str(tuple(shape))


def numbers(value: Any, what: str) -> HostArray:
    """A student's array, or nested lists of numbers, as an array of real numbers, uncopied.

    Raises:
        StudentError: it is neither.

    """
    try:
        array: HostArray = np.asanyarray(value)
    except (TypeError, ValueError) as error:
        raise StudentError(
            f"{what} is a {type(value).__name__} that makes no array; wanted is an array of numbers"
        ) from error
    if array.dtype.kind not in "fiub":
        found = type(value).__name__ if array.dtype == object else f"of dtype {array.dtype}"
        raise StudentError(f"{what} is {found}; wanted is an array of real numbers")
    return array


@dataclass
class Parameters:
    """The arrays of a student's network, in float64, in the order of ``slots_of``.

    Attributes:
        network: the student's object.
        slots: one for each array.
        arrays: those that the student's object holds now.

    """

    network: Any
    slots: list[Slot]
    arrays: list[HostArray]
    placeholders: dict[str, list[Any]]

    @classmethod
    def of(
        cls, network: Any, sizes: Sequence[int], caller: Caller, findings: list[Finding]
    ) -> "Parameters":
        """Find them, and put float64 arrays in the place of others.

        Raises:
            StudentError: they are missing, or not of the shapes that the sizes ask for.

        """
        slots = slots_of(sizes)
        count = len(sizes) - 1
        found: dict[str, list[HostArray]] = {}
        placeholders: dict[str, list[Any]] = {}
        for attribute in ("weights", "biases"):
            own = [slot for slot in slots if slot.parameter == attribute]
            values, placeholders[attribute] = _values(network, attribute, count, caller)
            found[attribute] = _understood(attribute, values, own, findings)
        arrays: list[HostArray] = []
        for slot in slots:
            array = found[slot.parameter][slot.layer - 1]
            # Two names of one array, as in [zeros] * 2, would move together.
            shared = any(np.may_share_memory(array, other) for other in arrays)
            arrays.append(np.array(array, subok=True) if shared else array)
        shaped = [
            replace(slot, shape=array.shape) for slot, array in zip(slots, arrays, strict=True)
        ]
        parameters = cls(network, shaped, arrays, placeholders)
        parameters._install()
        return parameters

    def values(self) -> list[HostArray]:
        """Copies of what the student's object holds now."""
        return [np.array(array) for array in self.arrays]

    def place(self, values: Sequence[HostArray]) -> None:
        """Put these numbers into the student's object, whatever it has done to its own."""
        for position, value in enumerate(values):
            if self.arrays[position].dtype == value.dtype:
                # In place: the object may hold the same array under another name too.
                np.copyto(self.arrays[position], value)
            else:  # complex, for the complex step
                kind = type(self.arrays[position])
                self.arrays[position] = np.array(value).view(kind)
        self._install()

    def current(self) -> list[HostArray]:
        """What the student's own names lead to now, were they bound anew or not."""
        lists = {name: getattr(self.network, name) for name in self.placeholders}
        return [
            np.array(lists[slot.parameter][slot.layer - 1 + self._offset(slot.parameter)])
            for slot in self.slots
        ]

    def _offset(self, attribute: str) -> int:
        return len(self.placeholders[attribute])

    def _install(self) -> None:
        for attribute, placeholder in self.placeholders.items():
            own = [
                array
                for slot, array in zip(self.slots, self.arrays, strict=True)
                if slot.parameter == attribute
            ]
            try:
                setattr(self.network, attribute, [*placeholder, *own])
            except AttributeError as error:
                raise StudentError(
                    f"{attribute} cannot be set anew ({error}); wanted is an ordinary attribute"
                ) from error


def _values(
    network: Any, attribute: str, count: int, caller: Caller
) -> tuple[list[Any], list[Any]]:
    """The arrays under one name, and what stands before them without belonging to a layer."""
    kind = type(network).__name__
    wanted = f"wanted is a list of {count} arrays, one for each layer but the first"
    if not hasattr(network, attribute):
        there = [name for name in getattr(network, "__dict__", {}) if not name.startswith("_")]
        listed = f"; it has {', '.join(there[:8])}" if there else ""
        raise StudentError(
            f"{kind} has no attribute {attribute}{listed}; {wanted} (for other names there is "
            "gradcheck.check_gradients)"
        )
    with caller.calling(f"reading {kind}.{attribute}"):
        value = getattr(network, attribute)
    if not isinstance(value, list | tuple | np.ndarray):
        raise StudentError(f"{kind}.{attribute} is a {type(value).__name__}; {wanted}")
    values = list(value)
    if len(values) == count + 1 and _is_placeholder(values[0]):
        return values[1:], values[:1]
    if len(values) != count:
        raise StudentError(f"{kind}.{attribute} has {len(values)} entries; {wanted}")
    return values, []


def _is_placeholder(value: Any) -> bool:
    """Whether it stands for the weights that lead into the first layer, of which there are none."""
    return value is None or np.size(value) == 0 or (np.ndim(value) == 0 and value == 0)


def _understood(
    attribute: str, values: list[Any], slots: list[Slot], findings: list[Finding]
) -> list[HostArray]:
    arrays = []
    oddities: dict[str, list[str]] = {}
    layouts = set()
    for value, slot in zip(values, slots, strict=True):
        array = numbers(value, slot.name)
        if array.shape not in slot.layouts:
            wanted = " or ".join(shape_text(shape) for shape in reversed(slot.layouts))
            raise StudentError(
                f"{slot.name} have shape {shape_text(array.shape)}; wanted is {wanted}"
            )
        if not np.all(np.isfinite(array)):
            raise StudentError(f"{slot.name} hold NaN or infinity; wanted are finite numbers")
        layouts.add(slot.layouts[array.shape])
        if not isinstance(value, np.ndarray):
            oddities.setdefault("are lists of numbers", []).append(str(slot.layer))
        elif array.dtype != np.float64:
            oddities.setdefault(f"are {array.dtype}", []).append(str(slot.layer))
        if array is value and array.dtype == np.float64 and array.flags.writeable:
            arrays.append(array)  # it may go by other names in the object too
        else:
            # A matrix stays a matrix: its * is another.
            arrays.append(np.array(array, dtype=np.float64, subok=True))
    for oddity, layers in oddities.items():
        findings.append(
            Finding(
                ODDITY,
                f"The {attribute} of layer {', '.join(layers)} {oddity}; checked as float64 arrays "
                "of the same numbers.",
            )
        )
    named = [layout for layout in layouts if layout]
    if named:
        findings.append(Finding(GUESS, f"Layout of the {attribute}: {'; '.join(sorted(named))}."))
    return arrays
