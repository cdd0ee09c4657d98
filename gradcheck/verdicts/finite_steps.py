"""Steps inside a backprop that are NaN or infinite, though they reach no parameter's gradient."""

from collections.abc import Sequence
from dataclasses import fields

from gradcheck.show.numbers import entries_text
from nets.arrays import Array, array_namespace, to_numpy
from nets.layers import LayerGradients

__all__ = ["not_finite_inside"]

OF_PARAMETERS = ("gradient_wrt_weights", "gradient_wrt_biases")


def not_finite_inside(backprop: Sequence[LayerGradients] | Sequence[Array]) -> tuple[str, ...]:
    """A sentence for each step that is NaN or infinite somewhere, in the order of backprop.

    The gradients of the parameters are left out: their entries have verdicts.

    Args:
        backprop: what it returned: all five steps of each layer, or arrays in the shapes of the
            parameters, which have no such steps.

    """
    found = []
    for layer, gradients in reversed(list(enumerate(backprop, start=1))):
        if not isinstance(gradients, LayerGradients):
            continue
        for step in (field.name for field in fields(gradients) if field.name not in OF_PARAMETERS):
            result = getattr(gradients, step)
            if result is None:
                continue
            xp = array_namespace(result)
            count = int(to_numpy(xp.sum(xp.astype(~xp.isfinite(result), xp.int64))))
            if count:
                found.append(
                    f"{step} of layer {layer} is NaN or infinite at {entries_text(count)}. No "
                    "parameter's gradient shows it, but it is not what the chain rule gives."
                )
    return tuple(found)
