"""Where each array is in a fully connected network, by its shape and a name such as ``W1``."""

from collections.abc import Mapping, Sequence
from typing import Any

from gradcheck.homework.contract import Values
from gradcheck.homework.slots import Slot
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.where_parameters_are import NUMBERED_NAMES
from nets.arrays import HostArray

__all__ = ["sizes_in", "slots_by_name"]


def sizes_in(keys: Sequence[Any], values: Values) -> tuple[int, ...]:
    """The neurons in each layer, from the shapes of W1, W2, ...

    Raises:
        StudentError: they do not.

    """
    slots = slots_by_name(keys, values)
    layers = [slot for slot in slots if slot is not None and slot.is_weights]
    layers.sort(key=lambda slot: slot.layer)
    if not layers:
        raise StudentError("The shapes of the parameters do not say the sizes; give --sizes")
    return layers[0].n_up, *(slot.n_down for slot in layers)


def slots_by_name(names: Sequence[Any], values: Values) -> list[Slot | None]:
    """The place of each array in a fully connected network, by names and shapes.

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
    """The place of one array; the biases show which side of the weights is downstream."""
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
