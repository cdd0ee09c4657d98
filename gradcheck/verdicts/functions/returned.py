"""The gradients in what a backward function returned: one array, several, or a dict."""

from collections.abc import Mapping
from typing import Any

from gradcheck.verdicts.functions.inputs import FunctionInputs
from nets.arrays import Array
from nets.errors import BadInput

__all__ = ["returned_gradients"]


def returned_gradients(result: Any, inputs: FunctionInputs) -> list[Array]:
    """What backward returned for each input that is checked.

    Args:
        result: one array, or a tuple or a list in the order of the inputs (of all, or of those
            that are checked), or a dict by their names, with or without a d in front.
        inputs: of forward.

    Returns:
        The gradients as they are; their shapes are not looked at.

    Raises:
        BadInput: there are too few, or one is None.

    """
    names = inputs.checked_names
    if isinstance(result, Mapping):
        found = [result.get(name, result.get(f"d{name}")) for name in names]
    else:
        several = list(result) if isinstance(result, tuple | list) else [result]
        if len(several) == len(inputs.names):
            several = [several[position] for position in inputs.checked]
        if len(several) != len(names):
            raise BadInput(
                f"backward returned {len(several)} gradient{'s' if len(several) != 1 else ''}; it "
                f"should return {len(names)}, for {', '.join(names)}"
            )
        found = several
    for name, gradient in zip(names, found, strict=True):
        if gradient is None:
            raise BadInput(
                f"backward returned nothing for {name}; it should return a gradient in the shape "
                f"of {name}"
            )
    return found
