"""The gradients that arrive from downstream at the outputs of a function.

Autodiff literature calls them "upstream gradients". They are random by default, and never all ones.
With ones the gradient of some functions, such as batch norm, is 0, and a mistake would not show.
"""

import math
from collections.abc import Sequence

import numpy as np
from array_api_compat import device

from gradcheck.verdicts.checked_arrays import promoted_array
from nets.arrays import Array, array_namespace, is_complex
from nets.errors import BadInput

__all__ = ["arriving_gradients", "sizes_of"]


def arriving_gradients(
    outputs: Sequence[Array], given: Sequence[Array] | Array | None, seed: int
) -> list[Array]:
    """The gradients that arrive from downstream, one for each output array, in its shape.

    Args:
        outputs: the output arrays, of any shapes.
        given: those to take: one array, or a list or a tuple; None for random ones.
        seed: of random ones, drawn from a normal distribution.

    Raises:
        BadInput: those given do not fit the outputs.

    """
    if given is None:
        generator = np.random.default_rng(seed)
        drawn = [np.asarray(generator.standard_normal(tuple(each.shape))) for each in outputs]
        return [
            array_namespace(output).asarray(each, device=device(output))
            for output, each in zip(outputs, drawn, strict=True)
        ]
    several = list(given) if isinstance(given, tuple | list) else [given]
    if len(several) != len(outputs):
        raise BadInput(
            f"upstream has {len(several)} arrays; forward has {len(outputs)} output arrays"
        )
    promoted = [promoted_array("upstream", each) for each in several]
    for array, output in zip(promoted, outputs, strict=True):
        if tuple(array.shape) != tuple(output.shape) or is_complex(array):
            raise BadInput(
                f"upstream has shape {tuple(array.shape)}; it should be {tuple(output.shape)}, the "
                "shape of forward's output"
            )
    return promoted


def sizes_of(arriving: Sequence[Array]) -> dict[str, int | None]:
    """The sizes that a wrong factor may come from, where the rows of the output are examples.

    Args:
        arriving: the arriving gradients, each in the shape of its output.

    Returns:
        ``batch_size`` and ``outputs``, the numbers in one row of the first output; both None where
        that has no rows.

    """
    shape = tuple(arriving[0].shape)
    if len(shape) < 2:
        return {"batch_size": None, "outputs": None}
    return {"batch_size": shape[0], "outputs": math.prod(shape[1:])}
