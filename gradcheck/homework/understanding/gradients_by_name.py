"""One gradient among those that a student's function returned by names."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.homework.slots import real_numbers
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.unusable_gradient import UnusableGradient
from nets.arrays import HostArray

__all__ = ["gradient_for"]


def gradient_for(key: Any, shape: tuple[int, ...], found: Any, text: str) -> HostArray:
    """The gradient of one parameter among those that were returned, in its shape.

    Args:
        key: of the parameter.
        shape: of the parameter.
        found: a dict by the same keys, or by others such as ``dW1``.
        text: the call that returned it, for messages.

    Returns:
        An array of that shape; what was returned may have more or fewer axes of length 1.

    Raises:
        UnusableGradient: it is not there, or has another shape.
        StudentError: it is no array of real numbers.

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
        raise UnusableGradient(
            f"There is no gradient of {key}: the keys of the gradients are {keys}"
        )
    array = np.asarray(real_numbers(found[name], f"the gradient of {key}"))
    if array.shape != shape:
        # Axes of length 1 make no difference: a vector may be a row or a column.
        if [n for n in array.shape if n != 1] != [n for n in shape if n != 1]:
            raise UnusableGradient(
                f"The gradient of {key} has shape {array.shape}; it should be {shape}"
            )
        array = array.reshape(shape)
    return array
