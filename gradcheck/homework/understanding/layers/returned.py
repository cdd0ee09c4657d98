"""What the passes of a layer return or leave behind: its output, and the gradient of its input."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.homework.attributes import attributes_of
from gradcheck.homework.unusable_gradient import UnusableGradient, in_its_place

__all__ = ["input_gradient", "output_and_cache"]

# Attributes in which a forward pass that returns nothing leaves its output.
OUTPUT_NAMES = (
    *("output", "outputs", "out", "result", "a", "A", "y", "z", "Z", "activation", "loss"),
    *("output_data", "activations", "forward_output"),
)
# Attributes in which a backward pass that returns nothing leaves the gradient of its input.
INPUT_GRADIENT_NAMES = (
    *("dinputs", "dinput", "dx", "dX", "dinp", "dA_prev", "grad_input", "gradInput"),
    *("input_grad", "input_gradient", "grad_inputs", "d_input", "d_inputs", "dvalues_in"),
    *("grad_x", "dL_dx", "dA", "delta", "grad", "grads", "gradient", "dz", "dZ"),
)
LOSS_KEYS = ("loss", "cost", "Loss")


def output_and_cache(own: Any, returned: Any) -> tuple[Any, Any]:
    """The output in what a forward pass returned or left behind, and the cache.

    Args:
        own: the object, after its forward pass.
        returned: by it.

    Returns:
        The output, None if there is none; and whatever was returned after it, None if nothing was.

    """
    if returned is None:
        found = next(
            (attributes_of(own)[each] for each in OUTPUT_NAMES if _is_set(own, each)), None
        )
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


def input_gradient(
    own: Any,
    returned: Any,
    shape: tuple[int, ...],
    backward_name: str,
    wrong: list[str] | None = None,
) -> Any:
    """The gradient of the input, in what a backward pass returned or left behind.

    Args:
        own: the object, after its backward pass.
        returned: by it.
        shape: of the input.
        backward_name: of the method, for the message.
        wrong: a line on a gradient of another shape is added there; None to raise it.

    Returns:
        An array of this shape; None if there is none.

    Raises:
        UnusableGradient: what was returned has another shape.

    """
    first = returned
    if isinstance(returned, tuple | list) and returned and np.ndim(returned[0]):
        first = returned[0]
    if first is None or isinstance(first, Mapping):
        found = [attributes_of(own)[each] for each in INPUT_GRADIENT_NAMES if _is_set(own, each)]
        return next((each for each in found if np.shape(each) == shape), None)
    if not isinstance(first, np.ndarray):
        return None
    if [n for n in first.shape if n != 1] == [n for n in shape if n != 1]:
        return first.reshape(shape)  # (1, m, n) holds the same numbers as (m, n)
    if first.shape != shape:
        line = f"For the input {backward_name} returned shape {first.shape}; it should be {shape}"
        if wrong is None:
            raise UnusableGradient(line)
        wrong.append(line)
        return in_its_place(shape)
    return first


def _is_set(own: Any, name: str) -> bool:
    return isinstance(attributes_of(own).get(name), np.ndarray | float | np.floating)
